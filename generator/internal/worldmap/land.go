package worldmap

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"uccn/generator/internal/memo"
)

//go:generate go run land_gen.go ../../../node_modules/world-atlas/land-50m.json

//go:embed land.bin
var landFile []byte

// An Atlas holds the land of the world. It may be shared: all that changes in
// it is what it remembers of the maps it drew.
type Atlas struct {
	rings func() []ring // read when the first map is drawn
	drawn memo.Table[*Map]
	apart memo.Table[[]Dot]
}

// A ring is a coast: its points, the box around them in degrees, and how high
// its pieces stand.
type ring struct {
	points       []coast
	box          Box
	narrow, wide float64 // the least and the greatest perLon
	pieces       []reach // of stretch points each, the last of what is left
}

// stretch is the number of points of a piece of a ring.
const stretch = 24

// reach is the lowest and the highest y of a piece, with the point before it.
type reach struct{ low, high float64 }

// reaches measures the pieces of a ring.
func reaches(points []coast) []reach {
	var out []reach
	before := points[len(points)-1]
	for piece := range slices.Chunk(points, stretch) {
		r := reach{before.y, before.y}
		for _, c := range piece {
			r.low, r.high = min(r.low, c.y), max(r.high, c.y)
		}
		out, before = append(out, r), piece[len(piece)-1]
	}
	return out
}

// coast is a point of a ring with the two halves of its projection that depend
// on its latitude alone.
type coast struct {
	lon, lat float64 // degrees; lon runs on past ±180 along the ring
	perLon   float64 // plane units per degree of longitude
	y        float64 // plane units
}

// Open returns the land that the binary carries.
func Open() *Atlas { return &Atlas{rings: sync.OnceValue(readRings)} }

// parallel is what a latitude alone decides of a projected point.
type parallel struct{ perLon, y float64 }

func readRings() []ring {
	raw, err := io.ReadAll(flate.NewReader(bytes.NewReader(landFile)))
	if err != nil {
		panic(err) // the file is compiled in
	}
	const perDegree = 25 // as in land_gen.go
	unsigned := func() uint64 {
		v, n := binary.Uvarint(raw)
		raw = raw[n:]
		return v
	}
	signed := func() int64 {
		v, n := binary.Varint(raw)
		raw = raw[n:]
		return v
	}
	var parallels [180*perDegree + 1]parallel // from the south; many points stand on one
	for i := range parallels {
		parallels[i].perLon, parallels[i].y = equalEarth(1, float64(i-90*perDegree)/perDegree)
	}
	rings := make([]ring, unsigned())
	for i := range rings {
		points := make([]coast, unsigned())
		x, y, before := int64(0), int64(0), 0.
		for k := range points {
			x, y = x+signed(), y+signed()
			lon, lat := float64(x)/perDegree, float64(y)/perDegree
			if k > 0 {
				lon = near(lon, before)
			}
			before = lon
			p := parallels[y+90*perDegree]
			points[k] = coast{lon, lat, p.perLon, p.y}
		}
		r := ring{points: points, box: around(points), narrow: points[0].perLon, wide: points[0].perLon, pieces: reaches(points)}
		for _, c := range points {
			r.narrow, r.wide = min(r.narrow, c.perLon), max(r.wide, c.perLon)
		}
		rings[i] = r
	}
	return rings
}

// near returns lon shifted by whole turns to lie within half a turn of before.
func near(lon, before float64) float64 { return lon - 360*math.Round((lon-before)/360) }

func around(points []coast) Box {
	b := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		b.West, b.East = min(b.West, p.lon), max(b.East, p.lon)
		b.South, b.North = min(b.South, p.lat), max(b.North, p.lat)
	}
	return b
}

// Turn begins a new build: maps that two builds did not ask for are forgotten.
func (a *Atlas) Turn() {
	a.drawn.Turn()
	a.apart.Turn()
}

// Verify makes a draw again what it remembers and calls differs for a map that
// came out differently. Call it before the first map is asked for.
func (a *Atlas) Verify(differs func(what string)) {
	a.drawn.Verify = func(old, again *Map) {
		if *old != *again {
			differs("land")
		}
	}
	a.apart.Verify = func(old, again []Dot) {
		if !slices.Equal(old, again) {
			differs("dots")
		}
	}
}

