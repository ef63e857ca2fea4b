package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Peer says how one generator is fed, run and read. It comes from
// peers/NAME/peer.json, or from the file given with -ours.
type Peer struct {
	Name  string            `json:"name"`
	About string            `json:"about"`
	Dirs  map[string]string `json:"dirs"`  // kind of document → folder in the site
	Build []string          `json:"build"` // cold build
	Warm  []string          `json:"warm"`  // warm build (empty: the same as build)
	Watch []string          `json:"watch"` // watch mode (empty: has none)
	// Prepare, if set, is run after the content is laid out and before any
	// timing (to convert the content to the tool's own form, say).
	Prepare  []string          `json:"prepare"`
	Clean    []string          `json:"clean"` // caches to remove before a cold build, relative to the site
	Links    map[string]string `json:"links"` // symbolic links made in the site
	Env      []string          `json:"env"`
	Template string            `json:"template"` // the file that every page uses
	Site     string            `json:"site"`     // the site's own files, if not ./site
	// Layout maps city, practice, case, field, country, rss, sitemap, search
	// to output paths; "{slug}" stands for the slug.
	Layout map[string]string `json:"layout"`
	// Codes says that countries are named by a code and not by their name.
	Codes bool `json:"codes"`
	// OwnTheme says that the pages are not of the plain kind that is compared: they
	// need not have its navigation and its foot.
	OwnTheme bool `json:"own_theme"`
	// Serve is the address where watch mode serves its pages, if it writes none.
	Serve   string `json:"serve"`
	MaxCold int    `json:"max_cold"` // largest size for build timings (0: any)
	MaxWch  int    `json:"max_watch"`
	dir     string
	tool    string
}

var defaultLayout = map[string]string{
	"city":     "cities/{slug}/index.html",
	"practice": "practices/{slug}/index.html",
	"case":     "cases/{slug}/index.html",
	"field":    "field/{slug}/index.html",
	"country":  "country/{slug}/index.html",
	"cities":   "cities/index.html",
	"home":     "index.html",
	"rss":      "index.xml",
	"sitemap":  "sitemap.xml",
	"search":   "search.json",
}

// LoadPeer reads a peer's description; tool is the program's path.
func LoadPeer(file, tool string) (*Peer, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	p := &Peer{dir: filepath.Dir(file), tool: tool}
	if err := json.Unmarshal(b, p); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if p.Layout == nil {
		p.Layout = map[string]string{}
	}
	for k, v := range defaultLayout {
		if p.Layout[k] == "" {
			p.Layout[k] = v
		}
	}
	return p, nil
}

func (p *Peer) path(out, kind, slug string) string {
	return filepath.Join(out, filepath.FromSlash(strings.ReplaceAll(p.Layout[kind], "{slug}", slug)))
}

func (p *Peer) expand(args []string, site, out string) []string {
	rep := strings.NewReplacer("{tool}", p.tool, "{site}", site, "{out}", out, "{node}", nodeBin, "{peer}", p.dir, "{bench}", self())
	r := make([]string, len(args))
	for i, a := range args {
		r[i] = rep.Replace(a)
	}
	return r
}

// self is this program.
func self() string {
	name, err := os.Executable()
	die(err)
	return name
}

// country is how an output names a country.
func (p *Peer) country(name string) string {
	if p.Codes {
		return code(name)
	}
	return slugify(name)
}

// LayOut makes the site: templates, content, links.
func (p *Peer) LayOut(s *Set, site, out string) error {
	if err := discard(site); err != nil {
		return err
	}
	if err := os.MkdirAll(site, 0o755); err != nil {
		return err
	}
	if p.Site == "" {
		p.Site = "site"
	}
	src := filepath.Join(p.dir, p.Site)
	if _, err := os.Stat(src); err == nil {
		if err := copyTree(src, site); err != nil {
			return err
		}
	}
	if err := s.Write(site, p.Dirs); err != nil {
		return err
	}
	for name, to := range p.Links {
		to = p.expand([]string{to}, site, out)[0]
		if err := os.Symlink(to, filepath.Join(site, name)); err != nil {
			return err
		}
	}
	if len(p.Prepare) > 0 {
		if m, err := measure(p.expand(p.Prepare, site, out), site, p.Env); err != nil {
			return fmt.Errorf("prepare: %w\n%s", err, m.Tail)
		}
	}
	return nil
}

func (p *Peer) clean(site, out string) error {
	for _, c := range p.Clean {
		if err := discard(filepath.Join(site, c)); err != nil {
			return err
		}
	}
	return discard(out)
}

// trash is where things go that must be gone before a run. They are moved, not
// removed, until all is measured: on ext4, removing and remaking thousands of
// files again and again within minutes was measured to make file creation
// slower each time (about 5 times after 16 rounds; a sync does not help, moving
// aside does). The cause was not traced; freed inodes that ext4 will not use
// again for a while would explain it.
var trash struct {
	dir string
	n   int
}

func discard(path string) error {
	if _, err := os.Lstat(path); os.IsNotExist(err) {
		return nil
	}
	if trash.dir == "" {
		return os.RemoveAll(path)
	}
	if err := os.MkdirAll(trash.dir, 0o755); err != nil {
		return err
	}
	trash.n++
	return os.Rename(path, filepath.Join(trash.dir, fmt.Sprintf("%d-%d", os.Getpid(), trash.n)))
}

func copyTree(src, dst string) error {
	return filepath.WalkDir(src, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(src, path)
		to := filepath.Join(dst, rel)
		if d.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, b, 0o644)
	})
}
