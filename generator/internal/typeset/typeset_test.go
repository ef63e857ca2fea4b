package typeset

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/inspect"
	"uccn/generator/internal/typeset/font"
	"uccn/generator/internal/typeset/tidy"
)

// prose is filler without a claim about any place.
const prose = "The workshop opens before the market does, and the first hour belongs to whoever swept it the evening before. " +
	"“Nobody comes here to look,” the notice says, “everybody comes to make.” In a dry year 1,240 baskets leave by the river " +
	"road; in a wet one the willow is better and the road is worse, which is why nobody keeps count. Responsibility, it is " +
	"characteristically understood, rotates with the keys."

// themeFonts returns the fonts of the default theme.
func themeFonts(t testing.TB) font.Set {
	t.Helper()
	set, err := font.Load(os.DirFS("../../../themes/default"), "fonts", nil)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func body(set font.Set) Shape {
	return Shape{Style: Style{Font: set.Text, Size: 9 * pdf.Pt, Lang: "en"}, Leading: 12 * pdf.Pt, Align: Justify}
}

func page() *Page { return &Page{Size: pdf.Page{W: pdf.MM(148), H: pdf.MM(210)}} }

// column is the frame of an A5 page.
func column() Frame {
	return Frame{Rect: pdf.Rect{X: pdf.MM(19), Y: pdf.MM(18), W: pdf.MM(110), H: pdf.MM(172)}}
}

// pour fills pages with blocks.
func pour(c *Composer, blocks ...Block) []*Page {
	g := c.Galley(pdf.MM(110), &pdf.Tag{Role: "Sect"}, blocks...)
	var out []*Page
	for !g.Empty() {
		p := page()
		g.Pour(p, column())
		out = append(out, p)
	}
	return out
}

// printed writes pages and opens the file; its preflight must be clean.
func printed(t testing.TB, lang string, pages []*Page) (*inspect.Document, []byte) {
	t.Helper()
	var out bytes.Buffer
	w, err := pdf.New(&out, pdf.Options{Title: "Test", Lang: lang, Created: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err == nil {
		err = Print(w, pages)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	findings, err := inspect.Preflight(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
	d, err := inspect.Open(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return d, out.Bytes()
}

// roles returns the elements of one type, in the order of reading.
func roles(e *inspect.Element, role inspect.Name) []*inspect.Element {
	var out []*inspect.Element
	if e.Role == role {
		out = append(out, e)
	}
	for _, k := range e.Kids {
		out = append(out, roles(k, role)...)
	}
	return out
}

// plain makes all spaces one space, and takes out the hyphens of line ends.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer(string(tidy.Space), " ", string(tidy.Narrow), " ", "\u00ad", "").Replace(s)), " ")
}

// scripts are short texts in every script the theme's fonts hold.
func scripts() []struct{ lang, text string } {
	return []struct{ lang, text string }{
		{"en", "Łódź, São Paulo, Sønderborg, Đà Lạt — and an office, a fjord: 12½ %"},
		{"fr", "« L’œuvre » : où ? Là-bas ; déjà !"},
		{"ar", "المدينة المبدعة للحرف والفنون الشعبية (2015)، الأحساء، الدار البيضاء"},
		{"fa", "بندرعباس و گچ و پژوهش"},
		{"he", "תל אביב-יפו, עיר של יצירה"},
		{"hi", "वाराणसी, ग्वालियर, मुंबई, क्षेत्र, ज्ञान, श्री, हिन्दी"},
		{"th", "กรุงเทพมหานคร เชียงราย เพชรบุรี ภูเก็ต น้ำ"},
		{"ru", "Санкт-Петербург — Ульяновск, Ёлки; № 5"},
		{"uk", "Одеса, Київ, їжак"},
		{"el", "Θεσσαλονίκη, Ηράκλειο: γαστρονομία"},
		{"ka", "თბილისი, ბათუმი, ქუთაისი"},
		{"hy", "Երևան"},
		{"am", "አዲስ አበባ"},
		{"ml", "കോഴിക്കോട്"},
		{"ta", "சென்னை"},
		{"km", "បាត់ដំបង"},
		{"ja", "札幌、旭川"},
		{"zh", "成都 淮安"},
		{"ko", "부산 강릉"},
	}
}

func TestEveryScriptComesBack(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	var blocks []Block
	for i, s := range scripts() {
		for _, f := range []*font.Stack{set.Text, set.Title, set.Sans} {
			shape := body(set)
			shape.Font, shape.Lang, shape.Align, shape.NoHyphen = f, s.lang, Start, true
			shape.RTL = i >= 2 && i <= 4
			blocks = append(blocks, Group{Role: "Div", Lang: s.lang, Blocks: []Block{Paragraph{Spans: T(s.text), Shape: shape}}})
		}
	}
	pages := pour(c, blocks...)
	if missing := c.Missing(); len(missing) > 0 {
		t.Error("missing:", missing)
	}
	d, _ := printed(t, "en", pages)
	got := roles(d.Structure(), "P")
	for i, s := range scripts() {
		for k := range 3 {
			if text := plain(got[3*i+k].Text); text != plain(s.text) {
				t.Errorf("%s came back as\n%s, want\n%s", s.lang, text, plain(s.text))
			}
		}
	}
}

func TestMissingCharacterIsNamed(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	shape := body(set)
	shape.Lang = "my"
	c.Galley(pdf.MM(100), nil, Paragraph{Spans: T("Yangon ရန်ကုန်"), Shape: shape})
	missing := c.Missing()
	if len(missing) == 0 || missing[0].Script != "Mymr" || missing[0].Lang != "my" || !strings.Contains(missing[0].Error(), "U+1000") {
		t.Fatalf("missing: %v", missing)
	}
	if len(c.Missing()) != 0 {
		t.Error("reported twice")
	}
}

func TestLinesFillTheColumn(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	shape := body(set)
	width := pdf.MM(70)
	lines := c.lines(T(prose), &shape, width, nil)
	words := 0
	for i, l := range lines {
		words += l.words
		last := l.parts[len(l.parts)-1]
		if i < len(lines)-1 && last.glyphs[0].Text == " " {
			last = l.parts[len(l.parts)-2]
		}
		end := last.x + last.width
		// Marks may hang over the margins by a part of an em; the last line may be short.
		if end > width+5*pdf.Pt || i < len(lines)-1 && end < width-pdf.Pt {
			t.Errorf("line %d ends at %v of %v", i+1, end, width)
		}
		if l.over != 0 || l.parts[0].x > 0 || l.parts[0].x < -4*pdf.Pt {
			t.Errorf("line %d: begins at %v, over by %v", i+1, l.parts[0].x, l.over)
		}
	}
	if want := len(strings.Fields(prose)); words < want || words > want+len(lines) { // a divided word counts on both lines
		t.Errorf("%d words, want %d", words, want)
	}
}

func TestWordTooLong(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	shape := body(set)
	shape.NoHyphen = true
	g := c.Galley(20*pdf.Pt, nil, Paragraph{Spans: T("an incomprehensible word"), Shape: shape})
	if g.Over() < 20*pdf.Pt {
		t.Errorf("over by %v", g.Over())
	}
	if g := c.Galley(pdf.MM(100), nil, Paragraph{Spans: T(prose), Shape: shape}); g.Over() != 0 {
		t.Errorf("good lines are over by %v", g.Over())
	}
}

// first and last words of the lines, as pages hold them
func lineTexts(p *Page) []string {
	var out []string
	for _, it := range p.items {
		if o, is := it.op.(textOp); is {
			s := ""
			for _, part := range o.parts {
				for _, g := range part.glyphs {
					s += g.Text
				}
			}
			out = append(out, s)
		}
	}
	return out
}

func TestNoWidowsNoOrphans(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	shape := body(set)
	for height := 30; height < 200; height += 7 {
		g := c.Galley(pdf.MM(60), nil, Paragraph{Spans: T(prose), Shape: shape}, Paragraph{Spans: T(prose), Shape: shape})
		total := len(g.rows) / 2
		at := 0
		for !g.Empty() {
			p := page()
			g.Pour(p, Frame{Rect: pdf.Rect{H: Length(height) * pdf.Pt, W: pdf.MM(60)}})
			at = (at + len(lineTexts(p))) % total
			if at == 1 || at == total-1 {
				t.Fatalf("height %d: a page ends after line %d of %d", height, at, total)
			}
		}
	}
}

func TestHeadingStaysWithText(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	shape := body(set)
	head := shape
	head.KeepNext, head.NoHyphen, head.Before = true, true, 12*pdf.Pt
	for height := 60; height < 160; height += 4 {
		g := c.Galley(pdf.MM(60), nil, Paragraph{Spans: T(prose), Shape: shape}, Paragraph{Spans: T("A heading"), Shape: head}, Paragraph{Spans: T(prose), Shape: shape})
		for !g.Empty() {
			p := page()
			g.Pour(p, Frame{Rect: pdf.Rect{H: Length(height) * pdf.Pt}})
			if lines := lineTexts(p); lines[len(lines)-1] == "A heading" {
				t.Fatalf("height %d: a page ends with the heading", height)
			}
		}
	}
}

func TestNotesStandOnTheirPage(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	shape := body(set)
	small := shape.Sized(7 * pdf.Pt)
	var blocks []Block
	for i := range 12 {
		mark := string(rune('a' + i))
		note := &Note{ID: "note-" + mark, Blocks: []Block{Paragraph{Spans: T(mark + " The note belonging to " + mark + "."), Shape: Shape{Style: small, Leading: 9 * pdf.Pt}}}}
		blocks = append(blocks, Paragraph{Spans: []Span{{Text: prose}, {Text: "(" + mark + ")", Note: note}}, Shape: shape})
	}
	pages := pour(c, blocks...)
	for i, p := range pages {
		all := strings.Join(lineTexts(p), "\n")
		for m := 'a'; m < 'a'+12; m++ {
			if strings.Contains(all, "("+string(m)+")") != strings.Contains(all, "belonging to "+string(m)) {
				t.Errorf("page %d: note %c and its mark are parted", i+1, m)
			}
		}
		for _, it := range p.items {
			if f := column(); it.y > f.Y+f.H {
				t.Errorf("page %d: something stands below the frame", i+1)
			}
		}
	}
	if len(pages) < 2 {
		t.Fatalf("%d pages", len(pages))
	}
	d, _ := printed(t, "en", pages)
	if n := len(roles(d.Structure(), "Note")); n != 12 {
		t.Errorf("%d notes in the structure", n)
	}
}

func TestBalance(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	var blocks []Block
	for i := range 31 {
		blocks = append(blocks, Entry{Spans: T("City"), Number: Numbers(i + 1)[i], Shape: Shape{Style: body(set).Style, Leading: 11 * pdf.Pt}, Column: 20 * pdf.Pt})
	}
	g := c.Galley(pdf.MM(30), &pdf.Tag{Role: "TOC"}, blocks...)
	frames := make([]Frame, 3)
	for i := range frames {
		frames[i].Rect = pdf.Rect{X: Length(i) * pdf.MM(35), W: pdf.MM(30), H: pdf.MM(150)}
	}
	used := g.Balance(page(), frames...)
	if !g.Empty() || used < 11*11*pdf.Pt || used > 12*11*pdf.Pt {
		t.Errorf("31 entries in three columns take %v", used)
	}
}

func TestGrid(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	shape := body(set)
	shape.Snap = true
	head := shape
	head.Snap, head.Leading, head.After = false, 17*pdf.Pt, 3*pdf.Pt
	p := page()
	c.Galley(pdf.MM(110), nil, Paragraph{Spans: T("Heading"), Shape: head}, Paragraph{Spans: T(prose), Shape: shape}).Pour(p, Frame{Rect: pdf.Rect{W: pdf.MM(110), H: pdf.MM(100)}, Grid: 12 * pdf.Pt})
	if y := p.items[1].y - baseline(12*pdf.Pt); y != 24*pdf.Pt {
		t.Errorf("the text begins at %v, not on the grid", y)
	}
	// Further down, what is missing to the grid stands above the heading.
	head.KeepNext = true
	p = page()
	c.Galley(pdf.MM(110), nil, Paragraph{Spans: T("One line."), Shape: shape}, Paragraph{Spans: T("Heading"), Shape: head}, Paragraph{Spans: T(prose), Shape: shape}).Pour(p, Frame{Rect: pdf.Rect{W: pdf.MM(110), H: pdf.MM(100)}, Grid: 12 * pdf.Pt})
	if top, y := p.items[1].y-baseline(17*pdf.Pt), p.items[2].y-baseline(12*pdf.Pt); top != 16*pdf.Pt || y != 36*pdf.Pt {
		t.Errorf("the heading begins at %v and its text at %v", top, y)
	}
}

func TestFit(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	try := func(copies int) (Step, int) {
		return Fit(Ladder(), func(s Step) int {
			shape := s.Apply(body(set))
			g := c.Galley(pdf.MM(110), nil, Paragraph{Spans: T(strings.Repeat(prose+" ", copies)), Shape: shape})
			room := pdf.MM(172) - pdf.MM(60).Scale(s.Picture, 1000)
			if s.Spread {
				room += pdf.MM(172)
			}
			g.Pour(page(), Frame{Rect: pdf.Rect{W: pdf.MM(110), H: room}})
			return g.Words()
		})
	}
	if s, over := try(3); s != Ladder()[0] || over != 0 {
		t.Errorf("a short text took %+v and left %d", s, over)
	}
	if s, over := try(6); s == Ladder()[0] || s.Spread || over != 0 {
		t.Errorf("a longer text took %+v and left %d", s, over)
	}
	if s, over := try(9); !s.Spread || over != 0 {
		t.Errorf("a long text took %+v and left %d", s, over)
	}
	if _, over := try(40); over < 500 {
		t.Errorf("a text far too long leaves %d words", over)
	}
}

func TestRightToLeftMirrors(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	shape := body(set)
	shape.Lang, shape.RTL, shape.Indent = "ar", true, 10*pdf.Pt
	width := pdf.MM(60)
	lines := c.lines(T("مدينة الأحساء مدينة مبدعة في مجال الحرف والفنون الشعبية وهي عضو في شبكة المدن المبدعة"), &shape, width, nil)
	if len(lines) < 2 {
		t.Fatal("one line only")
	}
	for i, l := range lines {
		want := width
		if i == 0 {
			want -= 10 * pdf.Pt
		}
		if r := right(l.parts); r < want-pdf.Pt/10 || r > want+pdf.Pt/10 {
			t.Errorf("line %d ends at %v, want %v", i+1, r, want)
		}
		if l.parts[0].x < l.parts[2].x {
			t.Errorf("line %d does not begin at the right", i+1)
		}
	}
	list := List{Items: [][]Block{{Paragraph{Spans: T("بند"), Shape: shape}}}, Marks: []string{"•"}, Shape: shape, Indent: 12 * pdf.Pt}
	p := page()
	c.Galley(width, nil, list).Pour(p, column())
	mark, text := p.items[0].op.(textOp), p.items[1].op.(textOp)
	if p.items[0].x+mark.parts[0].x < p.items[1].x+text.parts[0].x {
		t.Error("the mark of an item stands to the left")
	}
}

func TestTable(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	shape := Shape{Style: body(set).Style, Leading: 11 * pdf.Pt}
	table := Table{
		Head:  []Cell{{Spans: T("Field")}, {Spans: T("Cities"), End: true}},
		Rows:  [][]Cell{{{Spans: T("Crafts and Folk Art")}, {Spans: T("37"), End: true}}, {{Spans: T("Film")}, {}}},
		Shape: shape, Strong: shape, RowHead: true, Gap: 6 * pdf.Pt, Pad: 2 * pdf.Pt, Line: 300,
	}
	d, _ := printed(t, "en", pour(c, table))
	tree := d.Structure()
	if n := len(roles(tree, "TH")); n != 4 {
		t.Errorf("%d heads, want 4", n)
	}
	cells := roles(tree, "TD")
	if len(cells) != 2 || plain(cells[0].Text) != "37" || cells[1].Text != "" {
		t.Errorf("cells %v", cells)
	}
}

// A last line is never some letters of a divided word alone, and no abbreviation
// is divided.
func TestWhereWordsAreNotDivided(t *testing.T) {
	c := NewComposer()
	shape := body(themeFonts(t))
	text := "The oasis lies around its largest town, and the list of UNESCO, which the UNESCO’s members keep, calls it characteristically."
	divided := 0
	for width := 100 * pdf.Pt; width < 260*pdf.Pt; width += pdf.Pt {
		lines := c.lines(T(text), &shape, width, nil)
		said := make([]string, len(lines))
		for i, l := range lines {
			for _, p := range l.parts {
				for _, g := range p.glyphs {
					said[i] += g.Text
				}
			}
			if strings.Contains(said[i], "UN\u00ad") || strings.Contains(said[i], "UNES\u00ad") {
				t.Errorf("%s: %q", width, said[i])
			}
			if strings.HasSuffix(said[i], "\u00ad") {
				divided++
			}
		}
		if n := len(said); strings.HasSuffix(said[n-2], "\u00ad") && len(said[n-1]) < 7 {
			t.Errorf("%s: the last lines are %q", width, said[n-2:])
		}
	}
	if divided < 20 {
		t.Errorf("%d words are divided in all", divided)
	}
}

// The head of a table stands on each of its pages, and is read once.
func TestTableOverPages(t *testing.T) {
	set := themeFonts(t)
	shape := Shape{Style: body(set).Style, Leading: 11 * pdf.Pt}
	table := Table{Head: []Cell{{Spans: T("Field")}, {Spans: []Span{{Text: "Cities", Link: "https://example.org/", Alt: "cities"}}, End: true}}, Shape: shape, Strong: shape, Gap: 6 * pdf.Pt, Pad: 2 * pdf.Pt}
	for i := range 90 {
		table.Rows = append(table.Rows, []Cell{{Spans: T("Row " + strconv.Itoa(i))}, {Spans: T("1"), End: true}})
	}
	pages := pour(NewComposer(), table)
	d, _ := printed(t, "en", pages)
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	for i := range pages {
		head, read, rows := false, false, 0
		for _, r := range d.Runs(i) {
			rows += strings.Count(r.Text, "Row ")
			if strings.Contains(r.Text, "Field") {
				head, read = true, !r.Artifact
			}
		}
		if !head || read != (i == 0) || rows == 0 {
			t.Errorf("page %d: head %v, read %v, %d rows", i+1, head, read, rows)
		}
	}
	if n := len(roles(d.Structure(), "TH")); n != 2 {
		t.Errorf("%d heads, want 2", n)
	}
	if n := len(roles(d.Structure(), "Link")); n != 1 {
		t.Errorf("%d links, want 1", n)
	}
}

func TestContentsAndLinks(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	shape := body(set)
	entry := Entry{Spans: T("Łódź"), Number: "14", Link: "#lodz", Alt: "Łódź, page 14", Shape: Shape{Style: shape.Style, Leading: 11 * pdf.Pt}, Column: 20 * pdf.Pt, Leader: true}
	lost := entry
	lost.Link = "#nowhere"
	d, _ := printed(t, "en", pour(c, Group{Role: "TOC", Blocks: []Block{entry, lost}}, Paragraph{Spans: T("Łódź"), Shape: shape, Role: "H1", Dest: "lodz"}))
	items := roles(d.Structure(), "TOCI")
	text := ""
	for _, l := range roles(items[0], "Link") {
		text += l.Text
	}
	if plain(text) != "Łódź14" {
		t.Errorf("entry %q: the dots must not be read", text)
	}
	if n := len(d.Array(d.Pages[0].Dict["Annots"])); n != 2 {
		t.Errorf("%d links, want 2: those to nowhere are left out", n)
	}
}

func TestFigure(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	pic := &Picture{W: 40, H: 30, Data: func() ([]byte, error) { return jpg.Bytes(), nil }}
	figure := Drawn{Picture: pic, Alt: "A loom", Caption: []Block{Paragraph{Spans: T("The loom. Photo: N. N."), Shape: body(set)}}, Gap: 4 * pdf.Pt}
	pages := pour(c, Paragraph{Spans: T(prose), Shape: body(set)}, figure)
	d, _ := printed(t, "en", pages)
	if f := roles(d.Structure(), "Figure"); len(f) != 1 || inspect.Text(f[0].Dict["Alt"]) != "A loom" {
		t.Errorf("figures %v", f)
	}
}

// Two composers, one of which has set other words before, give the same bytes.
func TestDeterminism(t *testing.T) {
	set := themeFonts(t)
	blocks := func() []Block {
		out := []Block{}
		for _, s := range scripts() {
			shape := body(set)
			shape.Lang = s.lang
			out = append(out, Paragraph{Spans: T(s.text + " " + prose), Shape: shape})
		}
		return out
	}
	_, a := printed(t, "en", pour(NewComposer(), blocks()...))
	used := NewComposer()
	other := blocks()
	slices.Reverse(other)
	pour(used, other...)
	_, b := printed(t, "en", pour(used, blocks()...))
	if !bytes.Equal(a, b) {
		t.Error("the same text gave other bytes")
	}
}
