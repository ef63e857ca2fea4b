// Package ink is what outputs on paper share beyond the typesetter: the print
// fonts of a site, and the network's plates, marks and codes as drawings. It
// knows no page.
package ink

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/qr"
	"uccn/generator/internal/render"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/typeset/font"
	"uccn/themes"
)

// A Case holds the print fonts of a site, as they were read.
type Case struct {
	Key  memo.Key // of all their bytes
	fsys fs.FS
	more map[string][]byte
}

// opened is what Open found.
type opened struct {
	fonts    *Case
	problems diag.List
	err      error
}

// Open reads the fonts of the site's theme and those that site.yaml names, once
// in a build. A font that cannot be read is a problem of site.yaml.
func Open(in *render.Input) (*Case, diag.List, error) {
	if in.Shared == nil {
		return open(in)
	}
	o := in.Shared.Get(memo.NewKey("print fonts of a build", 1).Key(), func() any {
		c, dl, err := open(in)
		return opened{c, dl, err}
	}).(opened)
	return o.fonts, o.problems, o.err
}

func open(in *render.Input) (*Case, diag.List, error) {
	var dl diag.List
	own, err := fs.Sub(in.Root, path.Join("themes", in.Site.Theme))
	if err != nil {
		return nil, nil, fmt.Errorf("theme: %w", err)
	}
	c := &Case{fsys: theme.Overlay(own, themes.Default()), more: map[string][]byte{}}
	k := memo.NewKey("print fonts", 1)
	entries, err := fs.ReadDir(c.fsys, "fonts")
	if err != nil {
		return nil, nil, fmt.Errorf("read fonts: %w", err)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(c.fsys, path.Join("fonts", e.Name()))
		if err != nil {
			return nil, nil, fmt.Errorf("read fonts: %w", err)
		}
		k.Text(e.Name()).Bytes(data)
	}
	for _, name := range slices.Sorted(slices.Values(in.Site.Fonts)) {
		data, err := fs.ReadFile(in.Root, name)
		if err != nil {
			dl.Errorf(diag.Pos{Path: config.File}, "missing-file", "the font %q cannot be read", name).Hint = "correct the path, which begins in the site's folder"
			continue
		}
		c.more[path.Base(name)] = data
		k.Text(name).Bytes(data)
	}
	c.Key = k.Key()
	return c, dl, nil
}

// Fonts returns the fonts by their role.
func (c *Case) Fonts() (font.Set, error) { return font.Load(c.fsys, "fonts", c.more) }

// RightToLeft says whether a language is written from right to left.
func RightToLeft(lang string) bool {
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "ar", "he", "fa", "ur", "ps", "dv", "yi", "ckb", "sd", "ug":
		return true
	}
	return false
}

// Palette returns the colours of a field; a field without a colour of its own
// has grey ones.
func Palette(colour string) plate.Palette {
	p, err := plate.NewPalette(colour)
	if err != nil {
		p, _ = plate.NewPalette("#555b63")
	}
	return p
}

// Plate returns a plate as a drawing, cut to the shape of a frame: what is too
// wide or too high is left out evenly on both sides.
func Plate(s plate.Subject, w, h pdf.Length) vector.Drawing {
	d := vector.Drawing{W: plate.Width, H: plate.Height}
	if int64(w)*plate.Height > int64(h)*plate.Width {
		d.H = plate.Width * float64(h) / float64(w)
		d.Y = (plate.Height - d.H) / 2
	} else {
		d.W = plate.Height * float64(w) / float64(h)
		d.X = (plate.Width - d.W) / 2
	}
	for _, sh := range plate.Draw(s) {
		v := vector.Shape{Path: outline(sh.Path)}
		if sh.Stroke != "" {
			v.Stroke, v.Width = rgb(sh.Stroke), sh.Weight
		} else {
			v.Fill = rgb(sh.Fill)
		}
		d.Shapes = append(d.Shapes, v)
	}
	return d
}

// An Album remembers plates as drawings. Its zero value is ready, and nil
// remembers nothing. The drawings are shared and must not be changed.
type Album struct {
	drawn memo.Map[framed, vector.Drawing]
}

// framed is a plate in a frame.
type framed struct {
	plate.Subject
	w, h pdf.Length
}

// Plate is the function Plate.
func (a *Album) Plate(s plate.Subject, w, h pdf.Length) vector.Drawing {
	if a == nil {
		return Plate(s, w, h)
	}
	return a.drawn.Get(framed{s, w, h}, func() vector.Drawing { return Plate(s, w, h) })
}

// Turn begins a new build: plates that two builds did not ask for are forgotten.
func (a *Album) Turn() { a.drawn.Turn() }

// Mark returns the sign of a field in a colour.
func Mark(pattern, colour string) vector.Drawing {
	return vector.Drawing{W: plate.MarkSize, H: plate.MarkSize, Shapes: []vector.Shape{{Path: outline(plate.Mark(pattern)), Fill: rgb(colour)}}}
}

// Code returns the QR code of an address, black on white with its quiet border.
// The error says that the address is too long.
func Code(address string) (vector.Drawing, error) {
	c, err := qr.Encode(address)
	if err != nil {
		return vector.Drawing{}, err
	}
	n := float64(c.Size)
	return vector.Drawing{W: n, H: n, Shapes: []vector.Shape{
		{Path: vector.Rectangle(0, 0, n, n), Fill: rgb("#fff")},
		{Path: outline(c.Path), Fill: rgb("#000")},
	}}, nil
}

// rgb reads a colour that our own engines write.
func rgb(hex string) *vector.RGB {
	c := vector.RGB(pdf.Hex(hex))
	return &c
}

// outline reads path data that our own engines write.
func outline(data string) vector.Path {
	p, err := vector.ParsePath(data)
	if err != nil {
		panic("path of a drawing of ours: " + err.Error())
	}
	return p
}
