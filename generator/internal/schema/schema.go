// Package schema reads YAML with the wanted type in hand. A table of keys says
// how each value is written; the same table drives decoding, the checks, the
// hints, the JSON Schema and the reference page, so that they cannot disagree.
//
// It knows kinds of values and no record: the tables are in load and config.
package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/source"
)

// A Kind is a way to write a value of Go type V.
type Kind[V any] struct {
	Words  string // what is wanted, for messages: "a year such as 2013"
	Schema map[string]any
	read   func(d *Decoder, n *node, into *V) bool // into may hold the original's value
	keys   []row                                   // of an object, for the reference page
	within bool                                    // holds values that are translated
}

// Flag says what a key needs.
type Flag uint8

const (
	Required      Flag = 1 << iota // must be there
	Translated                     // may be given again in a translation
	Caution                        // its form in the Network's own documents is not certain
	OfTranslation                  // says something of the translation itself, and stands only there
)

// A Key is one row of the table of a record type R.
type Key[R any] struct {
	row
	read func(d *Decoder, n *node, r *R) bool
}

// row is what a Key has whatever its record.
type row struct {
	name, doc string
	flags     Flag
	words     string
	schema    map[string]any
	keys      []row
	within    bool
}

// Field makes the row of one key: how it is written, and where it goes.
func Field[R, V any](name string, k Kind[V], at func(*R) *V, flags Flag, doc string) Key[R] {
	return Key[R]{
		row: row{name: name, doc: doc, flags: flags, words: k.Words, schema: k.Schema, keys: k.keys, within: k.within || flags&Translated != 0},
		read: func(d *Decoder, n *node, r *R) bool {
			inText, translating := d.inText, d.translating
			if flags&Translated != 0 {
				d.inText = true
			}
			if flags&OfTranslation != 0 {
				d.translating = false
			}
			d.path = append(d.path, name)
			ok := k.read(d, n, at(r))
			if ok && flags&Translated != 0 && translating {
				d.Given = append(d.Given, strings.Join(d.path, "."))
			}
			d.path = d.path[:len(d.path)-1]
			d.inText, d.translating = inText, translating
			return ok
		},
	}
}

// Seen makes a row that also notes where its value stands.
func Seen[R any](k Key[R], at func(*R) *diag.Pos) Key[R] {
	read := k.read
	k.read = func(d *Decoder, n *node, r *R) bool {
		*at(r) = d.at(n)
		return read(d, n, r)
	}
	return k
}

// A Decoder reads one file and gathers what is wrong with it.
type Decoder struct {
	Problems diag.List
	Links    []model.Link // every reference met
	Given    []string     // of a translation: every key with a translated text that was read, from the outermost: "images.0.alt"

	Typeset func(string) string // sets the words of translated texts; nil leaves them as typed

	file        source.File
	root        *node
	lines       []string
	translating bool     // the file is a translation: only translated keys may stand in it
	inText      bool     // the value being read is translated
	texts       []byte   // the translated texts, in the order of the table
	path        []string // the keys and the places in lists down to the value being read
}

// NewDecoder parses the file's front matter. ok is false when it is no YAML
// mapping; the problem is noted then.
func NewDecoder(f source.File, translating bool) (d *Decoder, ok bool) {
	if strings.IndexByte(f.Front, 0xC2) >= 0 || strings.IndexByte(f.Front, 0xE2) >= 0 { // with which they begin
		f.Front = oneBreak.Replace(f.Front)
	}
	d = &Decoder{file: f, translating: translating, lines: strings.Split(f.Front, "\n")}
	root, err := parse(f.Front, d.lines)
	if err != nil {
		d.syntax(err)
		return d, false
	}
	if root == nil || isNull(root) {
		root = &node{kind: mapping, line: 1, col: 1}
	}
	d.root = root
	if at := d.root.line; d.root.kind == scalar && at <= len(d.lines) && keyNoBlank.MatchString(d.lines[at-1]) {
		d.syntaxAt(at, "") // YAML takes "name:Łódź" for a text
		return d, false
	}
	if d.root.kind != mapping {
		d.errorf(d.root, "no-keys", "these lines are no keys and values").Hint = `write each as "key: value", with a blank after the colon`
		return d, false
	}
	if n := tooDeep(d.root, 0); n != nil {
		d.errorf(n, "too-deep", "the values are nested too deeply").Hint = "look for a bracket that is not closed, or write the data more simply"
		return d, false
	}
	return d, true
}

