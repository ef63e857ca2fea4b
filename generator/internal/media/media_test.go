package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"math"
	"os"
	"path"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	xwebp "golang.org/x/image/webp"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/picture/webp"
)

// compiled is a folder for the encoder, so that it is compiled once for all tests.
var compiled string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "uccn-media-")
	if err != nil {
		panic(err)
	}
	compiled = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

func now() time.Time { return time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC) }

// photo draws something like a photograph: soft areas, edges, grain.
func photo(w, h int) *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	rows, columns := make([]float64, h), make([]float64, w)
	for y := range rows {
		rows[y] = 40 * math.Sin(7*float64(y)/float64(h))
	}
	for x := range columns {
		columns[x] = 40 * math.Cos(9*float64(x)/float64(w))
	}
	seed := uint32(7)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			m.Y[y*m.YStride+x] = uint8(120 + rows[y] + columns[x] + float64(seed>>28) + float64((x>>6^y>>6)&1*12))
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = uint8(110+i%m.CStride*40/m.CStride), uint8(150-i/m.CStride*40*2/h)
	}
	return m
}

func jpegFile(tb testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 88}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func pngFile(tb testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func files(pairs ...any) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = &fstest.MapFile{Data: pairs[i+1].([]byte), ModTime: now().Add(-time.Hour)}
	}
	return m
}

func options(tb testing.TB, root fs.FS) Options {
	return Options{Root: root, Disk: memo.NewDisk(tb.TempDir(), now(), false), Cache: compiled, Now: now()}
}

func plan(tb testing.TB, o Options, requests ...Request) (*Set, diag.List) {
	tb.Helper()
	e := &Engine{}
	tb.Cleanup(func() { e.Close(context.Background()) })
	s, list, err := e.Plan(tb.Context(), o, requests)
	if err != nil {
		tb.Fatal(err)
	}
	return s, list
}

func contents(tb testing.TB, s *Set) map[string][]byte {
	tb.Helper()
	out := map[string][]byte{}
	for _, f := range s.Files() {
		b, err := f.Bytes(tb.Context())
		if err != nil {
			tb.Fatalf("%s: %v", f.Path, err)
		}
		out[f.Path] = b
	}
	return out
}

// sizeOf decodes a file of the set.
func sizeOf(tb testing.TB, name string, data []byte) (w, h int) {
	tb.Helper()
	var m image.Image
	var err error
	if path.Ext(name) == ".webp" {
		m, err = xwebp.Decode(bytes.NewReader(data))
	} else {
		m, err = jpeg.Decode(bytes.NewReader(data))
	}
	if err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	return m.Bounds().Dx(), m.Bounds().Dy()
}

func request(src string) Request {
	return Request{Src: src, Pos: diag.Pos{Path: "content/cities/lodz.md", Line: 5, Col: 3}, Len: 4}
}

