package inspect

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// A Run is text drawn in one piece of marked content.
type Run struct {
	Text     string
	MCID     int  // -1 outside the structure
	Artifact bool // belongs to the page, not to its content
	Line     int  // grows by one with every new baseline
	fresh    bool // does not go on where the last ended
	back     bool // stands to the left of the one before
}

// reader follows the content stream of a page.
type reader struct {
	d        *Document
	page     Page
	number   int
	report   func(rule, message string)
	fonts    map[Name]*font
	font     *font
	marks    []mark
	runs     []Run
	mcids    map[int]bool
	line     int
	x, y     float64
	size     float64
	fresh    bool
	back     bool
	word     []rune // characters since the pen last went back
	operands []any
}

// mark is an open marked-content sequence.
type mark struct {
	mcid     int // -1: none
	artifact bool
	actual   bool // text has been replaced
}

// font is what a reader needs of a font.
type font struct {
	dict    Dict
	wide    bool // codes of two bytes
	unicode map[int]string
}

// read follows a page's content and reports what breaks its rules.
func (d *Document) read(number int, report func(rule, message string)) *reader {
	r := &reader{d: d, page: d.Pages[number], number: number, report: report, fonts: map[Name]*font{}, mcids: map[int]bool{}, line: -1}
	var body []byte
	contents := d.Get(r.page.Dict["Contents"])
	list, is := contents.(Array)
	if !is {
		list = Array{contents}
	}
	for _, v := range list {
		if s, is := d.Get(v).(*Stream); is {
			data, err := d.Data(s)
			if err != nil {
				report("syntax", err.Error())
			}
			body = append(append(body, data...), '\n')
		}
	}
	l := &lexer{data: body}
	for {
		v, err := l.next(0)
		if err != nil {
			report("syntax", err.Error())
			return r
		}
		op, is := v.(operator)
		if !is {
			r.operands = append(r.operands, v)
			continue
		}
		if op == "" {
			break
		}
		r.do(string(op))
		r.operands = r.operands[:0]
	}
	r.flush()
	if len(r.marks) > 0 {
		report("marked-content", "marked content is not closed")
	}
	return r
}

// do carries out one operator.
func (r *reader) do(op string) {
	switch op {
	case "BDC", "BMC":
		r.begin()
	case "EMC":
		r.flush()
		if len(r.marks) == 0 {
			r.report("marked-content", "EMC without a beginning")
			return
		}
		r.marks = r.marks[:len(r.marks)-1]
	case "Tf":
		if name, is := r.operand(0).(Name); is {
			r.font = r.loadFont(name)
			r.size, _ = r.operand(1).(float64)
		}
	case "Tm":
		r.flush()
		x, _ := r.operand(4).(float64)
		r.fresh, r.back, r.x = true, x < r.x, x
		if y, is := r.operand(5).(float64); is && (math.Abs(y-r.y) > r.size*0.6 || r.line < 0) {
			r.y = y
			r.line++
		}
	case "Tj", "'", "\"":
		r.painted(op)
		if s, is := r.operand(len(r.operands) - 1).(String); is {
			r.show(s)
		}
	case "TJ":
		r.array()
	case "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "EI":
		r.painted(op)
	case "Do":
		r.painted(op)
		r.object()
	case "rg", "RG", "k", "K", "g", "G":
		r.color(op)
	}
}

func (r *reader) operand(i int) any {
	if i < 0 || i >= len(r.operands) {
		return nil
	}
	return r.operands[i]
}

// begin opens marked content.
func (r *reader) begin() {
	r.flush()
	m := mark{mcid: -1}
	outer := mark{mcid: -1}
	if n := len(r.marks); n > 0 {
		outer = r.marks[n-1]
		m = outer
	}
	tag, _ := r.operand(0).(Name)
	props := r.d.Dict(r.operand(1))
	if name, is := r.operand(1).(Name); is {
		props = r.d.Dict(r.d.Dict(r.d.Dict(r.page.Dict["Resources"])["Properties"])[name])
	}
	if tag == "Artifact" {
		if outer.mcid >= 0 {
			r.report("artifact", "an artifact inside tagged content")
		}
		m.artifact = true
	}
	if id, is := props["MCID"].(float64); is {
		if outer.artifact || outer.mcid >= 0 {
			r.report("marked-content", "tagged content inside other marked content")
		}
		if r.mcids[int(id)] {
			r.report("marked-content", "one MCID used twice")
		}
		m.mcid = int(id)
		r.mcids[int(id)] = true
	}
	if actual, is := props["ActualText"].(String); is && !m.actual {
		r.add(m, Text(actual))
		m.actual = true
	}
	r.marks = append(r.marks, m)
}

// painted reports drawing outside of any mark.
func (r *reader) painted(op string) {
	if n := len(r.marks); n == 0 || r.marks[n-1].mcid < 0 && !r.marks[n-1].artifact {
		r.report("untagged", "content that is neither tagged nor an artifact is drawn by "+op)
	}
}

// array shows the strings of a TJ. A long way back begins a new word.
func (r *reader) array() {
	list, _ := r.operand(0).(Array)
	for _, v := range list {
		switch v := v.(type) {
		case String:
			r.painted("TJ")
			r.show(v)
		case float64:
			if v > 350 && !r.mark().actual {
				r.flush()
				r.fresh, r.back = true, true
			}
		}
	}
}

