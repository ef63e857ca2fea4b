package main

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"html"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/pdf/inspect"
)

// newSite puts the site of the scripts, with photographs that hold what
// photographs hold, into a new folder that everybody may read.
func newSite(t testing.TB) string {
	t.Helper()
	base := t.TempDir()
	must(t, os.Chmod(filepath.Dir(base), 0o755))
	must(t, os.Chmod(base, 0o755))
	dir := filepath.Join(base, "site")
	must(t, copyTree(dir, "testdata/site"))
	edit(t, dir, "content/cities/northport.fr.md", "translation: {state: machine}\n", "")
	edit(t, dir, "content/cities/northport.md", "summary:", `images:
  - {src: harbour.jpg, alt: Boats at low tide, credit: A. Nowak, license: cc-by-4.0, role: hero}
  - {src: quay.png, alt: A quay, credit: A. Nowak, license: cc-by-4.0}
contacts:
  - {name: Qwertz Asdf, email: qwertz@uiop.example, role: focal_point}
  - {name: Asdf, email: asdf@uiop.example, role: focal_point, publish: false}
  - {name: Jo Openly, email: open@uiop.example, phone: "+48 22 555 01 00", role: city_officer, publish: true}
summary:`)
	edit(t, dir, "content/practices/songs-of-the-sea.md", "summary:", "contacts:\n  - {name: Qwertz Asdf, email: qwertz@uiop.example, role: focal_point}\nsummary:")
	must(t, os.WriteFile(filepath.Join(dir, "content/cities/harbour.jpg"), harbour(t, 1700), 0o644))
	must(t, os.WriteFile(filepath.Join(dir, "content/cities/quay.png"), quay(t), 0o644))
	return dir
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// edit replaces a text in a file of a site, and wants it there.
func edit(t testing.TB, dir, name, from, to string) {
	t.Helper()
	name = filepath.Join(dir, name)
	b, err := os.ReadFile(name)
	must(t, err)
	if from != "" && !bytes.Contains(b, []byte(from)) {
		t.Fatalf("%s does not hold %q", name, from)
	}
	must(t, os.WriteFile(name, bytes.Replace(b, []byte(from), []byte(to), 1), 0o644))
}

func scene(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			copy(m.Pix[y*m.Stride+4*x:], []byte{byte(x * 200 / w), byte(y * 200 / h), byte((x/8 ^ y/8) & 63), 255})
		}
	}
	return m
}

// marker stands in everything beside the pixels of the photographs.
const marker = "UCCN-SECRET-54.9783N-1.6178W"

// harbour is a JPEG with EXIF, XMP, IPTC, a comment and a second picture behind
// its end, all of which hold the marker.
func harbour(t testing.TB, w int) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, scene(w, w*2/3), &jpeg.Options{Quality: 90}))
	out := slices.Clone(b.Bytes()[:2])
	for _, s := range []struct {
		marker byte
		head   string
	}{{0xe1, "Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"}, {0xe1, "http://ns.adobe.com/xap/1.0/\x00"}, {0xed, "Photoshop 3.0\x00"}, {0xfe, ""}} {
		body := s.head + marker
		out = append(out, 0xff, s.marker)
		out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
		out = append(out, body...)
	}
	return append(append(out, b.Bytes()[2:]...), marker...)
}

// quay is a PNG with text and EXIF beside its pixels, which hold the marker.
func quay(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, scene(900, 600)))
	out := slices.Clone(b.Bytes()[:33])
	for _, id := range []string{"tEXt", "eXIf", "teSt"} {
		body := id + "Comment\x00" + marker
		out = binary.BigEndian.AppendUint32(out, uint32(len(body)-4))
		out = append(out, body...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(body)))
	}
	return append(append(out, b.Bytes()[33:]...), marker...)
}

// A job is a run of the program.
type job struct {
	dir  string
	args []string
	env  []string
}

func (j job) command() *exec.Cmd {
	c := exec.Command("uccn", j.args...)
	c.Dir = j.dir
	c.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1546300800")
	c.Env = append(c.Env, j.env...)
	return c
}

