package main

import (
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A quality is how large a program's files are, and how near the luma of those of one
// photograph comes to an exact resize of it: means over its variants that show all of
// the picture.
type quality struct {
	bytes      int64
	psnr, ssim float64 // dB; 0 to 1
}

func (c *comparison) quality(name string, variants []variant) (quality, error) {
	var q quality
	n := 0.0
	original, err := read(filepath.Join(c.dir, "photos", variants[0].photo+".jpg"))
	if err != nil {
		return q, err
	}
	for _, v := range variants {
		file := v.file
		if name != "uccn" {
			file = filepath.Join(c.out(name), v.name())
		}
		info, err := os.Stat(file)
		if err != nil {
			return q, err
		}
		q.bytes += info.Size()
		if v.photo != variants[0].photo || v.w*original.h != v.h*original.w {
			continue
		}
		got, err := c.decode(file)
		if err != nil {
			return q, err
		}
		if got.w != v.w || got.h != v.h {
			return q, fmt.Errorf("%s: %d × %d, want %d × %d", file, got.w, got.h, v.w, v.h)
		}
		want := original.resize(v.w, v.h)
		q.psnr += psnr(got, want)
		q.ssim += ssim(got, want)
		n++
	}
	q.psnr, q.ssim = q.psnr/n, q.ssim/n
	return q, nil
}

// decode reads a variant; WebP files are unpacked by sharp, everybody's alike.
func (c *comparison) decode(file string) (plane, error) {
	if filepath.Ext(file) == ".jpg" {
		return read(file)
	}
	to := filepath.Join(c.dir, "decoded.png")
	script := fmt.Sprintf("require(%q)(%q).png().toFile(%q)", filepath.Join(absolute(c.sharp), "node_modules", "sharp"), file, to)
	if out, err := exec.Command("node", "-e", script).CombinedOutput(); err != nil {
		return plane{}, fmt.Errorf("unpack %s: %w %.400s", file, err, out)
	}
	return read(to)
}

// A plane is the luma of a picture.
type plane struct {
	w, h int
	v    []float64
}

func read(name string) (plane, error) {
	f, err := os.Open(name)
	if err != nil {
		return plane{}, err
	}
	defer f.Close()
	decode := jpeg.Decode
	if strings.HasSuffix(name, ".png") {
		decode = png.Decode
	}
	m, err := decode(f)
	if err != nil {
		return plane{}, fmt.Errorf("%s: %w", name, err)
	}
	p := plane{m.Bounds().Dx(), m.Bounds().Dy(), nil}
	p.v = make([]float64, 0, p.w*p.h)
	for y := range p.h {
		for x := range p.w {
			if photo, ok := m.(*image.YCbCr); ok {
				p.v = append(p.v, float64(photo.Y[photo.YOffset(x, y)]))
				continue
			}
			c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
			p.v = append(p.v, 0.299*float64(c.R)+0.587*float64(c.G)+0.114*float64(c.B))
		}
	}
	return p, nil
}

// resize is the exact Lanczos3, in floating point and from the original.
func (p plane) resize(w, h int) plane {
	return p.across(w).turn().across(h).turn()
}

func (p plane) across(w int) plane {
	out := plane{w, p.h, make([]float64, w*p.h)}
	scale := float64(p.w) / float64(w)
	for x := range w {
		centre := (float64(x) + 0.5) * scale
		lo, hi := max(0, int(centre-3*scale)), min(p.w, int(centre+3*scale)+2)
		weights, sum := make([]float64, hi-lo), 0.0
		for i := range weights {
			weights[i] = lanczos((float64(lo+i) + 0.5 - centre) / scale)
			sum += weights[i]
		}
		for y := range p.h {
			v := 0.0
			for i, g := range weights {
				v += g * p.v[y*p.w+lo+i]
			}
			out.v[y*w+x] = v / sum
		}
	}
	return out
}

func (p plane) turn() plane {
	out := plane{p.h, p.w, make([]float64, len(p.v))}
	for y := range p.h {
		for x := range p.w {
			out.v[x*p.h+y] = p.v[y*p.w+x]
		}
	}
	return out
}

func lanczos(x float64) float64 {
	if x = math.Abs(x); x >= 3 {
		return 0
	}
	if x == 0 {
		return 1
	}
	x *= math.Pi
	return 3 * math.Sin(x) * math.Sin(x/3) / (x * x)
}

func psnr(a, b plane) float64 {
	sum := 0.0
	for i := range a.v {
		d := a.v[i] - max(0, min(255, b.v[i]))
		sum += d * d
	}
	return 10 * math.Log10(255*255*float64(len(a.v))/sum)
}

// ssim is the structural similarity of Wang and others (2004), by blocks of 8 × 8.
func ssim(a, b plane) float64 {
	const side, c1, c2 = 8, 6.5025, 58.5225
	sum, n := 0.0, 0.0
	for y := 0; y+side <= a.h; y += side {
		for x := 0; x+side <= a.w; x += side {
			var ma, mb, aa, bb, ab float64
			for j := range side {
				for i := range side {
					p, q := a.v[(y+j)*a.w+x+i], b.v[(y+j)*b.w+x+i]
					ma, mb, aa, bb, ab = ma+p, mb+q, aa+p*p, bb+q*q, ab+p*q
				}
			}
			const of = side * side
			ma, mb = ma/of, mb/of
			va, vb, vab := aa/of-ma*ma, bb/of-mb*mb, ab/of-ma*mb
			sum += (2*ma*mb + c1) * (2*vab + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			n++
		}
	}
	return sum / n
}