func TestPlan(t *testing.T) {
	r := request("content/Łódź Biała.JPG")
	r.Card, r.Download = true, &Credit{Creator: "A. Nowak", Rights: "CC BY 4.0"}
	square := r
	square.Crop = &Crop{W: 4, H: 5, Focus: model.Point{X: 0.9, Y: 0.5}}
	square.Widths, square.Card, square.Download = []int{300, 600}, false, nil
	s, list := plan(t, options(t, files(r.Src, jpegFile(t, photo(1400, 1000)))), r, square)
	if len(list) > 0 {
		t.Errorf("problems: %v", list)
	}
	p, ok := s.Lookup(r.Src, nil)
	if !ok || p.Width != 1280 || p.Height != 914 {
		t.Fatalf("got %+v", p)
	}
	var widths []int
	for _, v := range p.WebP {
		widths = append(widths, v.Width)
	}
	if fmt.Sprint(widths) != "[1280 960 640 480 320]" {
		t.Errorf("widths %v", widths)
	}
	if len(p.JPEG) != 1 || p.Default().Width != 960 || p.Card.Width != 1200 || p.Card.Height != 630 || p.Download.Width != 1400 {
		t.Errorf("JPEG %v, card %v, download %v", p.JPEG, p.Card, p.Download)
	}
	if !strings.HasPrefix(p.WebP[0].Path, "media/d-bia-a.") || !strings.HasSuffix(p.WebP[0].Path, "-1280.webp") {
		t.Errorf("address %s", p.WebP[0].Path)
	}
	if len(p.Colour) != 7 || !strings.HasPrefix(p.Placeholder, "data:image/webp;base64,UklGR") || len(p.Placeholder) > 400 {
		t.Errorf("colour %q, placeholder of %d bytes", p.Colour, len(p.Placeholder))
	}
	c, ok := s.Lookup(r.Src, square.Crop)
	if !ok || len(c.WebP) != 2 || c.WebP[0].Width != 640 || c.WebP[0].Height != 800 || c.WebP[1].Width != 320 {
		t.Errorf("crop %+v", c)
	}
	want := map[string]Variant{p.Card.Path: *p.Card, p.Download.Path: *p.Download, p.JPEG[0].Path: p.JPEG[0], c.JPEG[0].Path: c.JPEG[0]}
	for _, v := range append(p.WebP, c.WebP...) {
		want[v.Path] = v
	}
	got := contents(t, s)
	if len(got) != len(want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
	for name, v := range want {
		if w, h := sizeOf(t, name, got[name]); w != v.Width || h != v.Height {
			t.Errorf("%s has %d × %d, want %d × %d", name, w, h, v.Width, v.Height)
		}
	}
	if !bytes.Contains(got[p.Download.Path], []byte("A. Nowak")) || bytes.Contains(got[p.Card.Path], []byte("A. Nowak")) {
		t.Error("the credit is to stand in the copy to take away and nowhere else")
	}
	if srcset := Srcset("../", c.WebP); srcset != "../"+c.WebP[0].Path+" 640w, ../"+c.WebP[1].Path+" 320w" {
		t.Errorf("srcset %s", srcset)
	}
}

// However deep the plan goes, on however many processors, with or without a disk
// and in whatever order bytes are asked for: the same files.
func TestSameBytesHoweverMade(t *testing.T) {
	see := image.NewNRGBA(image.Rect(0, 0, 700, 500))
	for i := range see.Pix {
		see.Pix[i] = uint8(i * 7 / 300)
	}
	root := files("a.jpg", jpegFile(t, photo(1000, 700)), "b.png", pngFile(t, see))
	crop := request("a.jpg")
	crop.Crop = &Crop{W: 1, H: 1, Focus: centre()}
	requests := []Request{request("a.jpg"), crop, request("b.png")}
	var want map[string][32]byte
	for _, c := range []struct {
		name       string
		depth      Depth
		disk       bool
		processors int
		backwards  bool
	}{
		{"full", Full, true, 2, false},
		{"one processor", Full, true, 1, true},
		{"facts", Facts, true, 2, true},
		{"headers", Headers, true, 2, false},
		{"without a disk", Full, false, 2, true},
	} {
		before := runtime.GOMAXPROCS(c.processors)
		o := options(t, root)
		o.Depth = c.depth
		if !c.disk {
			o.Disk = nil
		}
		s, _ := plan(t, o, requests...)
		list := s.Files()
		got := map[string][32]byte{}
		for i := range list {
			f := list[i]
			if c.backwards {
				f = list[len(list)-1-i]
			}
			b, err := f.Bytes(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got[f.Path] = sha256.Sum256(b)
		}
		runtime.GOMAXPROCS(before)
		if want == nil {
			want = got
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: other files", c.name)
		}
	}
}

// counted counts how often files are opened for reading.
type counted struct {
	fstest.MapFS
	opened *atomic.Int32
}

func (c counted) Open(name string) (fs.File, error) {
	c.opened.Add(1)
	return c.MapFS.Open(name)
}

// TestDownload: a copy to take away is the photograph with nothing beside its pixels,
// and is encoded anew only where it has to be.
func TestDownload(t *testing.T) {
	const aside = "51.77 N, 19.47 E"
	plain := jpegFile(t, photo(700, 500))
	with := append([]byte("\xff\xd8\xff\xfe\x00\x12"+aside), plain[2:]...)
	turned := append([]byte("\xff\xd8\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"), plain[2:]...)
	var heavy bytes.Buffer
	noise := photo(300, 200)
	for i := range noise.Y {
		noise.Y[i] = uint8(i * i * 31 >> 3)
	}
	if err := jpeg.Encode(&heavy, noise, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		same bool
	}{"plain": {with, true}, "turned": {turned, false}, "more bytes than it is worth": {heavy.Bytes(), false}} {
		r := request("a.jpg")
		r.Download = &Credit{Creator: "A. Nowak"}
		s, _ := plan(t, options(t, files("a.jpg", c.data)), r)
		p, _ := s.Lookup("a.jpg", nil)
		for _, f := range s.Files() {
			if f.Path != p.Download.Path {
				continue
			}
			got, err := f.Bytes(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			scan := c.data[bytes.Index(c.data, []byte{0xff, 0xda}):]
			if same := bytes.HasSuffix(got, scan); same != c.same {
				t.Errorf("%s: the same pixels %v, want %v", name, same, c.same)
			}
			if bytes.Contains(got, []byte(aside)) || !bytes.Contains(got, []byte("A. Nowak")) {
				t.Errorf("%s: what stands beside the pixels is not the credit alone", name)
			}
			if m, err := jpeg.DecodeConfig(bytes.NewReader(got)); err != nil || m.Width != p.Download.Width || m.Height != p.Download.Height {
				t.Errorf("%s: %v, %v, want %v", name, m, err, p.Download)
			}
		}
	}
}

// A second build reads no picture, and a changed one gets another address.
func TestWarmBuildDecodesNothing(t *testing.T) {
	data := jpegFile(t, photo(800, 600))
	var opened atomic.Int32
	root := counted{files("a.jpg", data), &opened}
	o := options(t, root)
	cold, _ := plan(t, o, request("a.jpg"))
	first := contents(t, cold)
	opened.Store(0)
	warm, _ := plan(t, o, request("a.jpg"))
	second := contents(t, warm)
	if n := opened.Load(); n != 0 {
		t.Errorf("the second build opened %d files", n)
	}
	if fmt.Sprint(first) != fmt.Sprint(second) {
		t.Error("the second build gives other files")
	}
	a, _ := cold.Lookup("a.jpg", nil)
	b, _ := warm.Lookup("a.jpg", nil)
	if fmt.Sprint(a) != fmt.Sprint(b) || a.Placeholder == "" {
		t.Errorf("%+v, then %+v", a, b)
	}
	root.MapFS["a.jpg"] = &fstest.MapFile{Data: jpegFile(t, photo(800, 601)), ModTime: now().Add(-time.Minute)}
	changed, _ := plan(t, o, request("a.jpg"))
	if c, _ := changed.Lookup("a.jpg", nil); c.Height != 601 || c.WebP[0].Path == a.WebP[0].Path {
		t.Errorf("after a change: %+v", c)
	}
}

// A picture saved a moment ago is read again, even when it looks the same.
func TestFreshFilesAreNotTrusted(t *testing.T) {
	root := files("a.png", pngFile(t, flat(color.Gray{10})))
	o := options(t, root)
	for _, grey := range []uint8{10, 200} {
		root["a.png"] = &fstest.MapFile{Data: pngFile(t, flat(color.Gray{grey})), ModTime: now().Add(-time.Second)}
		s, _ := plan(t, o, request("a.png"))
		if p, _ := s.Lookup("a.png", nil); p.Colour != fmt.Sprintf("#%02x%02x%02x", grey, grey, grey) {
			t.Errorf("grey %d came out as %s", grey, p.Colour)
		}
	}
}

func flat(c color.Color) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, 40, 30))
	for i := range 40 * 30 {
		m.Set(i%40, i/40, c)
	}
	return m
}