// run runs the program to its end, and returns what it says and its exit code.
func (j job) run(t testing.TB) (string, int) {
	t.Helper()
	return ended(t, j.command())
}

func ended(t testing.TB, c *exec.Cmd) (string, int) {
	t.Helper()
	c.WaitDelay = time.Minute
	out, err := c.CombinedOutput()
	if c.ProcessState == nil {
		t.Fatal(err)
	}
	if s := string(out); strings.Contains(s, "goroutine ") || strings.Contains(s, "panic:") {
		t.Errorf("%v: a stack trace:\n%s", c.Args, s)
	}
	return string(out), c.ProcessState.ExitCode()
}

// build builds the site into its folder public, which must work.
func build(t testing.TB, dir string, args ...string) {
	t.Helper()
	if out, code := (job{dir: dir, args: append([]string{"build", "--quiet"}, args...)}).run(t); code != 0 {
		t.Fatalf("exit code %d:\n%s", code, out)
	}
}

// tree of a folder: the bytes of each file by its path.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = string(b)
		return err
	})
	must(t, err)
	return out
}

// differ names a file in which two trees differ, or "".
func differ(a, b map[string]string) string {
	for _, p := range slices.Sorted(maps.Keys(a)) {
		if s, ok := b[p]; !ok || s != a[p] {
			return p
		}
	}
	for _, p := range slices.Sorted(maps.Keys(b)) {
		if _, ok := a[p]; !ok {
			return p
		}
	}
	return ""
}

// unpacked adds what lies in a book's archive and in a PDF: its text, and its
// streams as they are and unpacked.
func unpacked(t testing.TB, tree map[string]string) map[string]string {
	t.Helper()
	out := maps.Clone(tree)
	for p, s := range tree {
		switch filepath.Ext(p) {
		case ".epub":
			z, err := zip.NewReader(strings.NewReader(s), int64(len(s)))
			must(t, err)
			for _, f := range z.File {
				r, err := f.Open()
				must(t, err)
				b, err := io.ReadAll(r)
				must(t, err)
				out[p+"/"+f.Name] = string(b)
			}
		case ".pdf":
			out[p+"/text"] = pdfText(t, p, s)
		}
	}
	return out
}

func pdfText(t testing.TB, name, file string) string {
	t.Helper()
	d, err := inspect.Open([]byte(file))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var b strings.Builder
	for i := range d.Pages {
		b.WriteString(d.PageText(i) + "\n")
	}
	for at := 0; ; { // also what no page shows: metadata, the outline
		i := strings.Index(file[at:], "stream\n")
		if i < 0 {
			return b.String()
		}
		at += i + len("stream\n")
		if z, err := zlib.NewReader(strings.NewReader(file[at:])); err == nil {
			io.Copy(&b, z) // what is no stream of this kind ends early
		}
	}
}

// TestNothingPrivate builds every output and looks at the finished bytes: contacts with
// "publish: true" on their pages and no other, nothing that stood beside the pixels of a
// picture, and no picture as it came.
func TestNothingPrivate(t *testing.T) {
	dir := newSite(t)
	build(t, dir)
	tree := unpacked(t, files(t, filepath.Join(dir, "public")))
	originals := []string{"content/cities/harbour.jpg", "content/cities/quay.png"}
	kinds := map[string]bool{}
	for p, s := range tree {
		kinds[filepath.Ext(p)] = true
		low := strings.ToLower(s)
		for _, secret := range []string{"qwertz", "asdf"} {
			if strings.Contains(low, secret) {
				t.Errorf("%s holds a contact that is not to be published", p)
			}
		}
		if strings.Contains(s, marker) {
			t.Errorf("%s holds what stood beside the pixels of a picture", p)
		}
		for _, o := range originals {
			b, err := os.ReadFile(filepath.Join(dir, o))
			must(t, err)
			if filepath.Ext(p) == ".pdf" || strings.Contains(p, "-full.") {
				continue // what is printed or taken away keeps its pixels, and nothing else
			}
			if strings.Contains(s, string(b[1000:3000])) {
				t.Errorf("%s holds the picture %s as it came", p, o)
			}
		}
	}
	for _, p := range []string{"cities/northport/index.html", "fr/cities/northport/index.html"} {
		for _, open := range []string{"Jo Openly", "mailto:open@uiop.example", "+48 22 555 01 00"} {
			if !strings.Contains(tree[p], open) {
				t.Errorf("%s lacks %q of a contact that is to be published", p, open)
			}
		}
	}
	for _, kind := range []string{".html", ".json", ".csv", ".pdf", ".epub", ".jpg", ".webp", ".js", ".xhtml"} {
		if !kinds[kind] {
			t.Errorf("no %s was looked at", kind)
		}
	}
}

