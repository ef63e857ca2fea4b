//go:build ignore

// This program makes land.bin from the land layer of Natural Earth at 1:50
// million as npm package world-atlas 2.0.2 carries it (land-50m.json, TopoJSON,
// public domain):
//
//	go run land_gen.go PATH/world-atlas/land-50m.json
//
// Rings are thinned by Visvalingam and Whyatt's method, rounded to a twenty-fifth
// of a degree, stored as differences and deflated. Antarctica is left out: the
// maps end at 56° south.
package main

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
)

const (
	perDegree = 25   // steps of a degree
	thinning  = .002 // smallest triangle kept, square degrees on the globe
	smallest  = .003 // smallest island kept, square degrees on the globe
)

type point struct{ lon, lat float64 }

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	rings, err := decode(data)
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	var raw []byte
	kept, points := 0, 0
	for _, r := range rings {
		r = thin(r)
		if len(r) < 4 || area(r) < smallest || southernmost(r) < -60 {
			continue
		}
		if b, n := encode(r); n >= 4 {
			raw = append(raw, b...)
			kept++
			points += n
		}
	}
	raw = append(binary.AppendUvarint(nil, uint64(kept)), raw...)
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	fmt.Printf("%d rings, %d points, %d bytes, %d deflated\n", kept, points, len(raw), out.Len())
	return os.WriteFile("land.bin", out.Bytes(), 0o644)
}

// decode reads the rings of the object "land" of a TopoJSON topology.
func decode(data []byte) ([][]point, error) {
	var t struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]float64
		Objects   struct {
			Land struct {
				Geometries []struct{ Arcs [][][]int }
			}
		}
	}
	if err := json.Unmarshal(data, &t); err != nil {
		return nil, err
	}
	arcs := make([][]point, len(t.Arcs))
	for i, a := range t.Arcs {
		x, y := 0., 0.
		for _, d := range a {
			x, y = x+d[0], y+d[1]
			arcs[i] = append(arcs[i], point{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]})
		}
	}
	var rings [][]point
	for _, g := range t.Objects.Land.Geometries {
		for _, polygon := range g.Arcs {
			for _, indexes := range polygon {
				rings = append(rings, join(arcs, indexes))
			}
		}
	}
	return rings, nil
}

// join strings arcs together to an open ring; a negative index is an arc
// walked backwards.
func join(arcs [][]point, indexes []int) []point {
	var ring []point
	for _, i := range indexes {
		var part []point
		if i >= 0 {
			part = append(part, arcs[i]...)
		} else {
			for k := len(arcs[^i]) - 1; k >= 0; k-- {
				part = append(part, arcs[^i][k])
			}
		}
		if len(ring) > 0 {
			part = part[1:]
		}
		ring = append(ring, part...)
	}
	return ring[:len(ring)-1]
}

func triangle(a, b, c point) float64 {
	k := math.Cos(b.lat * math.Pi / 180)
	return math.Abs((b.lon-a.lon)*(c.lat-a.lat)-(c.lon-a.lon)*(b.lat-a.lat)) / 2 * k
}

func area(r []point) float64 {
	sum, lat := 0., 0.
	for i, p := range r {
		q := r[(i+1)%len(r)]
		sum += p.lon*q.lat - q.lon*p.lat
		lat += p.lat
	}
	return math.Abs(sum) / 2 * math.Cos(lat/float64(len(r))*math.Pi/180)
}

func southernmost(r []point) float64 {
	lat := 90.
	for _, p := range r {
		lat = math.Min(lat, p.lat)
	}
	return lat
}

// thin takes away the point with the smallest triangle until none is smaller
// than thinning. An island keeps four points.
func thin(r []point) []point {
	for len(r) > 4 {
		best, at := thinning, -1
		for i, p := range r {
			if t := triangle(r[(i+len(r)-1)%len(r)], p, r[(i+1)%len(r)]); t < best {
				best, at = t, i
			}
		}
		if at < 0 {
			break
		}
		r = append(r[:at:at], r[at+1:]...)
	}
	return r
}

// encode writes the number of points and their differences in zigzag varints.
func encode(r []point) ([]byte, int) {
	var body []byte
	n, px, py := 0, int64(0), int64(0)
	for i, p := range r {
		x, y := int64(math.Round(p.lon*perDegree)), int64(math.Round(p.lat*perDegree))
		if i > 0 && x == px && y == py {
			continue
		}
		body = binary.AppendVarint(body, x-px)
		body = binary.AppendVarint(body, y-py)
		px, py = x, y
		n++
	}
	return append(binary.AppendUvarint(nil, uint64(n)), body...), n
}