func TestProblems(t *testing.T) {
	sound := jpegFile(t, photo(400, 300))
	var moving bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White})
	if err := gif.EncodeAll(&moving, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	huge := bytes.Clone(sound)
	i := bytes.Index(huge, []byte{0xff, 0xc0})
	copy(huge[i+5:], []byte{0x75, 0x30, 0x75, 0x30}) // 30,000 each way
	costly := bytes.Clone(sound)
	costly[i+1] = 0xc2 // progressive, and below 100 million pixels with chroma in full
	copy(costly[i+5:], []byte{0x27, 0x10, 0x27, 0x10, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1})
	root := files(
		"pics/good.jpg", sound,
		"pics/phone.jpg", []byte("\x00\x00\x00\x18ftypheic\x00\x00"),
		"pics/empty.jpg", []byte{},
		"pics/cut.jpg", sound[:len(sound)/2],
		"pics/huge.jpg", huge,
		"pics/costly.jpg", costly,
		"pics/film.gif", moving.Bytes(),
		"pics/mark.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>x</script><g/></svg>`),
		"pics/bad.svg", []byte(`<svg><g/></svg>`),
	)
	for _, c := range []struct{ src, want, hint string }{
		{"pics/good.jpg", "", ""},
		{"pics/godo.jpg", `error: the picture "pics/godo.jpg" is not there [picture-missing]`, `did you mean "good.jpg"?`},
		{"pics", `error: the picture "pics" is not a file [picture-missing]`, ""},
		{"../x.jpg", `error: the picture "../x.jpg" lies outside of the site [picture-missing]`, ""},
		{"pics/phone.jpg", `error: the picture "pics/phone.jpg" cannot be read: a HEIC picture, as telephones make them [picture-format]`, "save it as JPEG, PNG, WebP, TIFF or GIF"},
		{"pics/empty.jpg", `error: the picture "pics/empty.jpg" cannot be read: an empty file [picture-format]`, "save it as JPEG, PNG, WebP, TIFF or GIF"},
		{"pics/cut.jpg", `error: the picture "pics/cut.jpg" is broken: it ends too early [picture-broken]`, "open it in a picture program and save it again, or fetch it anew"},
		{"pics/huge.jpg", `error: the picture "pics/huge.jpg" has 30000 × 30000 pixels, at most 100 million can be read [picture-too-large]`, "4,000 pixels on the longer side are enough for every use, print included"},
		{"pics/costly.jpg", `error: the picture "pics/costly.jpg" would take 1458 MB of memory to read, at most 320 are given [picture-too-large]`, "4,000 pixels on the longer side are enough for every use, print included"},
		{"pics/film.gif", `warning: the picture "pics/film.gif" has several frames or pages; only the first is shown [picture-frames]`, ""},
		{"pics/mark.svg", `warning: the drawing "pics/mark.svg" is shown without its <script> [picture-svg]`, "scripts, films and foreign parts are taken out of drawings; save it as plain SVG"},
		{"pics/bad.svg", `error: the picture "pics/bad.svg" refused: <svg> stands where <svg xmlns="http://www.w3.org/2000/svg"> should [picture-svg]`, "save it as plain SVG, or as PNG"},
	} {
		s, list := plan(t, options(t, root), request(c.src))
		got, hint := "", ""
		for _, d := range list {
			got += fmt.Sprintf("%s: %s [%s]", d.Severity, d.Message, d.Code)
			hint = d.Hint
			if d.Pos != request("").Pos || d.Len != 4 {
				t.Errorf("%s: at %v, %d long", c.src, d.Pos, d.Len)
			}
		}
		if got != c.want || hint != c.hint {
			t.Errorf("%s:\n got %s (%s)\nwant %s (%s)", c.src, got, hint, c.want, c.hint)
		}
		if _, ok := s.Lookup(c.src, nil); ok == strings.HasPrefix(c.want, "error") {
			t.Errorf("%s: found: %v", c.src, ok)
		}
		contents(t, s)
	}
}