// show reads the characters of a string.
func (r *reader) show(s String) {
	if r.font == nil {
		r.report("font", "text without a font")
		return
	}
	m := r.mark()
	step := 1
	if r.font.wide {
		step = 2
	}
	for i := 0; i+step <= len(s); i += step {
		code := int(s[i])
		if step == 2 {
			code = code<<8 | int(s[i+1])
			if code == 0 {
				r.report("missing-glyph", "a character without a glyph is drawn")
			}
		}
		text, found := r.font.unicode[code]
		if !found && !m.actual {
			r.report("unicode", "a glyph that stands for no character is drawn")
		}
		if strings.ContainsAny(text, "\x00\ufeff\ufffe") {
			r.report("unicode", "a glyph stands for U+0000, U+FEFF or U+FFFE")
		}
		if !m.actual {
			r.word = append(r.word, []rune(text)...)
		}
	}
}

func (r *reader) mark() mark {
	if n := len(r.marks); n > 0 {
		return r.marks[n-1]
	}
	return mark{mcid: -1}
}

// flush ends the word in hand.
func (r *reader) flush() {
	if len(r.word) > 0 {
		r.add(r.mark(), string(r.word))
		r.word = r.word[:0]
	}
}

// add appends text to the runs.
func (r *reader) add(m mark, text string) {
	r.runs = append(r.runs, Run{text, m.mcid, m.artifact, max(r.line, 0), r.fresh, r.back})
	r.fresh, r.back = false, false
}

// object looks at an image or form.
func (r *reader) object() {
	name, _ := r.operand(0).(Name)
	x := r.d.Dict(r.d.Dict(r.d.Dict(r.page.Dict["Resources"])["XObject"])[name])
	if x == nil {
		r.report("resource", "a picture that is not in the file is drawn")
		return
	}
	if r.d.Name(x["Subtype"]) == "Image" {
		r.d.checkSpace(x["ColorSpace"], r.report)
	}
}

// color checks that a device colour has an output intent that defines it.
func (r *reader) color(op string) {
	switch strings.ToLower(op) {
	case "rg":
		r.d.checkSpace(Name("DeviceRGB"), r.report)
	case "k":
		r.d.checkSpace(Name("DeviceCMYK"), r.report)
	}
}

func (r *reader) loadFont(name Name) *font {
	if f := r.fonts[name]; f != nil {
		return f
	}
	dict := r.d.Dict(r.d.Dict(r.d.Dict(r.page.Dict["Resources"])["Font"])[name])
	f := &font{dict: dict, wide: r.d.Name(dict["Subtype"]) == "Type0", unicode: map[int]string{}}
	r.fonts[name] = f
	if dict == nil {
		r.report("resource", "a font that is not in the file is used")
		return f
	}
	if s, is := r.d.Get(dict["ToUnicode"]).(*Stream); is {
		if data, err := r.d.Data(s); err == nil {
			f.unicode = readMap(data)
		}
	}
	return f
}

// readMap reads a ToUnicode map (9.10.3).
func readMap(data []byte) map[int]string {
	out := map[int]string{}
	l := &lexer{data: data}
	var stack []any
	for {
		v, err := l.next(0)
		if err != nil || v == any(operator("")) {
			return out
		}
		op, is := v.(operator)
		if !is {
			stack = append(stack, v)
			continue
		}
		switch op {
		case "endbfchar":
			for i := 0; i+1 < len(stack); i += 2 {
				from, _ := stack[i].(String)
				to, _ := stack[i+1].(String)
				out[field([]byte(from), 0)] = utf16Text(string(to))
			}
		case "endbfrange":
			readRanges(out, stack)
		}
		stack = stack[:0]
	}
}

func readRanges(out map[int]string, stack []any) {
	for i := 0; i+2 < len(stack); i += 3 {
		from, _ := stack[i].(String)
		to, _ := stack[i+1].(String)
		a, b := field([]byte(from), 0), field([]byte(to), 0)
		for n := 0; a+n <= b && n < 1<<16; n++ {
			switch v := stack[i+2].(type) {
			case Array:
				if n < len(v) {
					s, _ := v[n].(String)
					out[a+n] = utf16Text(string(s))
				}
			case String:
				rs := []rune(utf16Text(string(v)))
				if len(rs) > 0 {
					rs[len(rs)-1] += rune(n)
				}
				out[a+n] = string(rs)
			}
		}
	}
}

// Runs returns the text of a page in the order of its content. A word of a script
// that runs to the left, whose letters are drawn in the order of the eye, is
// turned around.
func (d *Document) Runs(page int) []Run {
	r := d.read(page, func(string, string) {})
	out := make([]Run, 0, len(r.runs))
	for i := 0; i < len(r.runs); {
		run := r.runs[i]
		rs := []rune(run.Text)
		i++
		for leftward(rs) && i < len(r.runs) && joins(run, r.runs[i]) && leftward([]rune(r.runs[i].Text)) {
			rs = append(rs, []rune(r.runs[i].Text)...)
			i++
		}
		if leftward(rs) || run.back && neutral(rs) {
			slices.Reverse(rs)
		}
		run.Text = string(rs)
		out = append(out, run)
	}
	return out
}

// joins says whether two runs may be parts of one word.
func joins(a, b Run) bool { return a.MCID == b.MCID && a.Line == b.Line && !b.fresh }

// leftward says whether text is of a script that runs to the left.
func leftward(rs []rune) bool {
	for _, r := range rs {
		if unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return true
		}
	}
	return len(rs) == 0
}

// neutral says whether text has no letters or digits, so that only its place tells
// its direction.
func neutral(rs []rune) bool {
	return !slices.ContainsFunc(rs, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// PageText returns the text of a page without its artifacts, with a line feed
// after every line, in the order of the content.
func (d *Document) PageText(page int) string {
	var b strings.Builder
	line := 0
	for _, r := range d.Runs(page) {
		if r.Artifact {
			continue
		}
		if b.Len() > 0 && r.Line != line {
			b.WriteByte('\n')
		}
		line = r.Line
		b.WriteString(r.Text)
	}
	return b.String()
}