// TestSameBytesAnywhere builds one site in several folders, under several
// circumstances, and wants the same bytes in every output.
func TestSameBytesAnywhere(t *testing.T) {
	first := newSite(t)
	edit(t, first, "site.yaml", "title:", "base_url: https://harbour.example/cities\ntitle:")
	build(t, first)
	want := files(t, filepath.Join(first, "public"))
	for name, around := range map[string]struct {
		env  []string
		args []string
		old  time.Time
	}{
		"one processor, old files, another place": {
			env: []string{"GOMAXPROCS=1", "TZ=Pacific/Kiritimati", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "LANGUAGE=tr"},
			old: time.Date(1985, 1, 2, 3, 4, 5, 0, time.UTC),
		},
		"many processors, files of the future, nothing remembered": {
			env: []string{"GOMAXPROCS=7", "TZ=America/Adak", "LC_ALL=C"}, args: []string{"--no-cache"},
			old: time.Date(2150, 1, 2, 3, 4, 5, 0, time.UTC),
		},
		"one thing at a time, little memory, all computed again": {
			env: []string{"GOGC=10", "UCCN_VERIFY=1"}, args: []string{"--jobs", "1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "a folder with ünusual name")
			must(t, os.CopyFS(dir, os.DirFS(first)))
			must(t, os.RemoveAll(filepath.Join(dir, "public")))
			must(t, os.RemoveAll(filepath.Join(dir, ".uccn")))
			if !around.old.IsZero() {
				touch(t, dir, around.old)
			}
			for range 2 { // with nothing remembered, then with everything
				out, code := job{dir, append([]string{"build", "--quiet"}, around.args...), around.env}.run(t)
				if code != 0 {
					t.Fatalf("exit code %d:\n%s", code, out)
				}
				if p := differ(files(t, filepath.Join(dir, "public")), want); p != "" {
					t.Errorf("%s differs", p)
				}
				must(t, os.RemoveAll(filepath.Join(dir, "public")))
			}
		})
	}
}

func touch(t testing.TB, dir string, when time.Time) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(p string, _ fs.DirEntry, err error) error {
		if err == nil {
			err = os.Chtimes(p, when, when)
		}
		return err
	}))
}

