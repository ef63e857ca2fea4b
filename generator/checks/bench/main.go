// This program measures whole runs of uccn over invented sites of several
// sizes: a cold build, the same again, and one after a word of one city has
// changed. It prints a Markdown table of medians.
//
//	go build -o /tmp/uccn ./generator
//	cd generator/checks/bench && go run . -uccn /tmp/uccn -sizes 180,2000 -runs 5
//
// Sites are made in a folder of its own below -work, which must not exist yet.
// Processor time is the steadier figure on a busy machine.
package main

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"uccn/generator/internal/synth"
)

// run is one measured process.
type run struct {
	wall, cpu time.Duration
	peak      int64 // kB
}

func main() {
	tool := flag.String("uccn", "", "the program")
	work := flag.String("work", filepath.Join(os.TempDir(), "uccn-bench"), "folder to be made, for the sites")
	sizes := flag.String("sizes", "180,2000", "numbers of cities")
	runs := flag.Int("runs", 5, "how often each is measured")
	args := flag.String("args", "build --only site --quiet", "what the program is given")
	flag.Parse()
	if err := measure(*tool, *work, *sizes, *runs, strings.Fields(*args)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func measure(tool, work, sizes string, runs int, args []string) error {
	if tool == "" || runs < 1 {
		return errors.New("say which program: -uccn PATH, and at least one run")
	}
	tool, err := filepath.Abs(tool)
	if err != nil {
		return err
	}
	if err := os.Mkdir(work, 0o777); err != nil {
		return err
	}
	fmt.Println("| cities | build | processor s | wall s | peak MB |\n| --: | --- | --: | --: | --: |")
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is no number of cities", size)
		}
		site := filepath.Join(work, size)
		if err := synth.Write(site, n); err != nil {
			return err
		}
		if err := rounds(tool, site, size, runs, args); err != nil {
			return err
		}
	}
	return nil
}

// rounds measures the three kinds of builds of one site, taking turns.
func rounds(tool, site, size string, runs int, args []string) error {
	kinds := []string{"cold", "again", "one edit"}
	took := make([][]run, len(kinds))
	for i := range runs {
		for k := range kinds {
			if err := prepare(site, k, i); err != nil {
				return err
			}
			r, err := one(tool, site, args)
			if err != nil {
				return err
			}
			took[k] = append(took[k], r)
		}
	}
	for k, kind := range kinds {
		fmt.Printf("| %s | %s | %.2f | %.2f | %d |\n", size, kind,
			median(took[k], func(r run) time.Duration { return r.cpu }).Seconds(),
			median(took[k], func(r run) time.Duration { return r.wall }).Seconds(),
			median(took[k], func(r run) int64 { return r.peak })/1024)
	}
	return nil
}

// prepare puts the site into the state before a build of a kind. Old output is
// moved aside and not removed: folders that are removed and made again and
// again make some file systems slower each time.
func prepare(site string, kind, round int) error {
	switch kind {
	case 0:
		aside := filepath.Join(site+"-old", strconv.Itoa(round))
		if err := os.MkdirAll(aside, 0o777); err != nil {
			return err
		}
		for _, name := range []string{"public", ".uccn"} {
			if err := os.Rename(filepath.Join(site, name), filepath.Join(aside, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	case 2:
		name := filepath.Join(site, "content", "cities", "town-3.md")
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(name, fmt.Appendf(text, "\nEdit %d.\n", round), 0o666)
	}
	return nil
}

func one(tool, site string, args []string) (run, error) {
	c := exec.Command(tool, args...)
	c.Dir = site
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	began := time.Now()
	if err := c.Run(); err != nil {
		return run{}, fmt.Errorf("%s in %s: %w\n%s", tool, site, err, said.Bytes())
	}
	r := run{wall: time.Since(began), cpu: c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
	if u, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.peak = u.Maxrss
	}
	return r, nil
}

func median[T cmp.Ordered](runs []run, of func(run) T) T {
	var all []T
	for _, r := range runs {
		all = append(all, of(r))
	}
	slices.Sort(all)
	return all[len(all)/2]
}
