package schema

import (
	"fmt"
	"strings"
	"testing"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/source"
)

func file(front string) source.File {
	return source.File{Path: "x.md", Front: front, FrontAt: diag.Pos{Path: "x.md", Line: 2, Col: 1}}
}

// value reads the value of the key k and says what came of it: the value, or
// the codes of the problems with their fixes.
func value[V any](t *testing.T, k Kind[V], yaml string) string {
	t.Helper()
	type record struct{ V V }
	var r record
	d, ok := NewDecoder(file("k: "+yaml+"\n"), false)
	if !ok {
		return d.Problems[0].Code
	}
	Read(d, []Key[record]{Field("k", k, func(r *record) *V { return &r.V }, 0, "")}, &r)
	if len(d.Problems) == 0 {
		return fmt.Sprintf("%v", r.V)
	}
	var out []string
	for _, p := range d.Problems {
		s := p.Code
		if p.Fix != "" {
			s += " → " + p.Fix
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

type row2 struct{ yaml, want string }

func check[V any](t *testing.T, name string, k Kind[V], rows []row2) {
	t.Helper()
	for _, r := range rows {
		if got := value(t, k, r.yaml); got != r.want {
			t.Errorf("%s %s: got %q, want %q", name, r.yaml, got, r.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	check(t, "int", Int(0, 9999, "a number"), []row2{
		{"7", "7"}, {`"7"`, "7"}, {"0", "0"}, {"9999", "9999"},
		{"10000", "out-of-range"}, {"-1", "out-of-range"},
		{"010", "not-a-number → 10"}, {"+7", "not-a-number → 7"}, {"1_000", "not-a-number → 1000"}, {`"1,000"`, "not-a-number → 1000"},
		{"1 000", "not-a-number → 1000"}, {"1'000", "not-a-number → 1000"}, {"20I7", "not-a-number → 2017"}, {"2O17", "not-a-number → 2017"},
		{"0x10", "not-a-number"}, {"0b1", "not-a-number"}, {"1e3", "not-a-number"}, {"7.0", "not-a-number"}, {"seven", "not-a-number"},
		{"99999999999999999999", "not-a-number → 99999999999999999999"}, {"[7]", "wrong-type"}, {"{a: 7}", "wrong-type"}, {"true", "not-a-number"},
	})
	check(t, "year", Year(), []row2{{"2017", "2017"}, {"17", "out-of-range"}, {"2o17", "not-a-number → 2017"}, {"2017-01-01", "not-a-number"}, {"20170", "out-of-range"}})
	check(t, "number", Number(-180, 180, "a longitude"), []row2{
		{"19.47", "19.47"}, {"-0.5", "-0.5"}, {"180", "180"}, {"1e2", "100"}, {`"19.47"`, "19.47"},
		{"180,5", "not-a-number → 180.5"}, {"180.5", "out-of-range"}, {"19,47", "not-a-number → 19.47"},
		{"1_0", "not-a-number"}, {"0x1p4", "not-a-number"}, {".inf", "not-a-number"}, {".nan", "not-a-number"}, {"inf", "not-a-number"}, {"NaN", "not-a-number"},
		{"east", "not-a-number"}, {"19° 28′", "not-a-number"},
	})
}

func TestDates(t *testing.T) {
	check(t, "date", Date(), []row2{
		{"2017", "2017"}, {"2017-10", "2017-10"}, {"2017-10-31", "2017-10-31"}, {`"2017-10-31"`, "2017-10-31"}, {"2016-02-29", "2016-02-29"},
		{"2017-02-29", "bad-date"}, {"2017-13", "bad-date"}, {"2017-00-01", "bad-date"}, {"2017-10-00", "bad-date"}, {"2017-1-1", "bad-date"},
		{"20I7", "bad-date → 2017"}, {"2O17-lO-31", "bad-date → 2017-10-31"}, {"31.10.2017", "bad-date"}, {"10/31/2017", "bad-date"},
		{"October 2017", "bad-date"}, {"0999", "bad-date"}, {"3000", "bad-date"}, {"2017-10-31T00:00:00Z", "bad-date"}, {"[2017]", "wrong-type"},
	})
}

// TestTraps keeps what YAML would read as something else: no is a country, 010
// is an id, a date is text where text is wanted.
func TestTraps(t *testing.T) {
	ref := As(Ref(model.Countries, strings.ToLower), func(r model.Ref) string { return r.ID })
	check(t, "country", ref, []row2{{"NO", "no"}, {"no", "no"}, {`"NO"`, "no"}, {"PL", "pl"}, {"010", "010"}})
	check(t, "line", Line(40), []row2{
		{"2015-12-11", "2015-12-11"}, {"NO", "NO"}, {"yes", "yes"}, {"1_000", "1_000"}, {"0x10", "0x10"}, {"12:30:45", "12:30:45"}, {"true", "true"},
		{"Łódź", "Łódź"}, {`"a\tb"`, "a\tb"}, {"'It''s'", "It's"}, {"a # remark", "a"}, {"a#b", "a#b"}, {`"  a  "`, "a"},
		{`"a\nb"`, "many-lines"}, {`"a\r\nb"`, "many-lines"}, {`"a\vb"`, "many-lines"}, {`"a\fb"`, "many-lines"}, {`"a\Nb"`, "many-lines"},
		{`"a\u2028b"`, "many-lines"}, {`"a\Pb"`, "many-lines"}, {`"a\n"`, "many-lines"}, {"a\u2028b", "a b"}, {`"a\u0007"`, "control-character"}, {"<b>a</b>", "markup"}, {"a < b > c", "a < b > c"},
		{strings.Repeat("ß", 40), strings.Repeat("ß", 40)}, {strings.Repeat("ß", 41), "too-long"},
		{"[a]", "wrong-type"}, {"{a: b}", "wrong-type"}, {"*a", "yaml-syntax"}, {"&a b", "b"}, {"!!int a", "a"},
	})
	check(t, "prose", Prose(40), []row2{{`"a\n\nb"`, "a\n\nb"}, {`"a\Lb"`, "control-character"}, {`"a\Nb"`, "control-character"}, {`"a\rb"`, "control-character"}})
	check(t, "raw", Raw("a number"), []row2{{"1,600", "1,600"}, {"010", "010"}, {"1e3", "1e3"}, {"~", ""}})
	check(t, "bool", Bool(), []row2{
		{"true", "true"}, {"false", "false"}, {"yes", "not-true-or-false → true"}, {"No", "not-true-or-false → false"},
		{"ON", "not-true-or-false → true"}, {"True", "not-true-or-false → true"}, {"1", "not-true-or-false"}, {"perhaps", "not-true-or-false"},
	})
	check(t, "nothing", Line(40), []row2{{"", ""}, {"~", ""}, {"null", ""}, {`""`, ""}, {`"  "`, ""}, {"''", ""}})
}

func TestWords(t *testing.T) {
	check(t, "enum", Enum("member", "withdrawn"), []row2{{"member", "member"}, {"membre", "unknown-value → member"}, {"Member", "unknown-value → member"}, {"x", "unknown-value"}})
	check(t, "url", URL(), []row2{
		{"https://example.org/a?b=c#d", "https://example.org/a?b=c#d"}, {"http://example.org", "not-https → https://example.org"},
		{"www.example.org", "bad-address"}, {"ftp://example.org", "bad-address"}, {"https://", "bad-address"}, {"https://a b", "bad-address"},
		{"https://user:word@example.org", "bad-address"}, {"javascript:alert(1)", "bad-address"}, {"//example.org", "bad-address"},
		{`"https://a.example/b\tc"`, "bad-address"}, {`"https://a.example/b\Lc"`, "bad-address"}, {`"https://a.example/b\_c"`, "bad-address"},
	})
	check(t, "id", ID(), []row2{{"lodz", "lodz"}, {"a-1", "a-1"}, {"Lodz", "bad-id"}, {"a--b", "bad-id"}, {"-a", "bad-id"}, {"a_b", "bad-id"}})
	check(t, "language", Lang(), []row2{{"fr", "fr"}, {"zh-Hant", "zh-Hant"}, {"français", "bad-language"}, {"FR", "bad-language"}})
	check(t, "colour", Colour(), []row2{{`"#1667e4"`, "#1667e4"}, {`"#16e"`, "bad-colour"}, {"blue", "bad-colour"}})
	check(t, "summary", Summary(), []row2{{strings.Repeat("a", 40), strings.Repeat("a", 40)}, {strings.Repeat("a", 39), "summary-length"}, {strings.Repeat("a", 281), "summary-length"}})
}

func TestCompound(t *testing.T) {
	check(t, "list", List(Int(1, 9, "a digit"), 1, 3), []row2{
		{"[1, 2]", "[1 2]"}, {"1", "[1]"}, {"[]", "list-length"}, {"[1, 2, 3, 4]", "list-length"}, {"[1, x, 10]", "not-a-number, out-of-range"}, {"[1, [2]]", "wrong-type"},
	})
	check(t, "distinct", Distinct(List(Line(9), 0, 9), func(s string) string { return s }), []row2{{"[a, b]", "[a b]"}, {"[a, b, a]", "given-twice"}})
	check(t, "numbers", Numbers(0, 1, "x", "y"), []row2{{"[0.5, 1]", "[0.5 1 0 0]"}, {"[0.5]", "wrong-type"}, {"0.5", "wrong-type"}, {"[0.5, 2]", "out-of-range"}})
	check(t, "free", Free(), []row2{{"{a: 1, b: [2]}", "map[a:1 b:[2]]"}, {"a", "wrong-type"}})
	type point struct{ X, Y int }
	object := Object([]Key[point]{
		Field("x", Int(0, 9, "a digit"), func(p *point) *int { return &p.X }, Required, ""),
		Field("why", Int(0, 9, "a digit"), func(p *point) *int { return &p.Y }, 0, ""),
	})
	check(t, "object", object, []row2{
		{"{x: 1, why: 2}", "{1 2}"}, {"{x: 1}", "{1 0}"}, {"{why: 1}", "missing-key"}, {"{x: }", "missing-key"}, {`{x: ""}`, "missing-key"},
		{"{x: 1, whyy: 2}", "unknown-key → why"}, {"{x: 1, x: 2}", "duplicate-key"}, {"{x: 1, z: 2}", "unknown-key"}, {"[1]", "wrong-type"}, {"1", "wrong-type"},
	})
	check(t, "short or long", Or(object, Int(0, 9, "a digit"), func(p *point, n int) { p.X = n }), []row2{{"4", "{4 0}"}, {"{x: 1, why: 2}", "{1 2}"}, {"14", "out-of-range"}})
}

// TestPlaces asks that what is underlined is what was written.
func TestPlaces(t *testing.T) {
	front := "name: Ünter\nyear:   20I7\nwhere: {lat: \"5,1\", lon: 'x''y'} # remark\nlist:\n  - one\n  - 2\n"
	type record struct {
		Year     int
		Lat, Lon float64
		List     []int
		Name     string
	}
	d, ok := NewDecoder(file(front), false)
	if !ok {
		t.Fatal(d.Problems)
	}
	type place struct{ Lat, Lon float64 }
	number := Number(0, 9, "a number")
	Read(d, []Key[record]{
		Field("name", Line(3), func(r *record) *string { return &r.Name }, 0, ""),
		Field("year", Year(), func(r *record) *int { return &r.Year }, 0, ""),
		Field("where", As(Object([]Key[place]{
			Field("lat", number, func(p *place) *float64 { return &p.Lat }, 0, ""),
			Field("lon", number, func(p *place) *float64 { return &p.Lon }, 0, ""),
		}), func(p place) float64 { return p.Lat }), func(r *record) *float64 { return &r.Lat }, 0, ""),
		Field("list", List(Int(5, 9, "a digit"), 0, 9), func(r *record) *[]int { return &r.List }, 0, ""),
	}, &record{})
	lines := strings.Split("---\n"+front, "\n")
	var got []string
	for _, p := range d.Problems {
		line := []rune(lines[p.Line-1])
		got = append(got, string(line[p.Col-1:p.Col-1+p.Len]))
	}
	if s := strings.Join(got, "|"); s != `Ünter|20I7|"5,1"|'x''y'|one|2` {
		t.Errorf("underlined: %s", s)
	}
}

// FuzzRead looks for keys that make the decoder fail or place a problem
// outside of the file.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"a: 1\nb: [x, {c: 2}]\n", "a: \"\n", "\ta: 1\n", "a: &x [*x]\n", "? a\n: b\n", "a: 1\na: 2\n", "- a\n", "a: |\n  b\n  c\n", "a: 2015-12-11\nb: 010\n", "é: \u2028\n", "a:b\n", "{a: [b}\n", "%YAML 1.2\n---\na: 1\n", "a: !!binary x\n", "\"\\ud800\": x\n"} {
		f.Add(s)
	}
	type inner struct{ C int }
	type record struct {
		A int
		B []inner
		D model.Date
		E map[string]any
	}
	keys := []Key[record]{
		Field("a", Int(0, 9, "a digit"), func(r *record) *int { return &r.A }, Required, ""),
		Field("b", List(Object([]Key[inner]{Field("c", Int(0, 9, "a digit"), func(i *inner) *int { return &i.C }, Translated, "")}), 0, 9), func(r *record) *[]inner { return &r.B }, 0, ""),
		Field("d", Date(), func(r *record) *model.Date { return &r.D }, 0, ""),
		Field("e", Free(), func(r *record) *map[string]any { return &r.E }, 0, ""),
	}
	f.Fuzz(func(t *testing.T, front string) {
		front = source.Clean([]byte(front))
		for _, translating := range []bool{false, true} {
			d, ok := NewDecoder(file(front), translating)
			if ok {
				Read(d, keys, &record{})
			} else if len(d.Problems) == 0 {
				t.Fatal("no keys and no problem")
			}
			lines := strings.Count(front, "\n") + 2
			for _, p := range d.Problems {
				if p.Line < 1 || p.Line > lines || p.Col < 0 || p.Len < 0 || p.Message == "" || p.Code == "" {
					t.Fatalf("%+v in %d lines", p, lines)
				}
			}
		}
	})
}

// TestIsID: what is judged letter by letter is what the pattern says.
func TestIsID(t *testing.T) {
	for _, s := range []string{"", "a", "0", "-", "a-", "-a", "a--b", "a-b-c", "lodz", "łódź", "Lodz", "a_b", "a.b", "a b", "9-9", "a\n", strings.Repeat("a", 60), strings.Repeat("a", 61), "a-\x00"} {
		if got, want := IsID(s), len(s) <= 60 && slug.MatchString(s); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}
