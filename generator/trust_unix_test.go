//go:build linux

package main

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// litter wants nothing beside the sources but the output folder and .uccn, and
// no half-made tree in there.
func litter(t testing.TB, dir string) {
	t.Helper()
	for at, known := range map[string]string{
		dir: " content static site.yaml public .uccn other ", filepath.Join(dir, ".uccn"): " cache publish ",
		filepath.Join(dir, ".uccn/publish/public"): " lock spare index ok ",
	} {
		list, err := os.ReadDir(at)
		must(t, err)
		for _, e := range list {
			if !strings.Contains(known, " "+e.Name()+" ") {
				t.Errorf("%s holds %s", at, e.Name())
			}
		}
	}
}

// twoStates builds a site in two states and leaves it in the first. change goes
// from one to the other.
func twoStates(t *testing.T) (dir string, states [2]map[string]string, change func(to int)) {
	t.Helper()
	dir = newSite(t)
	public := filepath.Join(dir, "public")
	texts := [2]string{"# home", "# home and abroad"}
	change = func(to int) {
		must(t, os.WriteFile(filepath.Join(dir, "content/pages/about.md"), []byte("---\ntitle: About\nsummary: What these pages are and who makes them.\n---\n\n"+strings.Repeat("Words of state "+fmt.Sprint(to)+".\n\n", 3+to)), 0o644))
		must(t, os.WriteFile(filepath.Join(dir, "static/state.txt"), []byte(strings.Repeat(texts[to], 9000)), 0o644))
		must(t, os.RemoveAll(filepath.Join(dir, "static/only")))
		if to == 1 {
			must(t, os.MkdirAll(filepath.Join(dir, "static/only"), 0o755))
			must(t, os.WriteFile(filepath.Join(dir, "static/only/here.txt"), []byte("x"), 0o644))
		}
	}
	for i := 1; i >= 0; i-- {
		change(i)
		build(t, dir)
		states[i] = files(t, public)
	}
	return dir, states, change
}

func either(t testing.TB, dir string, states [2]map[string]string) {
	t.Helper()
	if got := files(t, filepath.Join(dir, "public")); !maps.Equal(got, states[0]) && !maps.Equal(got, states[1]) {
		t.Fatalf("the output folder is neither the old site nor the new one: %s differs from the old, %s from the new", differ(got, states[0]), differ(got, states[1]))
	}
}

// TestStopped ends builds by signals at many moments, of every phase. The output
// folder is the old site or the new one, and the next build works and equals a
// clean one.
func TestStopped(t *testing.T) {
	dir, states, change := twoStates(t)
	rounds := 27
	if testing.Short() {
		rounds = 9
	}
	codes := map[int]int{}
	for i := range rounds {
		change(i % 2)
		if i%5 == 0 { // with pictures and books to make
			must(t, os.RemoveAll(filepath.Join(dir, ".uccn/cache")))
		}
		c := job{dir: dir, args: []string{"build"}}.command()
		out := &strings.Builder{}
		c.Stdout, c.Stderr = out, out
		must(t, c.Start())
		time.Sleep(time.Duration(i*i*37%400) * time.Millisecond)
		c.Process.Signal([]os.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGKILL}[i%3])
		c.Wait()
		code := c.ProcessState.ExitCode()
		codes[code]++
		if code != 0 && code != 130 && code != -1 || strings.Contains(out.String(), "goroutine ") {
			t.Errorf("exit code %d:\n%s", code, out)
		}
		either(t, dir, states)
		if i%3 == 2 {
			build(t, dir)
			litter(t, dir)
			if got := files(t, filepath.Join(dir, "public")); !maps.Equal(got, states[i%2]) {
				t.Fatalf("the next build differs from a clean one in %s", differ(got, states[i%2]))
			}
		}
	}
	t.Logf("exit codes (130 is a build that was stopped, -1 one that was killed): %v", codes)
	if codes[130] == 0 {
		t.Error("no build was stopped in time")
	}
}

