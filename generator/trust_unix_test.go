//go:build linux

package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
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
		{"content/cities", 0, 1, "content/cities: error: this may not be read [unreadable]"},
		{"static/note.txt", 0, 1, "static/note.txt: error: the file may not be read [unreadable]"},
		{"static", 0, 1, "static: error: this may not be read [unreadable]"},
		{"themes/default/templates/own.html", 0, 1, "themes/default/templates/own.html: error: this may not be read [unreadable]"},
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
