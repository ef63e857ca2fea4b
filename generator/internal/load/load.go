// Package load turns the content folder into model.Content: it reads, decodes
// and checks each file on its own. What one file says of another is derive's
// business.
package load

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/par"
	"uccn/generator/internal/source"
)

//go:embed shipped
var shipped embed.FS

// shippedIn is the language of the originals that come with the program, whatever
// the languages of the site.
const shippedIn = "en"

// Dir is the folder of the site that holds the records.
const Dir = "content"

// Options say what is wanted of the content folder.
type Options struct {
	Languages []string   // the site's languages; originals are in the first
	Drafts    bool       // drafts and records under review are wanted too
	Today     model.Date // nothing can have been updated after it
	Memory    *Memory    // what earlier readings left; nil is allowed
	Archive   *Archive   // what an earlier run left; nil is allowed
}

// Content reads every record below the folder content, and those that come
// with the program and are not replaced there. It returns one Content for each
// language, in the order of o.Languages. Problems in the files are diagnostics;
// the error is for a disk that cannot be read.
func Content(ctx context.Context, root fs.FS, o Options) ([]*model.Content, diag.List, error) {
	all := tables()
	var own, ours []group
	var dl diag.List
	err := par.Do(ctx,
		func() error { return o.Archive.restore(ctx, o) },
		func() (err error) { own, dl, err = find(root, Dir, all, o.Languages); return err },
		func() (err error) {
			ours, _, err = find(shipped, "shipped", all, append([]string{shippedIn}, o.Languages...))
			return err
		},
	)
	if err != nil {
		return nil, nil, err
	}
	jobs := merge(own, ours)
	read, err := o.read(ctx, jobs)
	if err != nil {
		return nil, nil, err
	}
	out := make([]*model.Content, len(o.Languages))
	for i, lang := range o.Languages {
		out[i] = &model.Content{Lang: lang}
	}
	for i, r := range read {
		if !jobs[i].shipped { // what comes with the program is tested with it
			dl = append(dl, r.problems...)
		}
		if jobs[i].original == "" && jobs[i].astray {
			for _, c := range out {
				c.Orphans = append(c.Orphans, model.Orphan{Type: jobs[i].table.typ, ID: jobs[i].id})
			}
		}
		for l, rec := range r.records {
			if rec == nil {
				continue
			}
			if h := rec.Of(); h.Live(o.Drafts) {
				jobs[i].table.put(out[l], rec)
			} else {
				out[l].Hidden = append(out[l].Hidden, h)
			}
		}
	}
	return out, dl, nil
}

// read reads the records of groups.
func (o Options) read(ctx context.Context, groups []group) ([]result, error) {
	var anew atomic.Int64
	read, err := par.Map(ctx, groups, func(_ context.Context, g group) (result, error) {
		if r, ok := o.Archive.find(g); ok {
			return r, nil
		}
		anew.Add(1)
		return o.Memory.read(g, o)
	})
	if o.Archive != nil {
		o.Archive.groups, o.Archive.read, o.Archive.anew = groups, read, int(anew.Load())
	}
	return read, err
}