// TestFullDisk builds on file systems that are full at different moments.
func TestFullDisk(t *testing.T) {
	site := newSite(t)
	mount := filepath.Join(filepath.Dir(site), "disk")
	must(t, os.Mkdir(mount, 0o755))
	if err := syscall.Mount("none", mount, "tmpfs", 0, "size=64m"); err != nil {
		t.Skipf("a file system of its own needs rights that are not given here: %v", err)
	}
	defer syscall.Unmount(mount, syscall.MNT_DETACH)
	resize := func(kb int) {
		must(t, syscall.Mount("none", mount, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dk", kb)))
	}
	dir := filepath.Join(mount, "site")
	must(t, os.CopyFS(dir, os.DirFS(site)))
	build(t, dir)
	old := files(t, filepath.Join(dir, "public"))
	var s syscall.Statfs_t
	must(t, syscall.Statfs(mount, &s))
	used := int((s.Blocks - s.Bfree) * uint64(s.Bsize) / 1024)
	edit(t, dir, "content/cities/northport.md", "Northport has a harbour", "Northport has the harbour")
	failed := 0
	for _, spare := range []int{0, 40, 160, 640, 1280, 2560} {
		resize(used + spare)
		out, code := job{dir: dir, args: []string{"build", "--quiet", "--no-cache"}}.run(t)
		if code == 0 {
			break
		}
		failed++
		if code != 3 || !strings.Contains(out, "no space left on device") {
			t.Errorf("%d kB spare: exit code %d: %s", spare, code, out)
		}
		if p := differ(files(t, filepath.Join(dir, "public")), old); p != "" {
			t.Fatalf("%d kB spare: %s of the old site is not what it was", spare, p)
		}
	}
	if failed < 3 {
		t.Errorf("%d builds found the disk full", failed)
	}
	if out, code := (job{dir: dir, args: []string{"check", "--quiet"}}).run(t); code != 0 {
		t.Errorf("a check on a full disk: exit code %d: %s", code, out)
	}
	resize(64 << 10)
	build(t, dir)
	litter(t, dir)
	want := newCopy(t, dir)
	build(t, want)
	if p := differ(files(t, filepath.Join(dir, "public")), files(t, filepath.Join(want, "public"))); p != "" {
		t.Errorf("afterwards %s differs from a clean build", p)
	}
}

// newCopy copies a site without what was made of it.
func newCopy(t testing.TB, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "site")
	must(t, os.CopyFS(to, os.DirFS(dir)))
	must(t, os.RemoveAll(filepath.Join(to, "public")))
	must(t, os.RemoveAll(filepath.Join(to, ".uccn")))
	return to
}

// TestLimits builds with few open files, with small files, and with little memory
// to address: it works or says why not, and the old site stays.
func TestLimits(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	dir, states, change := twoStates(t)
	change(1)
	failed := 0
	for _, limit := range []string{"-n 12", "-n 16", "-n 24", "-f 1", "-f 16", "-f 300"} {
		for _, args := range []string{"", " --no-cache"} {
			c := exec.Command("sh", "-c", "ulimit "+limit+" && exec uccn build --quiet"+args)
			c.Dir, c.Env = dir, append(os.Environ(), "SOURCE_DATE_EPOCH=1546300800")
			out, code := ended(t, c)
			either(t, dir, states)
			if code == 0 {
				change(0)
				build(t, dir)
				change(1)
				continue
			}
			failed++
			if code != 3 && code != 1 || !strings.Contains(out, "too many open files") && !strings.Contains(out, "file too large") {
				t.Errorf("ulimit %s: exit code %d:\n%s", limit, code, out)
			}
		}
	}
	if failed == 0 {
		t.Error("no limit was felt")
	}
	build(t, dir)
	litter(t, dir)
	if got := files(t, filepath.Join(dir, "public")); !maps.Equal(got, states[1]) {
		t.Errorf("%s differs from a clean build", differ(got, states[1]))
	}
}

// TestManyBuilds runs several processes at once in one site.
func TestManyBuilds(t *testing.T) {
	dir, states, change := twoStates(t)
	for i := range 4 {
		change(1 - i%2)
		if i == 2 {
			must(t, os.RemoveAll(filepath.Join(dir, ".uccn/cache")))
		}
		var running []*exec.Cmd
		for range 4 {
			c := job{dir: dir, args: []string{"build", "--quiet"}}.command()
			must(t, c.Start())
			running = append(running, c)
		}
		for _, c := range running {
			if err := c.Wait(); err != nil {
				t.Error(err)
			}
		}
		litter(t, dir)
		if got := files(t, filepath.Join(dir, "public")); !maps.Equal(got, states[1-i%2]) {
			t.Errorf("%s differs from a clean build", differ(got, states[1-i%2]))
		}
	}
}

// nobody makes a command run as somebody without rights, when the tests run as
// somebody with all of them, for whom nothing is unreadable.
func nobody(t testing.TB, dir string, c *exec.Cmd) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	const id = 65534
	program, err := exec.LookPath("uccn")
	must(t, err)
	if program, err = filepath.EvalSymlinks(program); err != nil {
		t.Fatal(err)
	}
	open := filepath.Join(filepath.Dir(dir), "uccn") // where everybody may run it
	if _, err := os.Stat(open); err != nil {
		b, err := os.ReadFile(program)
		must(t, err)
		must(t, os.WriteFile(open, b, 0o755))
	}
	out, err := exec.Command("chown", "-R", fmt.Sprint(id), dir).CombinedOutput()
	if err != nil {
		t.Skipf("nobody cannot be given files here: %s", out)
	}
	c.Path = open
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: id, Gid: id, NoSetGroups: true}}
}

