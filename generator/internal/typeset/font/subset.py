#!/usr/bin/python3
"""Makes the print fonts of the default theme from their complete originals.

    subset.py EXPO NOTO CJK NAMES OUT

EXPO   folder of the npm packages @expo-google-fonts/*
NOTO   folder of the TTF files of Debian's fonts-noto-core
CJK    NotoSerifCJK-Regular.ttc of Debian's fonts-noto-cjk
NAMES  cities.csv with a column native_name: the CJK characters kept
OUT    themes/default/fonts

Needs fontTools. The sources and their versions stand in OUT/README.md.
"""
import csv
import glob
import os
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection

EXPO, NOTO, CJK, NAMES, OUT = sys.argv[1:6]

LATIN = ["0020-007E", "00A0-024F", "0259", "02BB-02BC", "02C6-02C7", "02D8-02DD", "0300-0304",
         "0306-030C", "031B", "0323", "0327-0328", "1E80-1E85", "1E9E", "1EA0-1EF9", "2000-200B", "2010-2015",
         "2018-201E", "2020-2022", "2026", "202F-2030", "2032-2033", "2039-203A", "2044", "2070-2079",
         "2080-2089", "20AC", "2116", "2122", "2190-2193", "2212", "2215", "2260", "2264-2265", "FB00-FB04"]
CYRILLIC_GREEK = ["0020-0040", "005B-0060", "007B-007E", "00A0-00BF", "0300-0304", "0306-030C", "0342", "0370-03FF", "0400-052F", "1F00-1FFF",
                  "2013-2014", "2018-201E", "2026", "2116", "20AE", "20B4", "20B8", "20BD"]
ARABIC = ["0020-0040", "005B-0060", "007B-007E", "00A0", "00AB", "00BB", "0600-06FF", "0750-077F", "08A0-08FF", "200C-200F", "2010", "2013-2014",
          "2018-201D", "2026", "25CC", "FD3E-FD3F"]

# name of the file: source, ranges (None keeps every character)
JOBS = {
    "newsreader-regular": ("newsreader/400Regular/Newsreader_400Regular.ttf", LATIN),
    "newsreader-italic": ("newsreader/400Regular_Italic/Newsreader_400Regular_Italic.ttf", LATIN),
    "newsreader-bold": ("newsreader/700Bold/Newsreader_700Bold.ttf", LATIN),
    "bricolage-regular": ("bricolage-grotesque/400Regular/BricolageGrotesque_400Regular.ttf", LATIN),
    "bricolage-semibold": ("bricolage-grotesque/600SemiBold/BricolageGrotesque_600SemiBold.ttf", LATIN),
    "bricolage-extrabold": ("bricolage-grotesque/800ExtraBold/BricolageGrotesque_800ExtraBold.ttf", LATIN),
    "literata-regular": ("literata/400Regular/Literata_400Regular.ttf", CYRILLIC_GREEK),
    "literata-italic": ("literata/400Regular_Italic/Literata_400Regular_Italic.ttf", CYRILLIC_GREEK),
    "literata-bold": ("literata/700Bold/Literata_700Bold.ttf", CYRILLIC_GREEK),
    "commissioner-regular": ("commissioner/400Regular/Commissioner_400Regular.ttf", CYRILLIC_GREEK),
    "commissioner-bold": ("commissioner/700Bold/Commissioner_700Bold.ttf", CYRILLIC_GREEK),
    "naskh-regular": ("NotoNaskhArabic-Regular.ttf", ARABIC),
    "naskh-bold": ("NotoNaskhArabic-Bold.ttf", ARABIC),
    "readex-regular": ("readex-pro/400Regular/ReadexPro_400Regular.ttf", ARABIC),
    "readex-bold": ("readex-pro/700Bold/ReadexPro_700Bold.ttf", ARABIC),
    "devanagari-regular": ("NotoSerifDevanagari-Regular.ttf", None),
    "devanagari-bold": ("NotoSerifDevanagari-Bold.ttf", None),
    "thai-regular": ("NotoSerifThai-Regular.ttf", None),
    "thai-bold": ("NotoSerifThai-Bold.ttf", None),
    "hebrew-regular": ("NotoSerifHebrew-Regular.ttf", None),
    "hebrew-bold": ("NotoSerifHebrew-Bold.ttf", None),
    "georgian-regular": ("NotoSerifGeorgian-Regular.ttf", None),
    "armenian-regular": ("NotoSerifArmenian-Regular.ttf", None),
    "ethiopic-regular": ("NotoSerifEthiopic-Regular.ttf", None),
    "malayalam-regular": ("NotoSerifMalayalam-Regular.ttf", None),
    "tamil-regular": ("NotoSerifTamil-Regular.ttf", None),
    "khmer-regular": ("NotoSerifKhmer-Regular.ttf", None),
}


def codes(ranges):
    out = set()
    for r in ranges:
        a, _, b = r.partition("-")
        out.update(range(int(a, 16), int(b or a, 16) + 1))
    return out


def names():
    with open(NAMES, encoding="utf-8") as f:
        return {ord(c) for row in csv.DictReader(f) for c in row["native_name"]}


def options():
    o = subset.Options()
    o.layout_features = [f for f in subset.Options._layout_features_default] + [
        "onum", "lnum", "pnum", "tnum", "case", "sups", "smcp", "c2sc", "zero", "ordn"]
    o.hinting = False
    o.notdef_outline = True
    o.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    o.drop_tables += ["DSIG", "STAT", "meta", "MATH", "VORG", "vhea", "vmtx", "BASE"]
    return o


def write(font, wanted, path):
    s = subset.Subsetter(options())
    s.populate(unicodes=wanted)
    s.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(path)


def main():
    for name, (src, ranges) in sorted(JOBS.items()):
        path = os.path.join(EXPO if "/" in src else NOTO, src)
        if not os.path.exists(path):
            print("left out, no source:", name)
            continue
        o = options()
        font = subset.load_font(path, o)
        wanted = set(font.getBestCmap()) if ranges is None else codes(ranges)
        write(font, wanted, os.path.join(OUT, name + ".ttf"))
    han = {c for c in names() if c >= 0x2E80}
    kana = codes(["3001-3003", "3005-3007", "300A-3011", "3014-3015", "301C", "3041-3096", "309D-309E", "30A1-30FE"])
    marks = codes(["3000-3002", "300A-3011", "FF01", "FF08-FF09", "FF0C", "FF0E", "FF1A-FF1B", "FF1F"])
    cjk = TTCollection(CJK)
    hangul = {c for c in han if 0xAC00 <= c <= 0xD7A3}
    for index, name, wanted in [(0, "cjk-jp", (han - hangul) | kana | marks), (1, "cjk-kr", hangul | marks),
                                (2, "cjk-sc", (han - hangul) | marks)]:
        font = cjk.fonts[index]
        write(font, wanted, os.path.join(OUT, name + ".otf"))
    print("KB", sum(os.path.getsize(f) for f in glob.glob(os.path.join(OUT, "*.[to]tf"))) // 1024)


main()
