package vector

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// ParseSVG reads a drawing in the subset of SVG that the project draws in: svg, g,
// path, rect, circle, ellipse, line, polyline, polygon, with fill, stroke,
// stroke-width, fill-rule, stroke-linecap, stroke-linejoin and transform as
// attributes, and title and desc, which are passed over. Anything else that would
// be seen is an error, so that no drawing loses a part unnoticed. Lengths are user
// units; colours are #rgb, #rrggbb, black, white or none.
func ParseSVG(data []byte) (Drawing, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = true
	r := svgReader{stack: []style{{matrix: Identity(), shape: Shape{Fill: &RGB{}, Width: 1}}}}
	for {
		token, err := d.Token()
		if err == io.EOF {
			if !r.begun {
				return Drawing{}, fmt.Errorf("SVG: no svg element")
			}
			return r.out, nil
		}
		if err != nil {
			return Drawing{}, fmt.Errorf("SVG: %w", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "title" || e.Name.Local == "desc" {
				if err := d.Skip(); err != nil {
					return Drawing{}, fmt.Errorf("SVG: %w", err)
				}
				continue
			}
			if err := r.start(e); err != nil {
				line, _ := d.InputPos()
				return Drawing{}, fmt.Errorf("SVG line %d: %w", line, err)
			}
		case xml.EndElement:
			r.stack = r.stack[:len(r.stack)-1]
		case xml.CharData:
			if len(bytes.TrimSpace(e)) > 0 {
				return Drawing{}, fmt.Errorf("SVG: text %q outside of title and desc", bytes.TrimSpace(e))
			}
		}
	}
}

// style is what an element hands on to those inside it.
type style struct {
	matrix Matrix
	shape  Shape // its Path is empty
}

type svgReader struct {
	out   Drawing
	stack []style
	begun bool
}

func (r *svgReader) start(e xml.StartElement) error {
	attr := map[string]string{}
	for _, a := range e.Attr {
		attr[a.Name.Local] = a.Value
	}
	s, err := inherit(r.stack[len(r.stack)-1], attr)
	if err != nil {
		return err
	}
	r.stack = append(r.stack, s)
	if len(r.stack) > 100 {
		return fmt.Errorf("elements are nested more than 100 deep")
	}
	if !r.begun {
		if e.Name.Local != "svg" {
			return fmt.Errorf("the first element is %s, not svg", e.Name.Local)
		}
		r.begun = true
		return r.box(attr)
	}
	if e.Name.Local == "g" {
		return nil
	}
	path, err := outline(e.Name.Local, attr)
	if err != nil {
		return err
	}
	shape := s.shape
	if shape.Fill == nil && shape.Stroke == nil {
		return nil
	}
	shape.Path = path.Transform(s.matrix)
	shape.Width *= s.matrix.scale()
	r.out.Shapes = append(r.out.Shapes, shape)
	return nil
}

// box reads viewBox, or else width and height.
func (r *svgReader) box(attr map[string]string) error {
	if v := attr["viewBox"]; v != "" {
		n, err := list(v)
		if err != nil || len(n) != 4 || n[2] <= 0 || n[3] <= 0 {
			return fmt.Errorf("viewBox %q is not four numbers", v)
		}
		r.out.X, r.out.Y, r.out.W, r.out.H = n[0], n[1], n[2], n[3]
		return nil
	}
	w, err1 := value(attr, "width")
	h, err2 := value(attr, "height")
	if err1 != nil || err2 != nil || w <= 0 || h <= 0 {
		return fmt.Errorf("neither a viewBox nor a width and height in user units")
	}
	r.out.W, r.out.H = w, h
	return nil
}

// outline returns the path of an element.
func outline(name string, attr map[string]string) (Path, error) {
	keys := map[string][]string{
		"rect": {"x", "y", "width", "height", "rx"}, "circle": {"cx", "cy", "r"},
		"ellipse": {"cx", "cy", "rx", "ry"}, "line": {"x1", "y1", "x2", "y2"},
	}[name]
	n := make([]float64, len(keys))
	for i, k := range keys {
		v, err := value(attr, k)
		if err != nil {
			return nil, err
		}
		n[i] = v
	}
	switch name {
	case "path":
		return ParsePath(attr["d"])
	case "rect":
		return rounded(n[0], n[1], n[2], n[3], n[4]), nil
	case "circle":
		return Ellipse(n[0], n[1], n[2], n[2]), nil
	case "ellipse":
		return Ellipse(n[0], n[1], n[2], n[3]), nil
	case "line":
		return Path{move(n[0], n[1]), line(n[2], n[3])}, nil
	case "polyline", "polygon":
		return poly(attr["points"], name == "polygon")
	}
	return nil, fmt.Errorf("element %s cannot be drawn", name)
}

// rounded returns a rectangle with round corners.
func rounded(x, y, w, h, r float64) Path {
	r = math.Min(r, math.Min(w, h)/2)
	if r <= 0 {
		return Rectangle(x, y, w, h)
	}
	p := Path{move(x+r, y), line(x+w-r, y)}
	corner := func(fx, fy, tx, ty float64) {
		p = arc(p, Point{fx, fy}, r, r, 0, false, true, Point{tx, ty})
	}
	corner(x+w-r, y, x+w, y+r)
	p = append(p, line(x+w, y+h-r))
	corner(x+w, y+h-r, x+w-r, y+h)
	p = append(p, line(x+r, y+h))
	corner(x+r, y+h, x, y+h-r)
	p = append(p, line(x, y+r))
	corner(x, y+r, x+r, y)
	return append(p, Segment{Op: Close})
}

func poly(points string, closed bool) (Path, error) {
	n, err := list(points)
	if err != nil || len(n)%2 != 0 {
		return nil, fmt.Errorf("points %q are not pairs of numbers", points)
	}
	var p Path
	for i := 0; i < len(n); i += 2 {
		if i == 0 {
			p = append(p, move(n[0], n[1]))
			continue
		}
		p = append(p, line(n[i], n[i+1]))
	}
	if closed && len(p) > 0 {
		p = append(p, Segment{Op: Close})
	}
	return p, nil
}

// inherit returns the style of an element with these attributes inside another.
func inherit(s style, attr map[string]string) (style, error) {
	for _, banned := range []string{"style", "class", "opacity", "fill-opacity", "stroke-opacity", "clip-path", "mask", "filter", "stroke-dasharray"} {
		if _, found := attr[banned]; found {
			return s, fmt.Errorf("attribute %s is not understood", banned)
		}
	}
	var err error
	if v, found := attr["fill"]; found {
		if s.shape.Fill, err = paint(v); err != nil {
			return s, err
		}
	}
	if v, found := attr["stroke"]; found {
		if s.shape.Stroke, err = paint(v); err != nil {
			return s, err
		}
	}
	if _, found := attr["stroke-width"]; found {
		if s.shape.Width, err = value(attr, "stroke-width"); err != nil {
			return s, err
		}
	}
	if v, found := attr["fill-rule"]; found {
		s.shape.EvenOdd = v == "evenodd"
	}
	if v, found := attr["stroke-linecap"]; found {
		s.shape.Cap = map[string]uint8{"round": 1, "square": 2}[v]
	}
	if v, found := attr["stroke-linejoin"]; found {
		s.shape.Join = map[string]uint8{"round": 1, "bevel": 2}[v]
	}
	if v, found := attr["transform"]; found {
		m, err := transform(v)
		if err != nil {
			return s, err
		}
		s.matrix = s.matrix.Mul(m)
	}
	return s, nil
}

func paint(v string) (*RGB, error) {
	switch v = strings.TrimSpace(v); v {
	case "none":
		return nil, nil
	case "black":
		return &RGB{}, nil
	case "white":
		return &RGB{255, 255, 255}, nil
	}
	hex := strings.TrimPrefix(v, "#")
	n, err := strconv.ParseUint(hex, 16, 32)
	if err == nil && hex != v && len(hex) == 3 {
		return &RGB{uint8((n >> 8) * 17), uint8((n >> 4 & 15) * 17), uint8((n & 15) * 17)}, nil
	}
	if err == nil && hex != v && len(hex) == 6 {
		return &RGB{uint8(n >> 16), uint8(n >> 8), uint8(n)}, nil
	}
	return nil, fmt.Errorf("colour %q is not understood", v)
}

// transform reads a list of translate, scale, rotate and matrix.
func transform(v string) (Matrix, error) {
	m := Identity()
	for {
		v = strings.TrimLeft(v, " ,\t\n")
		if v == "" {
			return m, nil
		}
		name, rest, found := strings.Cut(v, "(")
		args, after, closed := strings.Cut(rest, ")")
		n, err := list(args)
		if !found || !closed || err != nil {
			return m, fmt.Errorf("transform %q is not understood", v)
		}
		v = after
		switch name = strings.TrimSpace(name); {
		case name == "translate" && len(n) == 1:
			m = m.Mul(Matrix{1, 0, 0, 1, n[0], 0})
		case name == "translate" && len(n) == 2:
			m = m.Mul(Matrix{1, 0, 0, 1, n[0], n[1]})
		case name == "scale" && len(n) == 1:
			m = m.Mul(Matrix{n[0], 0, 0, n[0], 0, 0})
		case name == "scale" && len(n) == 2:
			m = m.Mul(Matrix{n[0], 0, 0, n[1], 0, 0})
		case name == "rotate" && (len(n) == 1 || len(n) == 3):
			m = m.Mul(rotation(n))
		case name == "matrix" && len(n) == 6:
			m = m.Mul(Matrix{n[0], n[1], n[2], n[3], n[4], n[5]})
		default:
			return m, fmt.Errorf("transform %s with %d numbers is not understood", name, len(n))
		}
	}
}

// rotation turns by n[0] degrees around (n[1], n[2]) or the origin.
func rotation(n []float64) Matrix {
	sin, cos := math.Sincos(n[0] * math.Pi / 180)
	r := Matrix{cos, sin, -sin, cos, 0, 0}
	if len(n) == 1 {
		return r
	}
	return Matrix{1, 0, 0, 1, n[1], n[2]}.Mul(r).Mul(Matrix{1, 0, 0, 1, -n[1], -n[2]})
}

func list(v string) ([]float64, error) {
	p := pathReader{data: v}
	var out []float64
	for p.more() {
		n, err := p.number()
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	if p.at != len(v) {
		return nil, fmt.Errorf("%q is not a list of numbers", v)
	}
	return out, nil
}

// value reads a number; a missing one is 0.
func value(attr map[string]string, key string) (float64, error) {
	v := strings.TrimSuffix(strings.TrimSpace(attr[key]), "px")
	if v == "" {
		return 0, nil
	}
	n, err := list(v)
	if err != nil || len(n) != 1 {
		return 0, fmt.Errorf("%s %q is not a number", key, attr[key])
	}
	return n[0], nil
}
