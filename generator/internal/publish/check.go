package publish

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
)

// Check reports files that cannot stand side by side in one folder, or not on
// every system: two with one address, also when letter case or the spelling of
// accents is all that differs; a file where another needs a folder; names that
// a system reserves or refuses; paths out of the folder.
func Check(files []output.File) diag.List {
	var dl diag.List
	c := claims{fold: cases.Fold(), first: make(map[string]int, len(files)), files: files}
	for i, f := range files {
		if why := badPath(f.Path); why != "" {
			dl.Errorf(f.From, "bad-address", "the address /%s %s", strings.ToValidUTF8(f.Path, "\uFFFD"), why).
				Hint = "give the file or record another name"
			continue
		}
		c.claim(&dl, i)
	}
	for i, f := range files { // now that all files are known
		c.folders(&dl, i, f)
	}
	dl.Sort()
	return dl
}

// claims remembers which file wants an address first.
type claims struct {
	fold    cases.Caser
	first   map[string]int
	files   []output.File
	checked map[string]bool
}

// plain returns the form in which addresses are compared.
func (c *claims) plain(path string) string {
	for i := range len(path) {
		if path[i] >= utf8.RuneSelf {
			return norm.NFC.String(c.fold.String(norm.NFD.String(path)))
		}
	}
	return strings.ToLower(path)
}

func (c *claims) claim(dl *diag.List, i int) {
	f := c.files[i]
	key := c.plain(f.Path)
	j, taken := c.first[key]
	if !taken {
		c.first[key] = i
		if key == listName || strings.HasPrefix(key, ".uccn/") {
			dl.Errorf(f.From, "same-address", "the address /%s is kept for the generator", f.Path).
				Hint = "give the file another name"
		}
		return
	}
	o := c.files[j]
	var d *diag.Diagnostic
	if o.Path == f.Path {
		d = dl.Errorf(f.From, "same-address", "two pages want the address /%s", address(f.Path))
	} else {
		d = dl.Errorf(f.From, "same-address", "/%s and /%s are one address on systems that ignore letter case or the spelling of accents", address(f.Path), address(o.Path))
	}
	d.Hint = "rename one of them"
	d.Related = []diag.Related{{Pos: o.From, Message: "the other one"}}
}

// folders reports a file that stands where f needs a folder.
func (c *claims) folders(dl *diag.List, i int, f output.File) {
	if c.checked == nil {
		c.checked = map[string]bool{}
	}
	for end := strings.LastIndexByte(f.Path, '/'); end > 0; end = strings.LastIndexByte(f.Path[:end], '/') {
		dir := f.Path[:end]
		if c.checked[dir] {
			return
		}
		c.checked[dir] = true
		if j, taken := c.first[c.plain(dir)]; taken && j != i {
			d := dl.Errorf(f.From, "same-address", "/%s needs a folder where /%s is a file", address(f.Path), address(c.files[j].Path))
			d.Hint = "rename one of them"
			d.Related = []diag.Related{{Pos: c.files[j].From, Message: "the file"}}
		}
	}
}

// address writes a path as people know it: without index.html.
func address(path string) string {
	if path == "index.html" {
		return ""
	}
	return strings.TrimSuffix(path, "/index.html")
}

// badPath says why a path cannot be written on every system, or "".
func badPath(path string) string {
	switch {
	case !utf8.ValidString(path):
		return "is not text in UTF-8"
	case strings.ContainsRune(path, '\\'):
		return "holds a backslash"
	case !inTree(path):
		return "leads out of the site or is spelt twice"
	case len(path) > 900:
		return "is too long"
	}
	for name := range strings.SplitSeq(path, "/") {
		if why := badName(name); why != "" {
			return why
		}
	}
	return ""
}

func badName(name string) string {
	if len(name) > 240 {
		return "holds a name that is too long"
	}
	if strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") {
		return "holds a name that ends in a dot or a blank, which Windows drops"
	}
	for i := range len(name) {
		switch b := name[i]; {
		case b < ' ' || b == 0x7f:
			return "holds a control character"
		case strings.IndexByte(`<>:"|?*`, b) >= 0:
			return "holds the character " + string(b) + ", which Windows refuses"
		}
	}
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.TrimRight(stem, " ")
	if len(stem) > len("CONOUT$") {
		return ""
	}
	stem = strings.ToUpper(stem)
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return "holds the name " + name + ", which Windows reserves"
	}
	if rest, ok := strings.CutPrefix(stem, "COM"); ok || strings.HasPrefix(stem, "LPT") {
		if !ok {
			rest = strings.TrimPrefix(stem, "LPT")
		}
		if r, n := utf8.DecodeRuneInString(rest); n > 0 && n == len(rest) && strings.ContainsRune("0123456789¹²³", r) {
			return "holds the name " + name + ", which Windows reserves"
		}
	}
	return ""
}