// TestNoRights: what may not be read or written is said by name, and nothing is
// changed.
func TestNoRights(t *testing.T) {
	dir := newSite(t)
	build(t, dir)
	old := files(t, filepath.Join(dir, "public"))
	edit(t, dir, "content/cities/northport.md", "Northport has a harbour", "Northport has the harbour")
	must(t, os.MkdirAll(filepath.Join(dir, "themes/default/templates"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "themes/default/templates/own.html"), []byte("own"), 0o644))
	must(t, os.WriteFile(filepath.Join(dir, "static/note.txt"), []byte("note"), 0o644))
	for _, tt := range []struct {
		what string
		mode os.FileMode
		code int
		says string
	}{
		{"content/cities/northport.md", 0, 1, "content/cities/northport.md: error: the file cannot be read: permission denied [unreadable]"},
		{"content/cities/northport.fr.md", 0, 1, "content/cities/northport.fr.md: error: the file cannot be read"},
		{"content/cities/harbour.jpg", 0, 1, `the picture "content/cities/harbour.jpg" cannot be read: permission denied [picture-missing]`},
		{"content/cities", 0, 3, "list content/cities: openat content/cities: permission denied"},
		{"static/note.txt", 0, 1, "static/note.txt: error: the file may not be read [unreadable]"},
		{"static", 0, 3, "list static: openat static: permission denied"},
		{"themes/default/templates/own.html", 0, 3, "templates/own.html: permission denied"},
		{"site.yaml", 0, 1, "site.yaml: error: the file cannot be read: permission denied [unreadable]"},
		{".uccn/publish/public", 0o500, 3, "permission denied"},
		{"public", 0o500, 3, "permission denied"},
		{".", 0o500, 3, "permission denied"},
	} {
		name := filepath.Join(dir, tt.what)
		info, err := os.Stat(name)
		must(t, err)
		c := job{dir: dir, args: []string{"build", "--quiet", "--no-cache"}}.command()
		nobody(t, dir, c)
		must(t, os.Chmod(name, tt.mode))
		out, code := ended(t, c)
		must(t, os.Chmod(name, info.Mode()))
		if p := differ(files(t, filepath.Join(dir, "public")), old); p != "" {
			t.Errorf("%s: %s was changed", tt.what, p)
		}
		if code != tt.code || !strings.Contains(out, tt.says) {
			t.Errorf("%s with mode %o: exit code %d, want %d with %q:\n%s", tt.what, tt.mode, code, tt.code, tt.says, out)
		}
	}
	c := job{dir: dir, args: []string{"build", "--quiet"}}.command()
	nobody(t, dir, c)
	if out, code := ended(t, c); code != 0 {
		t.Errorf("in the end: exit code %d:\n%s", code, out)
	}
}

