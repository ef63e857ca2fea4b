// Package theme finds the files of a theme, parses its templates and checks
// them against the page structs they will be given, fingerprints its assets and
// knows its words in each language.
//
// A theme is trusted to decide how pages look, and cannot do anything else: its
// templates see one page struct and no function but those of the language.
package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/jba/templatecheck"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/theme/squeeze"
	"uccn/generator/internal/theme/weave"
)

// Theme is a theme ready for use. It is never changed and safe for concurrent use.
type Theme struct {
	fsys      fs.FS
	templates *template.Template
	woven     map[string]func() (*weave.Template, error) // the same, compiled as far as that goes when one is first asked for
	uses      map[string]map[string]bool                 // page template → names of fields that are read
	assets    map[string]string                          // name in assets/ → published path
	files     []output.File
	words     map[string]*Words
	dir       string    // what messages call its folder
	buffers   sync.Pool // *[]byte, in which pages are written
}

// A Failure is a template that could not be carried out, such as one that calls
// itself without end. It is a mistake of the theme, at a place.
type Failure struct {
	At      diag.Pos
	Message string
}

func (f *Failure) Error() string { return f.At.String() + ": " + f.Message }

// Overlay looks a file up in upper first and in lower when upper has none, so
// that a site may replace one card of the theme and keep the rest.
func Overlay(upper, lower fs.FS) fs.FS { return overlay{upper, lower} }

type overlay struct{ upper, lower fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.upper.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.lower.Open(name)
	}
	return f, err
}

func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	up, err1 := fs.ReadDir(o.upper, name)
	low, err2 := fs.ReadDir(o.lower, name)
	switch {
	case err1 != nil && !errors.Is(err1, fs.ErrNotExist):
		return nil, err1
	case err1 != nil && err2 != nil:
		return nil, err2
	}
	for _, e := range low {
		if !slices.ContainsFunc(up, func(u fs.DirEntry) bool { return u.Name() == e.Name() }) {
			up = append(up, e)
		}
	}
	slices.SortFunc(up, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return up, nil
}

// Load reads the theme in fsys. dir is what messages call its folder. Every
// template named in pages is checked against the struct it will be given; without
// pages, templates and assets are not read.
func Load(fsys fs.FS, dir string, pages map[string]any, languages []string) (*Theme, diag.List, error) {
	t := &Theme{fsys: fsys, dir: dir, words: map[string]*Words{}}
	var dl diag.List
	if len(pages) > 0 {
		var err error
		if dl, err = t.compile(pages); err != nil {
			return nil, dl, err
		}
	}
	for _, lang := range languages {
		w, more, err := readWords(fsys, dir, lang)
		if err != nil {
			return nil, dl, err
		}
		dl = append(dl, more...)
		t.words[lang] = w
	}
	return t, dl, nil
}

// compile reads the templates and assets for pages.
func (t *Theme) compile(pages map[string]any) (diag.List, error) {
	dl, err := t.parse(t.dir, pages)
	if err != nil {
		return dl, err
	}
	if !dl.HasErrors() {
		dl = append(dl, t.endless(t.dir, pages)...)
	}
	more, err := t.bundle(t.dir)
	if err != nil {
		return dl, err
	}
	dl = append(dl, more...)
	if !dl.HasErrors() {
		t.uses = usesOf(t.templates, pages)
		t.weave(pages)
	}
	return dl, nil
}

// Key names the theme in fsys by the bytes of all its files.
func Key(fsys fs.FS) (memo.Key, error) {
	k := memo.NewKey("theme", 1)
	err := fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(fsys, p)
		k.Text(p).Bytes(b)
		return err
	})
	if err != nil {
		return memo.Key{}, fmt.Errorf("read theme: %w", err)
	}
	return k.Key(), nil
}

// parse reads templates/*.html and checks those of pages.
func (t *Theme) parse(dir string, pages map[string]any) (diag.List, error) {
	var dl diag.List
	names, err := fs.Glob(t.fsys, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	t.templates = template.New("")
	for _, name := range names {
		b, err := fs.ReadFile(t.fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read template: %w", err)
		}
		if _, err := t.templates.New(strings.TrimPrefix(name, "templates/")).Parse(string(b)); err != nil {
			d := dl.Errorf(place(dir, err), "template-syntax", "%s", wording(err))
			d.Hint = "compare it with the template of the default theme"
		}
	}
	if dl.HasErrors() {
		return dl, nil
	}
	squeeze.Templates(t.templates, slices.Sorted(maps.Keys(pages)))
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		p := t.templates.Lookup(name)
		if p == nil {
			d := dl.Errorf(diag.Pos{Path: dir + "/templates/" + name}, "missing-template", "the theme has no template %q", name)
			d.Hint = "copy it from the default theme"
			continue
		}
		if err := templatecheck.CheckHTMLStrict(p, pages[name]); err != nil {
			d := dl.Errorf(place(dir, err), "template-type", "%s", wording(err))
			d.Hint = "the page structs and their fields stand in the theme's reference"
		}
	}
	return dl, nil
}

var templateAt = regexp.MustCompile(`(?:html/)?template: ?"?([^:"\s]+)"?:(\d+)(?::(\d+))?: (?:checking "[^"]*" at <[^>]*>: |executing "[^"]*" at <[^>]*>: )?`)

func place(dir string, err error) diag.Pos {
	p := diag.Pos{Path: dir + "/templates"}
	if m := templateAt.FindStringSubmatch(err.Error()); m != nil {
		p.Path = dir + "/templates/" + m[1]
		p.Line, _ = strconv.Atoi(m[2])
		if m[3] != "" {
			col, _ := strconv.Atoi(m[3])
			p.Col = col + 1
		}
	}
	return p
}

func wording(err error) string {
	m := templateAt.ReplaceAllString(err.Error(), "")
	m, _, _ = strings.Cut(m, "\n")
	return m
}

// weave has the templates of pages compiled, each when the first page is made by it. Those
// that weave does not know in full are left to html/template, which writes the same, only slower.
func (t *Theme) weave(pages map[string]any) {
	t.woven = make(map[string]func() (*weave.Template, error), len(pages))
	var one sync.Mutex // compiling changes what templates share
	for name, page := range pages {
		t.woven[name] = sync.OnceValues(func() (*weave.Template, error) {
			one.Lock()
			defer one.Unlock()
			return weave.Compile(t.templates, name, page)
		})
	}
}

// Unwoven names the templates of pages that cannot be compiled, and why.
func (t *Theme) Unwoven() map[string]error {
	out := map[string]error{}
	for name, compiled := range t.woven {
		if _, err := compiled(); err != nil {
			out[name] = err
		}
	}
	return out
}

// Render executes one page template by html/template.
func (t *Theme) Render(w io.Writer, name string, page any) error {
	if err := t.templates.ExecuteTemplate(w, name, page); err != nil {
		if templateAt.MatchString(err.Error()) {
			return &Failure{place(t.dir, err), wording(err)}
		}
		return fmt.Errorf("render %s: %w", name, err)
	}
	return nil
}

// Words returns the theme's words in a language that Load was given.
func (t *Theme) Words(lang string) *Words { return t.words[lang] }

// Read returns a file of the theme as it is, such as "assets/theme.js".
func (t *Theme) Read(name string) ([]byte, error) { return fs.ReadFile(t.fsys, name) }
