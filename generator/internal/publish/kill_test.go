package publish

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"uccn/generator/internal/output"
)

// versions is how many different sites the writers of these tests publish.
const versions = 3

func version(v int) []output.File {
	files := site(60, strings.Repeat("c1. c2. c30. ", v))
	for i := range 10 {
		files = append(files, output.File{Path: fmt.Sprintf("v%d/p%d.html", v, i), Data: []byte("x")})
	}
	return files
}

// TestMain lets the test binary play the build that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("UCCN_TEST_PUBLISH"); dir != "" {
		first, _ := strconv.Atoi(os.Getenv("UCCN_TEST_FIRST"))
		fmt.Println("ready")
		for v := first; ; v++ {
			if _, err := Write(context.Background(), Options{Dir: dir}, version(v%versions)); err != nil {
				fmt.Println(err)
				os.Exit(1)
			}
		}
	}
	os.Exit(m.Run())
}

// TestKill kills building processes at many moments. Whatever the moment, the
// output folder is one whole site, and the next build works and leaves no litter.
func TestKill(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	rounds := 60
	if testing.Short() {
		rounds = 10
	}
	for i := range rounds {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "UCCN_TEST_PUBLISH="+dir, "UCCN_TEST_FIRST="+strconv.Itoa(i))
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		out.Read(make([]byte, 6))
		time.Sleep(time.Duration(i*i%97) * 500 * time.Microsecond)
		c.Process.Kill()
		c.Wait()
		whole(t, dir, i == 0)
		if i%5 == 0 {
			mustWrite(t, dir, version(i%versions))
			litter(t, dir)
			same(t, tree(t, dir), want(version(i%versions)))
		}
	}
}

func whole(t *testing.T, dir string, maybeNone bool) {
	t.Helper()
	got := tree(t, dir)
	if maybeNone && len(got) == 0 {
		return
	}
	for v := range versions {
		if maps.Equal(got, want(version(v))) {
			return
		}
	}
	t.Fatalf("the output folder holds a mixture of %d files", len(got))
}

// TestManyWriters lets several processes build at once while a reader looks.
func TestManyWriters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustWrite(t, dir, version(0))
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 8 {
				if _, err := Write(context.Background(), Options{Dir: dir}, version((w+i)%versions)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan bool)
	go func() { wg.Wait(); close(done) }()
	for looks := 0; ; looks++ {
		select {
		case <-done:
			whole(t, dir, false)
			litter(t, dir)
			t.Logf("looked %d times", looks)
			return
		default:
			if _, err := os.Stat(filepath.Join(dir, "index.html")); errors.Is(err, os.ErrNotExist) {
				t.Fatal("a moment without a site")
			}
		}
	}
}