func TestSmallHero(t *testing.T) {
	r := request("a.jpg")
	r.Hero = true
	_, list := plan(t, options(t, files("a.jpg", jpegFile(t, photo(1599, 40)))), r)
	if len(list) != 1 || list[0].Code != "picture-small" || list[0].Severity != diag.Warning {
		t.Errorf("got %v", list)
	}
	if _, list = plan(t, options(t, files("a.jpg", jpegFile(t, photo(1600, 40)))), r); len(list) > 0 {
		t.Errorf("got %v", list)
	}
}

// One mistake in each place that makes it, one for a file however often it is used.
func TestProblemsOfOftenUsedPictures(t *testing.T) {
	a, b := request("gone.jpg"), request("gone.jpg")
	b.Pos.Line = 9
	broken := request("broken.jpg")
	_, list := plan(t, options(t, files("broken.jpg", []byte("\xff\xd8"))), a, b, a, broken, broken)
	got := ""
	for _, d := range list {
		got += fmt.Sprint(d.Code, d.Line, " ")
	}
	if got != "picture-broken5 picture-missing5 picture-missing9 picture-missing5 " {
		t.Errorf("got %s", got)
	}
}

// Where WebP cannot be made there are JPEGs of every width, and a note.
func TestWithoutWebP(t *testing.T) {
	e := &Engine{err: webp.ErrUnavailable}
	e.once.Do(func() {})
	r := request("a.jpg")
	s, list, err := e.Plan(t.Context(), options(t, files("a.jpg", jpegFile(t, photo(700, 500)))), []Request{r, r})
	if err != nil || len(list) != 1 || list[0].Code != "picture-webp" || list[0].Severity != diag.Note {
		t.Fatalf("%v, %v", list, err)
	}
	p, _ := s.Lookup("a.jpg", nil)
	if len(p.WebP) > 0 || len(p.JPEG) != 3 || p.Placeholder != "" || p.Colour == "" {
		t.Errorf("got %+v", p)
	}
	if got := contents(t, s); len(got) != 3 {
		t.Errorf("%d files, want 3", len(got))
	}
}

