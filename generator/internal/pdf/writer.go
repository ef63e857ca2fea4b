package pdf

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"time"
)

// Options say what a file is. Title and Lang are required by PDF/UA.
type Options struct {
	Title, Lang string // Lang is a language tag: "en", "fr", "ar"
	Author      string
	Subject     string
	Rights      string
	Producer    string
	Created     time.Time
	RTL         bool // the first page lies on the right: pages turn from right to left
	Facing      bool // shown two by two, the first alone
	Labels      []Label
	Print       *Print // for the printer; nil: for the screen
	Kit         *Kit   // shared with other files; nil: the file has its own
}

// Print makes a file PDF/X-4 for the printing condition of an ICC profile. Our
// own colours become CMYK; pictures keep theirs, with a profile.
type Print struct {
	ICC       []byte         // a CMYK output profile
	Condition string         // its registered name, such as "FOGRA51"; "" takes the profile's name
	Inks      map[Color]CMYK // mixtures to use instead of the computed ones
}

// A Label begins a new way of numbering pages (12.4.2).
type Label struct {
	Page   int    // counted from 0
	Style  string // "D" 1 2 3, "r" i ii iii, "" none
	Prefix string
	Start  int // the first number; 0 means 1
}

// A Bookmark is an entry of the outline.
type Bookmark struct {
	Title string
	Dest  string
	Kids  []Bookmark
}

// A Writer writes one file.
type Writer struct {
	file      *file
	options   Options
	icc       profile
	root      *tagState
	states    map[*Tag]*tagState
	tags      []*tagState
	parents   []string // values of the parent tree, by key
	pages     []ref
	catalog   ref
	pageTree  ref
	srgb      ref // the colour space of RGB pictures in a file for the printer
	fonts     []*Font
	images    map[[32]byte]*Image
	dests     map[string]string
	wanted    map[string]bool
	bookmarks []Bookmark
	current   *Canvas
}

// New begins a file on out. It fails when the printing profile cannot be used.
func New(out io.Writer, o Options) (*Writer, error) {
	version := "1.7"
	w := &Writer{options: o, images: map[[32]byte]*Image{}, dests: map[string]string{}, wanted: map[string]bool{},
		states: map[*Tag]*tagState{}}
	if o.Print != nil {
		p, err := printing(o.Print.ICC)
		if err != nil {
			return nil, fmt.Errorf("printing profile: %w", err)
		}
		w.icc, version = p, "1.6"
	}
	w.file = newFile(out, version, o.Kit)
	w.catalog, w.pageTree = w.file.alloc(), w.file.alloc()
	w.root = &tagState{id: w.file.alloc()}
	if o.Print != nil {
		icc := w.file.alloc()
		w.srgb = w.file.alloc()
		w.file.stream(icc, "/N 3", sRGB())
		w.file.object(w.srgb, fmt.Sprintf("[/ICCBased %s]", icc))
	}
	return w, nil
}

// Outline sets the bookmarks. Their destinations may be drawn later.
func (w *Writer) Outline(marks []Bookmark) { w.bookmarks = marks }

// Run draws pages: it calls next until that says that there are no more. Pages
// are drawn one after the other on one core while the others finish what is on
// those before.
func (w *Writer) Run(next func() (more bool)) error {
	for more := true; more && w.file.err == nil; {
		w.file.finishWhile(func() {
			for more && w.file.size < batch {
				more = next()
			}
		})
	}
	if w.file.err != nil {
		return fmt.Errorf("write PDF: %w", w.file.err)
	}
	return nil
}

// Close writes what the pages share and ends the file. It fails when writing
// failed or when a link leads to a destination that was never drawn.
func (w *Writer) Close() error {
	if w.current != nil {
		panic("pdf: Close before the end of a page")
	}
	if missing := w.missing(); len(missing) > 0 {
		return fmt.Errorf("write PDF: links lead to %s, which no page holds", strings.Join(missing, ", "))
	}
	trailer := ""
	w.file.finishWhile(func() { trailer = w.close() })
	return w.file.finish(trailer)
}