// TestReadOnlySources builds from a folder that may only be read, with every
// umask, into another: the bytes are those of a usual build.
func TestReadOnlySources(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	dir := newSite(t)
	build(t, dir)
	want := files(t, filepath.Join(dir, "public"))
	source := newCopy(t, dir)
	must(t, os.Chmod(filepath.Dir(filepath.Dir(source)), 0o755))
	must(t, os.Chmod(filepath.Dir(source), 0o755))
	for _, umask := range []string{"000", "077"} {
		out := filepath.Join(filepath.Dir(dir), "out"+umask)
		must(t, os.MkdirAll(out, 0o777))
		c := exec.Command("sh", "-c", "umask "+umask+` && exec "$0" build --quiet --output `+out+"/public", "uccn")
		c.Dir, c.Env = source, append(os.Environ(), "SOURCE_DATE_EPOCH=1546300800")
		sh := c.Path
		nobody(t, source, c)
		if c.Path != sh {
			c.Args[3], c.Path = c.Path, sh
			must(t, os.Chown(out, 65534, 65534))
		}
		must(t, exec.Command("chmod", "-R", "a-w", source).Run())
		said, code := ended(t, c)
		must(t, exec.Command("chmod", "-R", "u+w", source).Run())
		if code != 0 {
			t.Fatalf("umask %s: exit code %d:\n%s", umask, code, said)
		}
		if p := differ(files(t, filepath.Join(out, "public")), want); p != "" {
			t.Errorf("umask %s: %s differs", umask, p)
		}
	}
}

// spent runs a command and returns what it says, its exit code, the seconds of
// processor time that it took and its peak of memory in MB.
func spent(t testing.TB, c *exec.Cmd) (out string, code int, cpu float64, mb int64) {
	t.Helper()
	out, code = ended(t, c)
	usage := c.ProcessState.SysUsage().(*syscall.Rusage)
	return out, code, (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), usage.Maxrss >> 10
}

// TestHostilePictures builds with pictures as large as they may be, and larger: each
// is made or refused inside 512 MB.
func TestHostilePictures(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, tt := range []struct {
		name                string
		w, h, depth, colour int
		code                int
	}{
		{"in colour, as large as can be", 7000, 6700, 8, 2, 0},
		{"transparent, 100 million pixels", 10_000, 9_990, 8, 6, 1},
		{"a palette, as large as can be", 6500, 6200, 8, 3, 0},
		{"16 bits, as large as can be", 4900, 4700, 16, 6, 0},
		{"grey, 100 million pixels", 10_000, 9_990, 8, 0, 0},
		{"a strip of 50 million pixels", 50_000_000, 1, 8, 2, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := newSite(t)
			must(t, os.WriteFile(filepath.Join(dir, "content/cities/quay.png"), emptyPNG(t, tt.w, tt.h, tt.depth, tt.colour), 0o644))
			out, code, cpu, mb := spent(t, job{dir: dir, args: []string{"build", "--quiet", "--only", "site"}}.command())
			if code != tt.code || code == 1 && !strings.Contains(out, `content/cities/northport.md:10:11: error: the picture "content/cities/quay.png" `) {
				t.Errorf("exit code %d, want %d:\n%s", code, tt.code, out)
			}
			if mb > 512 {
				t.Errorf("%d MB", mb)
			}
			t.Logf("%d MB, %.1f s of processor time", mb, cpu)
		})
	}
}

