package booklet

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"uccn/generator/checks/internal/sites"
)

// printingProfile is a free profile of a printing condition, wherever the system
// keeps one.
func printingProfile(t *testing.T) []byte {
	t.Helper()
	for _, name := range []string{"colord/FOGRA39L_coated.icc", "ghostscript/default_cmyk.icc"} {
		if b, err := os.ReadFile("/usr/share/color/icc/" + name); err == nil {
			return b
		}
	}
	t.Skip("no profile of a printing condition here; .ci/install brings one")
	return nil
}

// harbours builds the books and panels of a small site of two towns.
func harbours(t *testing.T, more map[string]string) sites.Site {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/site")); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"site.yaml":                 "title: Harbour Cities\nbase_url: https://harbours.example/net/\nlanguages: [en]\nedition: first\n",
		"content/editions/first.md": "---\ntitle: First edition\nyear: 2018\nas_of: 2018-06-30\n---\n",
	}
	for name, text := range more {
		files[name] = text
	}
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	s, err := sites.Build(t.TempDir(), dir, "--only", "booklet,panels", "--no-cache")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestPrintingProfile makes the files for a printing condition: they name it, no
// colour of ours is RGB, and other programs find nothing wrong with them.
func TestPrintingProfile(t *testing.T) {
	icc := printingProfile(t)
	s := harbours(t, map[string]string{
		"print/own.icc": string(icc),
		"site.yaml":     "title: Harbour Cities\nbase_url: https://harbours.example/net/\nlanguages: [en]\nedition: first\nprint: {icc: print/own.icc}\n",
	})
	files := []string{"first-edition-en-print.pdf", "panels.pdf", "labels.pdf"}
	for i, name := range files {
		files[i] = filepath.Join(s.Dir, "booklet", "first", name)
		if out, err := exec.Command("qpdf", "--check", files[i]).CombinedOutput(); err != nil || bytes.Contains(out, []byte("WARNING")) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		plain, err := exec.Command("qpdf", "--qdf", "--object-streams=disable", files[i], "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"/GTS_PDFX", "PDF/X-4", "/N 4", " k\n"} {
			if !bytes.Contains(plain, []byte(want)) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
		for _, not := range []string{"/DeviceRGB", " rg\n", " RG\n", "/Annots"} {
			if bytes.Contains(plain, []byte(not)) {
				t.Errorf("%s has %q", name, not)
			}
		}
		if !bytes.Contains(plain, icc) {
			t.Errorf("%s does not hold the profile", name)
		}
	}
	cmd := exec.Command("go", append([]string{"run", pdfcpu, "validate", "-m", "strict"}, files...)...)
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod")
	if out, err := cmd.CombinedOutput(); err != nil || strings.Count(string(out), "validation ok") != len(files) {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestCodes scans the printed codes as a visitor's telephone does.
func TestCodes(t *testing.T) {
	if _, err := exec.LookPath("zbarimg"); err != nil {
		t.Skip("no zbarimg here; .ci/install brings it")
	}
	s := harbours(t, nil)
	for name, dpi := range map[string]string{"panels.pdf": "72", "labels.pdf": "150"} {
		picture := filepath.Join(t.TempDir(), "page")
		if out, err := exec.Command("pdftoppm", "-r", dpi, "-png", "-singlefile", filepath.Join(s.Dir, "booklet", "first", name), picture).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		out, err := exec.Command("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture+".png").Output()
		if got := strings.TrimSpace(string(out)); err != nil || got != "https://harbours.example/net/practices/songs-of-the-sea/" {
			t.Errorf("%s says %q, %v", name, got, err)
		}
	}
}

// scripts are sentences without a claim about any place, one for a writing.
func scripts() map[string]string {
	return map[string]string{
		"arabic":     "يغنّي أهل الميناء على الرصيف كل مساء، ويأتي إليهم من يشاء من الجيران والضيوف.",
		"hebrew":     "בכל ערב שרים אנשי הנמל על הרציף, ומי שרוצה בא לשמוע ולשיר איתם.",
		"devanagari": "बंदरगाह के लोग हर शाम घाट पर गाते हैं और जो चाहे उनके साथ गा सकता है।",
		"thai":       "ชาวท่าเรือร้องเพลงบนท่าน้ำทุกเย็น และใครก็มาร้องด้วยกันได้",
		"cyrillic":   "Жители порта поют на набережной каждый вечер, и любой может петь вместе с ними.",
		"greek":      "Οι άνθρωποι του λιμανιού τραγουδούν κάθε βράδυ στην προβλήτα με όποιον θέλει.",
		"japanese":   "札幌、旭川、札幌、旭川、旭川、札幌、札幌、旭川、", // the theme's fonts hold the signs of names alone
		"chinese":    "成都、淮安、成都、淮安、淮安、成都、",
		"korean":     "부산 강릉 부산 강릉 강릉 부산 부산 강릉",
	}
}

// TestParagraphsOfEveryScript reads texts of several lines back, in the order in
// which they are read. Of writings to the left only the letters of words are
// compared: poppler puts directional marks between them and turns numbers round.
func TestParagraphsOfEveryScript(t *testing.T) {
	more := map[string]string{}
	for name, sentence := range scripts() {
		more["content/cities/"+name+".md"] = fmt.Sprintf("---\nname: The port of %s\ncountry: XA\nfield: music\ndesignated: 2016\nlocation: {lat: 55.5, lon: 9.25}\nsummary: A harbour town whose people sing on the quay on every evening.\n---\n\n%s\n",
			name, strings.TrimSpace(strings.Repeat(sentence+" ", 6)))
	}
	s := harbours(t, more)
	out, err := exec.Command("pdftotext", "-enc", "UTF-8", filepath.Join(s.Dir, "booklet", "first", "first-edition-en.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsMark(r) {
				return r
			}
			return -1
		}, s)
	}
	text := letters(string(out))
	for name, sentence := range scripts() {
		if want := letters(strings.Repeat(sentence, 6)); !strings.Contains(text, want) {
			t.Errorf("%s: the paragraph does not come back", name)
		}
	}
}