// close writes what the pages share and returns what the end of the file says.
func (w *Writer) close() (trailer string) {
	for _, f := range w.fonts {
		f.write(w.file)
	}
	tree := w.writeTags()
	outlines := w.writeBookmarks()
	w.writePageTree()
	intent := w.writeIntent()
	meta := w.file.alloc()
	w.file.raw(meta, "/Type/Metadata/Subtype/XML", w.xmp())
	info := w.file.alloc()
	w.file.object(info, w.info())
	view := "/DisplayDocTitle true"
	if w.options.RTL {
		view += "/Direction/R2L"
	}
	layout := "/SinglePage"
	if w.options.Facing {
		layout = "/TwoPageRight"
	}
	mode := ""
	if outlines != 0 {
		mode = fmt.Sprintf("/Outlines %s/PageMode/UseOutlines", outlines)
	}
	w.file.object(w.catalog, fmt.Sprintf("<</Type/Catalog/Pages %s/Lang%s/MarkInfo<</Marked true>>/StructTreeRoot %s%s/PageLayout%s"+
		"/ViewerPreferences<<%s>>/Metadata %s/Names<</Dests<</Names[%s]>>>>%s/OutputIntents[%s]>>",
		w.pageTree, text(w.options.Lang), tree, mode, layout, view, meta, w.names(), w.pageLabels(), intent))
	return fmt.Sprintf("/Root %s/Info %s", w.catalog, info)
}

// missing returns the destinations asked for and not drawn, sorted.
func (w *Writer) missing() []string {
	var marks func(list []Bookmark)
	marks = func(list []Bookmark) {
		for _, b := range list {
			w.wanted[b.Dest] = true
			marks(b.Kids)
		}
	}
	marks(w.bookmarks)
	var out []string
	for name := range w.wanted {
		if _, found := w.dests[name]; !found {
			out = append(out, fmt.Sprintf("%q", name))
		}
	}
	sort.Strings(out)
	return out
}

// names returns the destinations as a sorted name tree (7.9.6).
func (w *Writer) names() string {
	keys := make([]string, 0, len(w.dests))
	for name := range w.dests {
		keys = append(keys, name)
	}
	sort.Strings(keys)
	var b strings.Builder
	for _, name := range keys {
		b.WriteString(byteText(name) + w.dests[name])
	}
	return b.String()
}

// byteText writes a name of a destination: hexadecimal, so that the order of
// names is the order of their bytes.
func byteText(s string) string { return fmt.Sprintf("<%x>", s) }

func (w *Writer) writePageTree() {
	b := fmt.Appendf(nil, "<</Type/Pages/Count %d/Kids[", len(w.pages))
	for _, p := range w.pages {
		b = fmt.Appendf(b, "%s ", p)
	}
	w.file.object(w.pageTree, string(b)+"]>>")
}

// writeBookmarks writes the outline (12.3.3) and returns its root, or 0.
func (w *Writer) writeBookmarks() ref {
	if len(w.bookmarks) == 0 {
		return 0
	}
	root := w.file.alloc()
	first, last := w.writeLevel(w.bookmarks, root)
	w.file.object(root, fmt.Sprintf("<</Type/Outlines/First %s/Last %s/Count %d>>", first, last, len(w.bookmarks)))
	return root
}

func (w *Writer) writeLevel(list []Bookmark, parent ref) (first, last ref) {
	ids := make([]ref, len(list))
	for i := range list {
		ids[i] = w.file.alloc()
	}
	for i, b := range list {
		s := fmt.Sprintf("<</Title%s/Parent %s/Dest%s", text(b.Title), parent, byteText(b.Dest))
		if i > 0 {
			s += fmt.Sprintf("/Prev %s", ids[i-1])
		}
		if i+1 < len(ids) {
			s += fmt.Sprintf("/Next %s", ids[i+1])
		}
		if len(b.Kids) > 0 {
			f, l := w.writeLevel(b.Kids, ids[i])
			s += fmt.Sprintf("/First %s/Last %s/Count %d", f, l, -len(b.Kids))
		}
		w.file.object(ids[i], s+">>")
	}
	return ids[0], ids[len(ids)-1]
}

func (w *Writer) pageLabels() string {
	if len(w.options.Labels) == 0 {
		return ""
	}
	b := []byte("/PageLabels<</Nums[")
	for _, l := range w.options.Labels {
		b = fmt.Appendf(b, "%d<<", l.Page)
		if l.Style != "" {
			b = fmt.Appendf(b, "/S/%s", l.Style)
		}
		if l.Prefix != "" {
			b = fmt.Appendf(b, "/P%s", text(l.Prefix))
		}
		if l.Start > 1 {
			b = fmt.Appendf(b, "/St %d", l.Start)
		}
		b = append(b, ">>"...)
	}
	return string(b) + "]>>"
}