// draw gives the map that engrave makes, remembered by all that it is made of.
func (a *Atlas) draw(p projection, w, h, step float64) *Map {
	k := memo.NewKey("map", 1).Float(p.centre).Float(p.scale).Float(p.x).Float(p.y).Float(w).Float(h).Float(step).Key()
	return a.drawn.Get(k, func() *Map { return a.engrave(p, w, h, step) })
}

// engrave draws the land that p shows within a frame of w × h: horizontal lines
// step units apart.
func (a *Atlas) engrave(p projection, w, h, step float64) *Map {
	e := engraver{w: w, step: step, rows: make([][]float64, int(math.Ceil((h-step/2)/step)))}
	for _, r := range a.rings() {
		first := p.centre + 360*math.Round(((r.box.West+r.box.East)/2-p.centre)/360)
		for _, turn := range [3]float64{first - 360, first, first + 360} {
			if r.box.West-turn > 180 || r.box.East-turn < -180 || p.beside(r, turn, w) {
				continue
			}
			e.ring(r, turn, p)
		}
	}
	return &Map{Width: w, Height: h, Land: e.path(), proj: p}
}

// beside reports whether all of r, seen from the meridian turn, is to the left
// or to the right of a map w units wide: there it crosses the map's lines an even
// number of times, all outside.
func (p projection) beside(r ring, turn, w float64) bool {
	west, east := max(-180, r.box.West-turn)*p.scale, min(180, r.box.East-turn)*p.scale
	return p.x+max(east*r.wide, east*r.narrow) < 0 || p.x+min(west*r.wide, west*r.narrow) > w
}

// An engraver collects where coasts cross the lines of a map.
type engraver struct {
	w, step float64
	rows    [][]float64 // the crossings of each line
}

// ring adds a coast seen from the meridian turn; what lies beyond half a turn
// on either side is pressed to the edge of the world. Pieces that stand above or
// below the map cross none of its lines.
func (e *engraver) ring(r ring, turn float64, p projection) {
	place := func(c coast) (float64, float64) {
		l := max(-180, min(180, c.lon-turn))
		return p.x + l*c.perLon*p.scale, p.y - c.y*p.scale
	}
	top, bottom := p.y/p.scale, (p.y-float64(len(e.rows)+1)*e.step)/p.scale
	for i, piece := range r.pieces {
		if piece.low > top || piece.high < bottom {
			continue
		}
		from := i * stretch
		ax, ay := place(r.points[(from+len(r.points)-1)%len(r.points)])
		for _, c := range r.points[from:min(from+stretch, len(r.points))] {
			bx, by := place(c)
			e.edge(ax, ay, bx, by)
			ax, ay = bx, by
		}
	}
}

// edge notes every line between the two ends, upper end included.
func (e *engraver) edge(ax, ay, bx, by float64) {
	top, bottom := min(ay, by), max(ay, by)
	if bottom <= e.step/2 {
		return
	}
	i := max(0, int(math.Ceil((top-e.step/2)/e.step)))
	for ; i < len(e.rows); i++ {
		y := e.step/2 + float64(i)*e.step
		if y >= bottom {
			return
		}
		e.rows[i] = append(e.rows[i], ax+(y-ay)/(by-ay)*(bx-ax))
	}
}

// path writes the lines: one M for each row with land, then h over land and m
// over water. Gaps too thin to print are bridged, specks left out.
func (e *engraver) path() string {
	var b strings.Builder
	for i, xs := range e.rows {
		slices.Sort(xs)
		at, started := 0, false
		for _, s := range e.spans(xs) {
			from, to := int(math.Round(s[0])), int(math.Round(s[1]))
			if s[1]-s[0] < 1.5 || from == to {
				continue
			}
			if started {
				b.WriteString("m" + strconv.Itoa(from-at) + " 0")
			} else {
				y := math.Round((e.step/2+float64(i)*e.step)*10) / 10
				b.WriteString("M" + strconv.Itoa(from) + " " + strconv.FormatFloat(y, 'f', -1, 64))
				started = true
			}
			b.WriteString("h" + strconv.Itoa(to-from))
			at = to
		}
	}
	return b.String()
}

// spans pairs the sorted crossings of a row, cut at the frame.
func (e *engraver) spans(xs []float64) [][2]float64 {
	var out [][2]float64
	for i := 0; i+1 < len(xs); i += 2 {
		from, to := max(xs[i], 0), min(xs[i+1], e.w)
		switch {
		case to <= from:
		case len(out) > 0 && from-out[len(out)-1][1] < e.step*.45:
			out[len(out)-1][1] = to
		default:
			out = append(out, [2]float64{from, to})
		}
	}
	return out
}