// IDs returns the ids under which the site has a file of a type, be it a draft or
// full of mistakes, in order.
func IDs(root fs.FS, t model.Type) ([]string, error) {
	dir := Dir + "/" + string(t) + "/"
	paths, err := source.List(root, strings.TrimSuffix(dir, "/"), ".md")
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range paths {
		if id, _, ok := nameOf(strings.TrimPrefix(p, dir)); ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// A group is one record: its original and its translations.
type group struct {
	table        *table
	id           string
	fsys         fs.FS
	original     string            // path, or empty
	translations map[string]string // language → path
	texts        map[string]opened // path → what open read
	shipped      bool
	astray       bool // without an original, one of its files is a problem
}

// name names the record of g among all.
func (g group) name() string { return string(g.table.typ) + "/" + g.id }

// find lists the records below dir by type and id.
func find(fsys fs.FS, dir string, all []table, langs []string) ([]group, diag.List, error) {
	var dl diag.List
	var out []group
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a site without content is a site that says so in its counts
		return nil, nil, fmt.Errorf("list the content: %w", err)
	}
	var types []string
	for _, t := range all {
		types = append(types, string(t.typ))
	}
	for _, e := range entries {
		if source.Litter(e.Name()) || slices.Contains(types, e.Name()) {
			continue
		}
		at := diag.Pos{Path: dir + "/" + e.Name()}
		if e.IsDir() {
			d := dl.Errorf(at, "unknown-type", "there are no records of the type %q", e.Name())
			d.Propose(e.Name(), "the folders", types)
			d.Fix, d.Len = "", 0
		} else if strings.HasSuffix(e.Name(), ".md") {
			dl.Errorf(at, "unknown-type", "this file stands in no folder of a type").Hint = "move it into the folder of its type, such as " + dir + "/pages/"
		}
	}
	for i := range all {
		t := &all[i]
		paths, err := source.List(fsys, dir+"/"+string(t.typ), ".md")
		if err != nil {
			return nil, nil, err
		}
		groups, more := groupByID(t, fsys, dir, paths, langs)
		for i := range groups {
			groups[i].shipped = fsys == fs.FS(shipped)
		}
		out, dl = append(out, groups...), append(dl, more...)
	}
	return out, dl, nil
}

// groupByID puts the files of one type together by record.
func groupByID(t *table, fsys fs.FS, dir string, paths, langs []string) ([]group, diag.List) {
	var dl diag.List
	at := make(map[string]int, len(paths))
	out := make([]group, 0, len(paths))
	for _, p := range paths {
		id, lang, ok := nameOf(strings.TrimPrefix(p, dir+"/"+string(t.typ)+"/"))
		if !ok {
			dl.Warnf(diag.Pos{Path: p}, "stray-file", "this file belongs to no record").Hint = "a record is ID.md or ID/index.md, a translation ID.fr.md or ID/index.fr.md"
			continue
		}
		if !validID(id) {
			dl.Errorf(diag.Pos{Path: p}, "bad-id", "%q cannot be the id of a record", id).Hint = "name the file with small letters a–z, digits and single hyphens, 60 at most"
			continue
		}
		i, known := at[id]
		if !known {
			i = len(out)
			at[id] = i
			out = append(out, group{table: t, id: id, fsys: fsys})
		}
		place := &out[i].original
		var other string
		switch {
		case lang == "":
			other = *place
			*place = p
		case !slices.Contains(langs, lang):
			dl.Notef(diag.Pos{Path: p}, "language-not-built", "the site is not built in the language %q", lang).Hint = "add it to languages in site.yaml, or delete the file"
			continue
		case lang == langs[0]:
			dl.Errorf(diag.Pos{Path: p}, "bad-translation", "%q is the language of the originals", lang).Hint = "name the file without the language"
			out[i].astray = true
			continue
		default:
			if out[i].translations == nil {
				out[i].translations = map[string]string{}
			}
			other = out[i].translations[lang]
			out[i].translations[lang] = p
			out[i].astray = true
		}
		if other != "" {
			d := dl.Errorf(diag.Pos{Path: p}, "same-id", "there are two files for the %s %q", t.typ.Singular(), id)
			d.Hint, d.Related = "keep one of the two forms", []diag.Related{{Pos: diag.Pos{Path: other}, Message: "the other one"}}
		}
	}
	slices.SortFunc(out, func(a, b group) int { return strings.Compare(a.id, b.id) })
	return out, dl
}

// nameOf takes a path inside a type's folder apart: lodz.fr.md, lodz/index.md.
func nameOf(p string) (id, lang string, ok bool) {
	p = strings.TrimSuffix(p, ".md")
	dir, name, nested := strings.Cut(p, "/")
	if !nested {
		id, lang, _ = strings.Cut(p, ".")
		return id, lang, true
	}
	name, lang, _ = strings.Cut(name, ".")
	return dir, lang, name == "index"
}

// merge joins the site's records with the shipped ones that it does not
// replace, in the order of the types, each type by id.
func merge(own, ours []group) []group {
	have := map[string]bool{}
	for _, g := range own {
		have[string(g.table.typ)+"/"+g.id] = true
	}
	for _, g := range ours {
		if !have[string(g.table.typ)+"/"+g.id] {
			own = append(own, g)
		}
	}
	order := map[model.Type]int{}
	for i, t := range model.Types() {
		order[t] = i
	}
	slices.SortStableFunc(own, func(a, b group) int {
		if c := order[a.table.typ] - order[b.table.typ]; c != 0 {
			return c
		}
		return byNumber(a.id, b.id)
	})
	return own
}

// byNumber compares ids so that 9 stands before 10.
func byNumber(a, b string) int {
	if len(a) != len(b) && strings.Trim(a+b, "0123456789") == "" {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