var (
	scriptTag = regexp.MustCompile(`(?is)<script([^>]*)>(.*?)</script`)
	anyTag    = regexp.MustCompile(`(?s)<[a-zA-Z][^\s/>]*((?:"[^"]*"|'[^']*'|[^>"'])*)>`)
	attribute = regexp.MustCompile(`(?s)([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
	passive   = regexp.MustCompile(`(?i)^data:(image/(webp|svg\+xml)|application/(x-bibtex|vnd\.citationstyles\.csl\+json))[;,]`) // placeholders, and citations to take away
	scheme    = regexp.MustCompile(`(?i)^[\x00-\x20]*([a-z][a-z0-9+.\-]*):`)
)

// TestNothingForeign puts what would run in a page wherever an editor may write, and
// looks at the finished bytes: no script but ours, no handler, no address of a scheme
// that is not allowed.
func TestNothingForeign(t *testing.T) {
	dir := newSite(t)
	const bad = `" onerror="alert(1)" x='y &lt;script&gt;alert(1)&lt;/script&gt; {{.}} ]]>`
	quoted := "'" + strings.ReplaceAll(bad, "'", "''") + "'"
	edit(t, dir, "content/cities/southport.md", "name: Southport", "name: "+quoted)
	edit(t, dir, "content/cities/northport.md", "alt: A quay, credit: A. Nowak", "alt: "+quoted+", credit: "+quoted)
	edit(t, dir, "content/practices/songs-of-the-sea.md", "title: Songs of the sea", "title: "+quoted)
	edit(t, dir, "content/fields/film.md", "name: Film", "name: "+quoted)
	edit(t, dir, "content/pages/about.md", "title: About these cities", "title: "+quoted)
	edit(t, dir, "site.yaml", "title: Harbour Cities", "base_url: https://harbour.example\ntitle: "+quoted)
	must(t, os.WriteFile(filepath.Join(dir, "content/cities/boat.svg"), []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)"><a href="javascript:alert(1)"><path d="M0 0h9v9z"/></a><script>alert(1)</script></svg>`), 0o644))
	edit(t, dir, "content/cities/northport.md", "Northport has a harbour", "![A boat](boat.svg)\n\n`"+bad+"` &lt;script> Northport has a harbour")
	build(t, dir)
	pages := 0
	for p, s := range unpacked(t, files(t, filepath.Join(dir, "public"))) {
		switch filepath.Ext(p) {
		case ".html", ".xhtml", ".svg":
			pages++
			ours(t, p, s)
		}
	}
	if pages < 60 {
		t.Errorf("%d pages were looked at", pages)
	}
	for _, address := range []string{"javascript:alert(1)", "JaVa\\tScript:alert(1)", "&#106;avascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x"} {
		about := filepath.Join(dir, "content/pages/about.md")
		must(t, os.WriteFile(about, []byte("---\ntitle: About\nsummary: What these pages are and who makes them.\n---\n\n[a]("+strings.ReplaceAll(address, `\t`, "&#9;")+")\n"), 0o644))
		if out, code := (job{dir: dir, args: []string{"check"}}).run(t); code != 1 || !strings.Contains(out, "content/pages/about.md:6:") {
			t.Errorf("%s: exit code %d: %s", address, code, out)
		}
	}
}

// ours wants nothing in a page that runs or leads where it should not.
func ours(t *testing.T, p, s string) {
	t.Helper()
	bare := scriptTag.ReplaceAllString(s, "")
	for _, m := range scriptTag.FindAllStringSubmatch(s, -1) {
		sum := sha256.Sum256([]byte(m[2]))
		known := strings.Contains(s, "sha256-"+base64.StdEncoding.EncodeToString(sum[:])) // named by the page's policy
		data := strings.Contains(m[1], "application/ld+json") || strings.Contains(m[1], "application/json") || strings.Contains(m[1], "importmap")
		if m[2] != "" && !known && !data || m[2] == "" && !strings.Contains(m[1], "assets/") && !strings.Contains(m[1], "search/") {
			t.Errorf("%s: a script that is not ours: %.200s", p, m[0])
		}
	}
	if strings.Contains(strings.ToLower(bare), "<script") {
		t.Errorf("%s: a script without an end", p)
	}
	for _, tag := range anyTag.FindAllStringSubmatch(bare, -1) {
		for _, a := range attribute.FindAllStringSubmatch(tag[1], -1) {
			name, value := strings.ToLower(a[1]), html.UnescapeString(a[2]+a[3]+a[4])
			if strings.HasPrefix(name, "on") {
				t.Errorf("%s: a handler: %.200s", p, tag[0])
			}
			switch name {
			case "href", "src", "action", "formaction", "xlink:href", "poster", "data":
				if m := scheme.FindStringSubmatch(value); m != nil && !slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(m[1])) && !passive.MatchString(value) {
					t.Errorf("%s: the address %.80q", p, value)
				}
			}
		}
	}
}
