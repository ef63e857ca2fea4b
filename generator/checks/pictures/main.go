// Pictures makes the same variants of the same invented photographs with uccn,
// sharp and Hugo, and prints processor time, wall time, memory, bytes and how near
// each comes to an exact resize, medians of several rounds taken in turn:
//
//	npm install --prefix /tmp/sharp sharp
//	go build -o /tmp/uccn ../.. && go run . -uccn /tmp/uccn -hugo hugo -sharp /tmp/sharp
//
// uccn builds a site of as many cities, and what the same site costs without
// photographs is taken off. The others make what uccn made: the same sizes, crops,
// forms and qualities. A peer that is not there is left out, and said to be.
package main

import (
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/jpeg"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	var c comparison
	flag.StringVar(&c.uccn, "uccn", "uccn", "the program")
	flag.StringVar(&c.hugo, "hugo", "hugo", "Hugo, the extended edition")
	flag.StringVar(&c.sharp, "sharp", "", "folder whose node_modules holds sharp")
	flag.IntVar(&c.photos, "photos", 8, "how many photographs of 12 million pixels")
	flag.IntVar(&c.rounds, "rounds", 3, "how often each is run")
	flag.Parse()
	dir, err := os.MkdirTemp("", "uccn-pictures-")
	if err == nil {
		c.dir = dir
		err = errors.Join(c.run(), os.RemoveAll(dir))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

type comparison struct {
	uccn, hugo, sharp string
	photos, rounds    int
	dir               string
}

// A variant is one file that uccn made of a photograph.
type variant struct {
	photo string // without its ending
	form  string // webp or jpg
	w, h  int
	q     int    // its quality, as encoders count it
	file  string // uccn's
}

// A cost is what one run of a program took.
type cost struct {
	cpu, wall time.Duration
	peak      int64 // kilobytes
}

func (c *comparison) run() error {
	if err := c.write(); err != nil {
		return err
	}
	empty, full := filepath.Join(c.dir, "empty"), filepath.Join(c.dir, "site")
	if _, err := c.build(full); err != nil {
		return err
	}
	variants, err := c.variants(full)
	if err != nil {
		return err
	}
	if err := errors.Join(c.writeSharp(variants), c.writeHugo(variants)); err != nil {
		return err
	}
	fmt.Printf("%d photographs of 4000 × 3000, %d variants, %d rounds\n", c.photos, len(variants), c.rounds)
	names := []string{"uccn", "sharp effort 4", "sharp effort 2", "Hugo"}
	costs, failed := map[string][]cost{}, map[string]error{}
	for range c.rounds { // in turn, so that a busy minute is shared
		for _, name := range names {
			if failed[name] != nil {
				continue
			}
			one, err := c.once(name, empty, full)
			if failed[name] = err; err == nil {
				costs[name] = append(costs[name], one)
			}
		}
	}
	fmt.Printf("%-16s %8s %8s %8s %10s %10s %8s\n", "", "CPU s", "wall s", "MB", "bytes", "PSNR dB", "SSIM")
	for _, name := range names {
		if failed[name] != nil {
			fmt.Printf("%-16s left out: %v\n", name, failed[name])
			continue
		}
		q, err := c.quality(name, variants)
		if err != nil {
			return err
		}
		m := median(costs[name])
		fmt.Printf("%-16s %8.2f %8.2f %8d %10d %10.2f %8.4f\n", name, m.cpu.Seconds(), m.wall.Seconds(), m.peak>>10, q.bytes, q.psnr, q.ssim)
	}
	return nil
}

// once runs a program once.
func (c *comparison) once(name, empty, full string) (cost, error) {
	if strings.HasPrefix(name, "sharp") {
		if c.sharp == "" {
			return cost{}, errors.New("-sharp is not given")
		}
		return measure(c.dir, "node", "sharp.mjs", c.out(name), name[len(name)-1:])
	}
	if name == "Hugo" {
		if err := errors.Join(os.RemoveAll(c.out(name)), os.RemoveAll(filepath.Join(c.dir, "hugo", "resources"))); err != nil {
			return cost{}, err
		}
		return measure(filepath.Join(c.dir, "hugo"), c.hugo, "--quiet", "--destination", c.out(name))
	}
	without, err := c.build(empty)
	if err != nil {
		return cost{}, err
	}
	with, err := c.build(full)
	return cost{with.cpu - without.cpu, with.wall - without.wall, with.peak}, err
}

// out is the folder for what a program makes.
func (c *comparison) out(name string) string {
	return filepath.Join(c.dir, "out-"+strings.ReplaceAll(name, " ", "-"))
}

// build builds a site with nothing remembered.
func (c *comparison) build(site string) (cost, error) {
	for _, made := range []string{"public", ".uccn"} {
		if err := os.RemoveAll(filepath.Join(site, made)); err != nil {
			return cost{}, err
		}
	}
	return measure(site, c.uccn, "build", "--only", "site", "--quiet")
}

func measure(dir, name string, args ...string) (cost, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	began := time.Now()
	out, err := cmd.CombinedOutput()
	took := time.Since(began)
	if err != nil {
		return cost{}, fmt.Errorf("%s: %w %.400s", name, err, out)
	}
	s := cmd.ProcessState
	return cost{s.UserTime() + s.SystemTime(), took, s.SysUsage().(*syscall.Rusage).Maxrss}, nil
}

func median(costs []cost) cost {
	middle := func(of func(cost) int64) int64 {
		var all []int64
		for _, c := range costs {
			all = append(all, of(c))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	return cost{
		time.Duration(middle(func(c cost) int64 { return int64(c.cpu) })),
		time.Duration(middle(func(c cost) int64 { return int64(c.wall) })),
		middle(func(c cost) int64 { return c.peak }),
	}
}

// variants lists the photographs' files in a finished site, largest first.
func (c *comparison) variants(site string) ([]variant, error) {
	var out []variant
	media := filepath.Join(site, "public", "media")
	err := filepath.WalkDir(media, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _, _ := strings.Cut(filepath.Base(p), ".")
		v := variant{photo: name, form: strings.TrimPrefix(filepath.Ext(p), "."), q: 75, file: p}
		if strings.HasSuffix(p, "-card.jpg") {
			v.q = 80
		}
		if v.w, v.h, err = size(p); err != nil {
			return err
		}
		if v.w == 4000 {
			return nil // the copy to take away, whose pixels are those of the photograph
		}
		if slices.ContainsFunc(out, func(o variant) bool { return o.photo == v.photo && o.form == v.form && o.w == v.w && o.h == v.h }) {
			return nil // as when a copy to take away has the size of another file
		}
		out = append(out, v)
		return nil
	})
	slices.SortFunc(out, func(a, b variant) int {
		return 100_000*strings.Compare(a.photo, b.photo) + b.w - a.w + strings.Compare(a.form, b.form)
	})
	return out, err
}

// size reads the size of a JPEG or of a simple WebP file.
func size(name string) (w, h int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	if filepath.Ext(name) == ".jpg" {
		config, err := jpeg.DecodeConfig(f)
		return config.Width, config.Height, err
	}
	var head [30]byte
	if _, err := f.Read(head[:]); err != nil || string(head[12:16]) != "VP8 " {
		return 0, 0, fmt.Errorf("%s is no simple WebP file (%v)", name, err)
	}
	le := binary.LittleEndian
	return int(le.Uint16(head[26:]) & 0x3fff), int(le.Uint16(head[28:]) & 0x3fff), nil
}

// name is what a variant is called in the folders of the peers.
func (v variant) name() string { return fmt.Sprintf("%s-%dx%d.%s", v.photo, v.w, v.h, v.form) }

// photo draws what a photograph has: soft areas, edges of every direction, fine
// texture and grain; each number another.
func photo(n, w, h int) *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	seed := uint32(n)*2654435761 + 7
	waves := waves{float64(n)*0.7 + 1}
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			m.Y[y*m.YStride+x] = waves.luma(float64(x)/float64(w), float64(y)/float64(h), float64(seed>>24)/255-0.5)
		}
	}
	for y := range (h + 1) / 2 {
		for x := range (w + 1) / 2 {
			m.Cb[y*m.CStride+x], m.Cr[y*m.CStride+x] = waves.chroma(2*float64(x)/float64(w), 2*float64(y)/float64(h))
		}
	}
	return m
}