// emptyPNG is a PNG of zeros, as files of few bytes that unfold to many.
func emptyPNG(t testing.TB, w, h, depth, colour int) []byte {
	t.Helper()
	channels := map[int]int{0: 1, 2: 3, 3: 1, 6: 4}[colour]
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(id string, body []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
		out = append(append(out, id...), body...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(append([]byte(id), body...)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	chunk("IHDR", append(head, byte(depth), byte(colour), 0, 0, 0))
	if colour == 3 {
		chunk("PLTE", make([]byte, 768))
	}
	var z bytes.Buffer
	packed, err := zlib.NewWriterLevel(&z, zlib.BestSpeed)
	must(t, err)
	row := make([]byte, 1+w*channels*depth/8)
	for range h {
		packed.Write(row)
	}
	must(t, packed.Close())
	chunk("IDAT", z.Bytes())
	chunk("IEND", nil)
	return out
}

// TestHostileTexts reads texts that are small and would take others minutes: each is
// read, or refused at its place, inside 5 s of processor time and 512 MB.
func TestHostileTexts(t *testing.T) {
	const size = 1_000_000
	lines := func(s string) string { return strings.Repeat(strings.Repeat(s, 90_000/len(s))+"\n", size/90_000) }
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	head := "---\ntitle: About\nsummary: What these pages are and who makes them.\n---\n\n"
	numbered := func(s string) string {
		var b strings.Builder
		for i := 0; b.Len() < size-60; i++ {
			b.WriteString(strings.ReplaceAll(s, "#", fmt.Sprint(i)))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"quotations":          head + lines("> "),
		"brackets":            head + lines("[") + lines("]"),
		"emphasis":            head + lines("*a_ "),
		"references":          head + numbered("[a#]: b\n"),
		"notes":               head + numbered("[^#]: a\n"),
		"lists":               head + lines("- "),
		"backticks":           head + numbered("`#` ``#\n"),
		"a table":             head + "a|b\n-|-\n" + fill("c|d\n"),
		"addresses":           head + lines("<https:a"),
		"entities":            head + lines("&lt;"),
		"headings":            head + fill("## a\n\n"),
		"words":               head + fill("word "),
		"keys":                "---\n" + numbered("k#: v\n") + "---\n",
		"lists of keys":       "---\ntitle: " + strings.Repeat("[", 300_000) + "\n---\n",
		"names for keys":      "---\na: &a [x]\n" + numbered("b#: &b# [*a, *a, *a, *a, *a, *a, *a]\n") + "---\n",
		"laughs":              "---\na0: &a0 lol\n" + strings.Repeat("x: y\n", 3) + laughs() + "title: *a9\n---\n",
		"indented ever more":  "---\n" + stairs(1300) + "---\n",
		"one line":            "---\ntitle: " + strings.Repeat("é", size/2-100) + "\n---\n",
		"a text without end":  "---\ntitle: |\n" + fill("  a\n"),
		"quotes":              "---\ntitle: \"" + fill("\\\"") + "\n---\n",
		"control characters":  head + fill("\x01\x02\x1b[31m"),
		"carriage returns":    strings.ReplaceAll(head+fill("a\n"), "\n", "\r"),
		"a million ever wide": head + fill("𒐫﷽ "),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := newSite(t)
			must(t, os.WriteFile(filepath.Join(dir, "content/pages/about.md"), []byte(text), 0o644))
			out, code, cpu, mb := spent(t, job{dir: dir, args: []string{"check"}}.command())
			if code != 0 && (code != 1 || !strings.Contains(out, "content/pages/about.md:")) {
				t.Errorf("exit code %d:\n%.2000s", code, out)
			}
			if cpu > 5 || mb > 512 {
				t.Errorf("%.1f s, %d MB", cpu, mb)
			}
			t.Logf("%.1f s of processor time, %d MB, %d bytes said", cpu, mb, len(out))
		})
	}
}

// laughs is ten lists, each of ten times the one before.
func laughs() string {
	var b strings.Builder
	for i := range 9 {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	return b.String()
}

func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// TestServedStorm lets a server watch a site through storms of edits, as people and
// their tools make them, and wants of it what a clean build makes, byte for byte and
// without a restart.
func TestServedStorm(t *testing.T) {
	for _, poll := range []bool{false, true} {
		if poll && testing.Short() {
			continue
		}
		t.Run(fmt.Sprintf("poll=%v", poll), func(t *testing.T) { servedStorm(t, poll) })
	}
}

func servedStorm(t *testing.T, poll bool) {
	dir := newSite(t)
	args := []string{"serve", "--port", "0"}
	if poll {
		args = append(args, "--poll")
	}
	c := job{dir: dir, args: args}.command()
	out, err := c.StdoutPipe()
	must(t, err)
	c.Stderr = c.Stdout
	must(t, c.Start())
	defer func() { c.Process.Signal(syscall.SIGTERM); c.Wait() }()
	lines := bufio.NewScanner(out)
	base := ""
	for base == "" && lines.Scan() {
		base = regexp.MustCompile(`http://[^\s/]+`).FindString(lines.Text())
	}
	go io.Copy(io.Discard, out)
	sizes := regexp.MustCompile(`<span>[0-9][^<]{0,12}(B|o)</span>`) // of books
	live := regexp.MustCompile(`<script src="?/\.uccn/live\.js[^>]*></script>`)
	get := func(p string) string {
		resp, err := http.Get(base + "/" + p)
		must(t, err)
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		must(t, err)
		return sizes.ReplaceAllString(live.ReplaceAllString(string(b), ""), "")
	}
	get("")
	for round, storm := range storms() {
		storm(t, dir)
		if poll {
			time.Sleep(1500 * time.Millisecond) // it looks twice a second
		}
		clean := newCopy(t, dir)
		build(t, clean)
		want := files(t, filepath.Join(clean, "public"))
		seen := 0
		for _, p := range slices.Sorted(maps.Keys(want)) {
			if p == "build.json" || p == "_headers" || strings.HasPrefix(strings.TrimPrefix(p, "fr/"), "booklet/") {
				continue // who serves makes books when asked, and does not say their sizes
			}
			at := strings.TrimSuffix(p, "index.html")
			got := get(strings.ReplaceAll(at, " ", "%20"))
			if want := sizes.ReplaceAllString(want[p], ""); got != want {
				i := 0
				for i < min(len(got), len(want)) && got[i] == want[i] {
					i++
				}
				t.Fatalf("storm %d: %s differs at byte %d: served %.120q, built %.120q", round+1, p, i, got[i:], want[i:])
			}
			seen++
		}
		if seen < 100 {
			t.Errorf("storm %d: %d files were compared", round+1, seen)
		}
	}
}

// storms are edits of many kinds at once.
func storms() []func(t *testing.T, dir string) {
	page := func(i int) string {
		return fmt.Sprintf("---\ntitle: Page %d\nsummary: One of many pages that come and go in a storm of edits.\n---\n\nPage %[1]d.\n", i)
	}
	at := func(dir string, i int) string { return filepath.Join(dir, fmt.Sprintf("content/pages/p%d.md", i)) }
	return []func(t *testing.T, dir string){
		func(t *testing.T, dir string) { // many files at once, as when a branch is switched
			for i := range 200 {
				must(t, os.WriteFile(at(dir, i), []byte(page(i)), 0o644))
			}
		},
		func(t *testing.T, dir string) { // renamed, removed, written twice, touched, of the same date and size
			for i := range 200 {
				switch i % 5 {
				case 0:
					must(t, os.Rename(at(dir, i), at(dir, i+1000)))
				case 1:
					must(t, os.Remove(at(dir, i)))
				case 2: // as vim saves: aside, new, away
					must(t, os.Rename(at(dir, i), at(dir, i)+"~"))
					must(t, os.WriteFile(at(dir, i), []byte(page(i+5000)), 0o644))
					must(t, os.Remove(at(dir, i)+"~"))
				case 3: // as JetBrains saves: beside, then over
					must(t, os.WriteFile(at(dir, i)+"___jb_tmp___", []byte(page(i+6000)), 0o644))
					must(t, os.Rename(at(dir, i)+"___jb_tmp___", at(dir, i)))
				case 4: // as VS Code saves: emptied, then filled; and with the old date
					info, err := os.Stat(at(dir, i))
					must(t, err)
					must(t, os.Truncate(at(dir, i), 0))
					must(t, os.WriteFile(at(dir, i), []byte(strings.ReplaceAll(page(i), "storm of", "trumb of")), 0o644))
					must(t, os.Chtimes(at(dir, i), info.ModTime(), info.ModTime()))
				}
			}
		},
		func(t *testing.T, dir string) { // folders go, come back and change places
			pages, aside := filepath.Join(dir, "content/pages"), filepath.Join(dir, "content/aside")
			must(t, os.Rename(pages, aside))
			must(t, os.Mkdir(pages, 0o755))
			must(t, os.WriteFile(at(dir, 1), []byte(page(1)), 0o644))
			must(t, os.RemoveAll(pages))
			must(t, os.Rename(aside, pages))
			must(t, os.MkdirAll(filepath.Join(dir, "static/deep/er"), 0o755))
			must(t, os.WriteFile(filepath.Join(dir, "static/deep/er/note.txt"), []byte("deep"), 0o644))
			must(t, os.WriteFile(filepath.Join(dir, "content/cities/quay.png"), emptyPNG(t, 800, 500, 8, 2), 0o644))
		},
		func(t *testing.T, dir string) { // everything back, and an error on the way
			must(t, os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("titel: x\n"), 0o644))
			matches, err := filepath.Glob(filepath.Join(dir, "content/pages/p*.md"))
			must(t, err)
			for _, m := range matches {
				must(t, os.Remove(m))
			}
			must(t, os.RemoveAll(filepath.Join(dir, "static/deep")))
			must(t, os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("title: Harbour Towns\nlanguages: [fr, en]\nedition: first\n"), 0o644))
			must(t, os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("title: Harbour Towns\nlanguages: [en, fr]\nedition: first\n"), 0o644))
		},
	}
}