func TestOneFileForEqualPictures(t *testing.T) {
	data := jpegFile(t, photo(330, 200))
	s, _ := plan(t, options(t, files("a/x.jpg", data, "b/x.jpg", data, "b/y.jpg", data)),
		request("a/x.jpg"), request("b/x.jpg"), request("b/y.jpg"))
	if n := len(s.Files()); n != 4 { // WebP and JPEG of x and of y
		t.Errorf("%d files, want 4", n)
	}
}

func TestSVG(t *testing.T) {
	s, _ := plan(t, options(t, files("mark.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><g onclick="x"/></svg>`))), request("mark.svg"))
	p, ok := s.Lookup("mark.svg", nil)
	if !ok || p.SVG == nil || p.Default().Width != 40 || p.Height != 30 {
		t.Fatalf("got %+v", p)
	}
	if b := contents(t, s)[p.SVG.Path]; bytes.Contains(b, []byte("onclick")) || !bytes.Contains(b, []byte("<g/>")) {
		t.Errorf("got %s", b)
	}
	if _, ok := s.Print("mark.svg", nil, Place{100, 300}); ok {
		t.Error("a drawing came out as pixels")
	}
}

func TestPrint(t *testing.T) {
	var opened atomic.Int32
	r := request("a.jpg")
	r.Prints = []Place{{127, 300}}
	s, _ := plan(t, options(t, counted{files("a.jpg", jpegFile(t, photo(2000, 1000))), &opened}), r)
	if dpi, ok := s.DPI("a.jpg", nil, 254); !ok || dpi != 200 {
		t.Errorf("%v dpi, want 200", dpi)
	}
	opened.Store(0)
	for _, c := range []struct {
		place         Place
		width, height int
		made          bool
	}{{Place{127, 300}, 1500, 750, true}, {Place{127, 150}, 750, 375, false}, {Place{300, 300}, 2000, 1000, false}} {
		p, ok := s.Print("a.jpg", nil, c.place)
		if !ok || p.Width != c.width || p.Height != c.height {
			t.Fatalf("%v: %+v", c, p)
		}
		b, err := p.Bytes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if w, h := sizeOf(t, "x.jpg", b); w != c.width || h != c.height {
			t.Errorf("%v: %d × %d", c, w, h)
		}
		if n := opened.Swap(0); (n == 0) != c.made {
			t.Errorf("%v: the source was opened %d times", c, n)
		}
	}
	for _, f := range s.Files() {
		if strings.Contains(f.Path, "1500") {
			t.Errorf("%s is published", f.Path)
		}
	}
	for _, c := range []struct {
		src   string
		place Place
	}{{"unknown.jpg", Place{100, 300}}, {"a.jpg", Place{0, 300}}, {"a.jpg", Place{math.NaN(), 300}}, {"a.jpg", Place{100, 0}}} {
		if _, ok := s.Print(c.src, nil, c.place); ok {
			t.Errorf("%v gave a picture", c)
		}
	}
}

// A disk that computes every hit again finds nothing that differs.
func TestVerifiedDisk(t *testing.T) {
	o := options(t, files("a.jpg", jpegFile(t, photo(700, 400)), "b.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>`)))
	dir := t.TempDir()
	for _, verify := range []bool{false, true} {
		o.Disk = memo.NewDisk(dir, now(), verify)
		s, list := plan(t, o, request("a.jpg"), request("b.svg"))
		if len(list) > 0 {
			t.Error(list)
		}
		contents(t, s)
	}
}

// What an engine remembers of a file is found out again, and a file that is not
// what its stamp says is named.
func TestVerifiedRecords(t *testing.T) {
	root := files("a.png", pngFile(t, flat(color.Gray{10})), "b.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>`))
	o := Options{Root: root, Cache: compiled, Now: now()}
	e := &Engine{}
	defer e.Close(t.Context())
	var told []string
	e.Verify(func(hash string) { told = append(told, hash) })
	for i, want := range []int{0, 0, 1} {
		if i == 2 { // as long as before, under the old date
			root["b.svg"].Data = []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>`)
		}
		if _, _, err := e.Plan(t.Context(), o, []Request{request("a.png"), request("b.svg")}); err != nil || len(told) != want {
			t.Errorf("round %d: told of %d files, not %d; %v", i, len(told), want, err)
		}
		e.Turn()
	}
}

// A reader that gives up stops the work.
func TestCancelled(t *testing.T) {
	o := options(t, files("a.jpg", jpegFile(t, photo(1000, 700))))
	o.Depth = Headers
	s, _ := plan(t, o, request("a.jpg"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Files()[0].Bytes(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Files()[0].Bytes(t.Context()); err != nil {
		t.Errorf("the next reader: %v", err)
	}
}

// Bands and towers of one row or column come out within what the formats can say.
func TestExtremeRatios(t *testing.T) {
	see := func(w, h int) []byte {
		m := image.NewNRGBA(image.Rect(0, 0, w, h))
		for i := range m.Pix {
			m.Pix[i] = uint8(i)
		}
		return pngFile(t, m)
	}
	root := files("band.jpg", jpegFile(t, photo(30_000, 2)), "tower.jpg", jpegFile(t, photo(2, 30_000)), "band.png", see(20_000, 1), "tower.png", see(1, 20_000))
	var requests []Request
	for name := range root {
		crop := request(name)
		crop.Crop = &Crop{W: 4, H: 5, Focus: centre()}
		requests = append(requests, request(name), crop)
	}
	s, list := plan(t, options(t, root), requests...)
	if len(list) > 0 {
		t.Errorf("problems: %v", list)
	}
	for name, data := range contents(t, s) {
		if w, h := sizeOf(t, name, data); w > webp.MaxSide || h > webp.MaxSide {
			t.Errorf("%s has %d × %d", name, w, h)
		}
	}
}

var _ output.Blob = (*blob)(nil)
