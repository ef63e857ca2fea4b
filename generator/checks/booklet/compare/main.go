// Compare makes a book of the same cities, texts and photographs with uccn and
// with its peers, and prints time and memory, medians of several rounds in one
// run on one machine:
//
//	booklet/compare/run
//
// installs what is missing (chromium and weasyprint of the distribution, Typst of
// npm), builds the program and compares books of 180 and of 360 cities. By hand:
//
//	go run ./booklet/compare --uccn PROGRAM --cities 180,360 --rounds 5
//
// A peer that is not there is left out, and said to be.
package main

import (
	"cmp"
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
)

// A peer makes a book from the files in a folder.
type peer struct {
	name string
	argv []string
	out  string
}

// A run is what one book cost.
type run struct {
	wall, cpu time.Duration
	peak      int64 // kilobytes
	size      int64
}

func main() {
	cities := flag.String("cities", "180,360", "how many cities, with commas between sizes")
	rounds := flag.Int("rounds", 5, "how often each book is made")
	program := flag.String("uccn", "uccn", "the program")
	only := flag.String("only", "", "peers to run, with commas between")
	flag.Parse()
	for size := range strings.SplitSeq(*cities, ",") {
		n, err := strconv.Atoi(size)
		if err == nil {
			err = compare(n, *rounds, *program, *only)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "compare:", err)
			os.Exit(1)
		}
	}
}

func compare(cities, rounds int, program, only string) error {
	dir, err := os.MkdirTemp("", "uccn-compare-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bytes, err := write(dir, cities)
	if err != nil {
		return err
	}
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	fmt.Printf("%d cities, photographs of %.1f MB, %d rounds\n", cities, float64(bytes)/1e6, rounds)
	all := []peer{
		// for the printer, with the photographs as they are, as the peers make it
		{"uccn", []string{program, "booklet", "--print", "--site", dir, "--no-cache", "--quiet", "--output", filepath.Join(dir, "uccn.pdf")}, "uccn.pdf"},
		// for the screen, with photographs of 150 dpi
		{"uccn-screen", []string{program, "booklet", "--site", dir, "--no-cache", "--quiet", "--output", filepath.Join(dir, "screen.pdf")}, "screen.pdf"},
		{"typst", []string{"node", filepath.Join(here, "booklet", "compare", "typst.mjs"), dir}, "typst.pdf"},
		{"weasyprint", []string{"weasyprint", "book.html", "weasyprint.pdf"}, "weasyprint.pdf"},
		{"chromium", []string{"chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=chromium.pdf", "file://" + filepath.Join(dir, "book.html")}, "chromium.pdf"},
	}
	results := map[string][]run{}
	for range rounds { // in turn, so that a busy minute is shared
		for _, p := range all {
			if only != "" && !slices.Contains(strings.Split(only, ","), p.name) {
				continue
			}
			r, err := measure(dir, p)
			if err != nil {
				fmt.Printf("%s left out: %v\n", p.name, err)
				continue
			}
			results[p.name] = append(results[p.name], r)
		}
	}
	report(all, results)
	return nil
}

// measure makes one book. Memory is that of the largest process.
func measure(dir string, p peer) (run, error) {
	cmd := exec.Command(p.argv[0], p.argv[1:]...)
	cmd.Dir = dir
	began := time.Now()
	out, err := cmd.CombinedOutput()
	r := run{wall: time.Since(began)}
	if err != nil {
		if len(out) > 300 {
			out = out[len(out)-300:]
		}
		return r, fmt.Errorf("%w %s", err, out)
	}
	r.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if u, is := cmd.ProcessState.SysUsage().(*syscall.Rusage); is {
		r.peak = u.Maxrss
	}
	info, err := os.Stat(filepath.Join(dir, p.out))
	if err != nil {
		return r, err
	}
	r.size = info.Size()
	return r, nil
}

func report(all []peer, results map[string][]run) {
	base := median(results["uccn"])
	fmt.Println("| | wall s | CPU s | peak MB | file MB | wall | CPU | peak |\n| --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, p := range all {
		if len(results[p.name]) == 0 {
			continue
		}
		r := median(results[p.name])
		fmt.Printf("| %s | %.2f | %.2f | %d | %.1f | %.1f× | %.1f× | %.1f× |\n", p.name, r.wall.Seconds(), r.cpu.Seconds(), r.peak>>10, float64(r.size)/1e6,
			ratio(r.wall.Seconds(), base.wall.Seconds()), ratio(r.cpu.Seconds(), base.cpu.Seconds()), ratio(float64(r.peak), float64(base.peak)))
	}
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// median takes the middle of each measure by itself.
func median(rs []run) run {
	if len(rs) == 0 {
		return run{}
	}
	return run{
		wall: middle(rs, func(r run) time.Duration { return r.wall }),
		cpu:  middle(rs, func(r run) time.Duration { return r.cpu }),
		peak: middle(rs, func(r run) int64 { return r.peak }),
		size: rs[0].size,
	}
}

func middle[T cmp.Ordered](rs []run, of func(run) T) T {
	var out []T
	for _, r := range rs {
		out = append(out, of(r))
	}
	slices.Sort(out)
	return out[len(out)/2]
}