// oneBreak replaces what YAML takes for the end of a line and editors do not.
var oneBreak = strings.NewReplacer("\u0085", " ", "\u2028", " ", "\u2029", " ")

const maxDepth = 32

// tooDeep returns the first node that is nested past the limit.
func tooDeep(n *node, depth int) *node {
	if depth > maxDepth {
		return n
	}
	for _, c := range n.content {
		if deep := tooDeep(c, depth+1); deep != nil {
			return deep
		}
	}
	return nil
}

// Read fills r from the front matter by the table of keys.
func Read[R any](d *Decoder, keys []Key[R], r *R) { readObject(d, d.root, keys, r, d.file.FrontAt) }

// Has reports whether the front matter gives the key.
func (d *Decoder) Has(key string) bool { return d.node(key) != nil }

// At returns the place of a top-level key's value, or of the front matter.
func (d *Decoder) At(key string) diag.Pos {
	if n := d.node(key); n != nil {
		return d.at(n)
	}
	return diag.Pos{Path: d.file.Path, Line: d.file.FrontAt.Line}
}

// Width returns how many code points a top-level key's value takes, or 0.
func (d *Decoder) Width(key string) int {
	if n := d.node(key); n != nil {
		return d.width(n)
	}
	return 0
}

// Flow reports whether a top-level key's value is written in braces or brackets.
func (d *Decoder) Flow(key string) bool {
	n := d.node(key)
	return n != nil && n.flow
}

// KeyAt returns the place of a top-level key itself.
func (d *Decoder) KeyAt(key string) (diag.Pos, bool) {
	if d.root == nil || d.root.kind != mapping {
		return diag.Pos{}, false
	}
	for i := 0; i+1 < len(d.root.content); i += 2 {
		if d.root.content[i].value == key {
			return d.at(d.root.content[i]), true
		}
	}
	return diag.Pos{}, false
}

func (d *Decoder) node(key string) *node {
	if d.root == nil || d.root.kind != mapping {
		return nil
	}
	for i := 0; i+1 < len(d.root.content); i += 2 {
		if d.root.content[i].value == key {
			return d.root.content[i+1]
		}
	}
	return nil
}

// TextHash returns 12 hexadecimal characters that stand for all translated
// texts read so far and the body.
func (d *Decoder) TextHash(body string) string {
	sum := sha256.Sum256(d.texts)
	h := sha256.New()
	h.Write(sum[:])
	var piece [512]byte // so that the body is not copied whole
	for body = strings.TrimSpace(body); body != ""; {
		n := copy(piece[:], body)
		h.Write(piece[:n])
		body = body[n:]
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// note adds a scalar to the hash of translated texts when it is one.
func (d *Decoder) note(n *node) {
	if d.inText {
		d.texts = append(append(d.texts, n.value...), 0)
	}
}

// at returns the place of a node in the file.
func (d *Decoder) at(n *node) diag.Pos {
	line := min(n.line, len(d.lines)) // of an empty document the library names the line after
	return diag.Pos{Path: d.file.Path, Line: d.file.FrontAt.Line + line - 1, Col: n.col}
}

// errorf notes an error at a node, underlining the words as they are written.
func (d *Decoder) errorf(n *node, code, format string, args ...any) *diag.Diagnostic {
	p := d.Problems.Errorf(d.at(n), code, format, args...)
	p.Len = d.width(n)
	return p
}

// width returns how many code points of its line a node takes up.
func (d *Decoder) width(n *node) int {
	if n.line < 1 || n.line > len(d.lines) {
		return 1
	}
	rest := d.lines[n.line-1]
	for range n.col - 1 {
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
	}
	if n.kind != scalar {
		return max(1, runes(strings.TrimRight(rest, " \t")))
	}
	if n.quoted && rest != "" {
		for i := 1; i < len(rest); i++ {
			switch {
			case rest[i] == '\\' && rest[0] == '"', rest[0] == '\'' && rest[i] == '\'' && i+1 < len(rest) && rest[i+1] == '\'':
				i++
			case rest[i] == rest[0]:
				return runes(rest[:i]) + 1
			}
		}
		return runes(rest)
	}
	first, _, _ := strings.Cut(n.value, "\n")
	return max(1, min(runes(first), runes(rest)))
}

// warnf notes a warning at a node likewise.
func (d *Decoder) warnf(n *node, code, format string, args ...any) *diag.Diagnostic {
	p := d.errorf(n, code, format, args...)
	p.Severity = diag.Warning
	return p
}
