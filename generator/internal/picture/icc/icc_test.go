package icc

import (
	"encoding/binary"
	"errors"
	"math"
	"testing"
)

// profile puts tags together into an ICC profile.
func profile(space, pcs string, tags map[string][]byte, order ...string) []byte {
	b := make([]byte, 128)
	copy(b[16:], space)
	copy(b[20:], pcs)
	copy(b[36:], "acsp")
	b = binary.BigEndian.AppendUint32(b, uint32(len(order)))
	at := len(b) + 12*len(order)
	var body []byte
	for _, name := range order {
		b = append(b, name...)
		b = binary.BigEndian.AppendUint32(b, uint32(at+len(body)))
		b = binary.BigEndian.AppendUint32(b, uint32(len(tags[name])))
		body = append(body, tags[name]...)
	}
	return append(b, body...)
}

func s15(b []byte, values ...float64) []byte {
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}

func xyz(v [3]float64) []byte { return s15([]byte("XYZ \x00\x00\x00\x00"), v[:]...) }

// lights makes a matrix profile of three columns (under D50) and a curve.
func lights(r, g, b [3]float64, curve []byte) []byte {
	return profile("RGB ", "XYZ ", map[string][]byte{
		"rXYZ": xyz(r), "gXYZ": xyz(g), "bXYZ": xyz(b), "rTRC": curve, "gTRC": curve, "bTRC": curve,
	}, "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC")
}

// srgbCurve is sRGB's curve as a parametric curve of type 3.
func srgbCurve() []byte {
	return s15([]byte("para\x00\x00\x00\x00\x00\x03\x00\x00"), 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)
}

func gamma(g float64) []byte {
	b := []byte("curv\x00\x00\x00\x00\x00\x00\x00\x01")
	return binary.BigEndian.AppendUint16(b, uint16(math.Round(g*256)))
}

// The columns are those of the profiles that Apple and Adobe publish.
func p3() []byte {
	return lights([3]float64{0.51512, 0.24120, -0.00105}, [3]float64{0.29198, 0.69225, 0.04189}, [3]float64{0.15710, 0.06657, 0.78407}, srgbCurve())
}

func adobeRGB() []byte {
	return lights([3]float64{0.60974, 0.31111, 0.01947}, [3]float64{0.20528, 0.62567, 0.06087}, [3]float64{0.14919, 0.06322, 0.74457}, gamma(2.19921875))
}

func sRGB() []byte {
	return lights([3]float64{0.43607, 0.22249, 0.01392}, [3]float64{0.38515, 0.71687, 0.09708}, [3]float64{0.14307, 0.06061, 0.71410}, srgbCurve())
}

// throughD65 converts with the matrices of CSS Color 4, on another way than the
// package's: linear light, XYZ under D65, linear sRGB.
func throughD65(toXYZ [9]float64, decode func(float64) float64, c [3]uint8) (out [3]float64) {
	fromXYZ := [9]float64{
		3.2409699419, -1.5373831776, -0.4986107603,
		-0.9692436363, 1.8759675015, 0.0415550574,
		0.0556300797, -0.2039769589, 1.0569715142,
	}
	var light, x [3]float64
	for i := range light {
		light[i] = decode(float64(c[i]) / 255)
	}
	for i := range x {
		x[i] = toXYZ[3*i]*light[0] + toXYZ[3*i+1]*light[1] + toXYZ[3*i+2]*light[2]
	}
	for i := range out {
		v := fromXYZ[3*i]*x[0] + fromXYZ[3*i+1]*x[1] + fromXYZ[3*i+2]*x[2]
		if v > 0.0031308 {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		} else {
			v *= 12.92
		}
		out[i] = 255 * max(0, min(1, v))
	}
	return out
}

func TestLights(t *testing.T) {
	for _, c := range []struct {
		name    string
		profile []byte
		toXYZ   [9]float64
		decode  func(float64) float64
	}{
		{"Display P3", p3(), [9]float64{
			0.4865709486, 0.2656676932, 0.1982172852,
			0.2289745641, 0.6917385218, 0.0792869141,
			0, 0.0451133819, 1.0439443689,
		}, func(v float64) float64 {
			if v <= 0.04045 {
				return v / 12.92
			}
			return math.Pow((v+0.055)/1.055, 2.4)
		}},
		{"Adobe RGB", adobeRGB(), [9]float64{
			0.5766690429, 0.1855582379, 0.1882286462,
			0.2973449753, 0.6273635663, 0.0752914585,
			0.0270313614, 0.0706888525, 0.9913375368,
		}, func(v float64) float64 { return math.Pow(v, 2.19921875) }},
	} {
		tr, err := New(c.profile)
		if err != nil {
			t.Fatal(err)
		}
		if tr.Identity() || tr.Inks() {
			t.Errorf("%s: identity %v, inks %v", c.name, tr.Identity(), tr.Inks())
		}
		for r := 0; r < 256; r += 15 {
			for g := 0; g < 256; g += 15 {
				for b := 0; b < 256; b += 15 {
					in := [3]uint8{uint8(r), uint8(g), uint8(b)}
					x, y, z := tr.RGB(in[0], in[1], in[2])
					want := throughD65(c.toXYZ, c.decode, in)
					for i, got := range [3]uint8{x, y, z} {
						if math.Abs(float64(got)-want[i]) > 1.6 {
							t.Fatalf("%s: %v gives %v, want %v", c.name, in, [3]uint8{x, y, z}, want)
						}
					}
				}
			}
		}
	}
}

func TestSRGBIsIdentity(t *testing.T) {
	tr, err := New(sRGB())
	if err != nil || !tr.Identity() {
		t.Errorf("identity: %v, %v", tr.Identity(), err)
	}
}

func TestCurves(t *testing.T) {
	table := binary.BigEndian.AppendUint16([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x03"), 0)
	table = binary.BigEndian.AppendUint16(table, 16384)
	table = binary.BigEndian.AppendUint16(table, 65535)
	para := func(kind byte, p ...float64) []byte {
		return s15([]byte{'p', 'a', 'r', 'a', 0, 0, 0, 0, 0, kind, 0, 0}, p...)
	}
	for _, c := range []struct {
		name    string
		curve   []byte
		x, want float64
	}{
		{"none", []byte("curv\x00\x00\x00\x00\x00\x00\x00\x00"), 0.3, 0.3},
		{"gamma", gamma(2), 0.5, 0.25},
		{"table at a point", table, 0.5, 0.25},
		{"table between", table, 0.75, 0.625},
		{"table's end", table, 1, 1},
		{"type 0", para(0, 2), 0.5, 0.25},
		{"type 1 above", para(1, 2, 1, -0.25), 0.75, 0.25},
		{"type 1 below", para(1, 2, 1, -0.25), 0.2, 0},
		{"type 2 above", para(2, 2, 1, -0.25, 0.125), 0.75, 0.375},
		{"type 2 below", para(2, 2, 1, -0.25, 0.125), 0.2, 0.125},
		{"type 3 below", para(3, 2, 1, 0, 0.5, 0.25), 0.2, 0.1},
		{"type 4 above", para(4, 2, 1, 0, 0.5, 0.25, 0.125, 0.0625), 0.5, 0.375},
		{"type 4 below", para(4, 2, 1, 0, 0.5, 0.25, 0.125, 0.0625), 0.125, 0.125},
	} {
		f, err := readCurve(c.curve)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := f(c.x); math.Abs(got-c.want) > 1e-4 {
			t.Errorf("%s: %v at %v, want %v", c.name, got, c.x, c.want)
		}
	}
}

// inkTable is a profile of inks in which each ink takes a part of L, and cyan and
// magenta turn the hue; grid points are at 0 and full only.
func inkTable(kind string) []byte {
	wide := kind == "mft2"
	b := append([]byte(kind), 0, 0, 0, 0, 4, 3, 2, 0)
	b = append(b, make([]byte, 36)...)
	put := func(v float64) { // 0 to 1, in the encoding of the kind
		if wide {
			b = binary.BigEndian.AppendUint16(b, uint16(math.Round(v*65535)))
		} else {
			b = append(b, uint8(math.Round(v*255)))
		}
	}
	entries := 256
	if wide {
		entries = 2
		b = append(b, 0, 2, 0, 2)
	}
	straight := func(n int) {
		for range n {
			for i := range entries {
				put(float64(i) / float64(entries-1))
			}
		}
	}
	straight(4)
	whole := 1.0
	if wide {
		whole = 65280.0 / 65535
	}
	for node := range 16 {
		c, m, k := float64(node>>3&1), float64(node>>2&1), float64(node&1)
		put((1 - 0.5*k - 0.2*c - 0.2*m) * whole)
		put((128 - 40*c + 60*m) / 255 * whole)
		put((128 - 40*c) / 255 * whole)
	}
	straight(3)
	return profile("CMYK", "Lab ", map[string][]byte{"A2B0": b}, "A2B0")
}

// The wanted colours were worked out from CIELAB by hand: L 100 is white; 50 is
// sRGB 119, and 116 when the darkest, L 10, is to be black; 80 at a −40, b −40 lies
// out of sRGB's reach in red only.
func TestInks(t *testing.T) {
	for _, kind := range []string{"mft1", "mft2"} {
		tr, err := New(inkTable(kind))
		if err != nil {
			t.Fatal(err)
		}
		if !tr.Inks() || tr.Identity() {
			t.Errorf("%s: inks %v, identity %v", kind, tr.Inks(), tr.Identity())
		}
		for _, c := range []struct {
			c, m, y, k uint8
			want       [3]int
		}{
			{0, 0, 0, 0, [3]int{255, 255, 255}},
			{0, 0, 255, 0, [3]int{255, 255, 255}},
			{0, 0, 0, 255, [3]int{116, 116, 116}},
			{0, 0, 0, 128, [3]int{186, 186, 186}}, // half way between 255 and 116
		} {
			r, g, b := tr.CMYK(c.c, c.m, c.y, c.k)
			for i, got := range [3]uint8{r, g, b} {
				if d := int(got) - c.want[i]; d > 1 || d < -1 {
					t.Errorf("%s: %v gives %v, want %v", kind, []uint8{c.c, c.m, c.y, c.k}, []uint8{r, g, b}, c.want)
				}
			}
		}
		r, g, b := tr.CMYK(255, 0, 0, 0)
		if r != 0 || g < 200 || b < 240 {
			t.Errorf("%s: cyan is %d, %d, %d", kind, r, g, b)
		}
	}
}

func TestUnsupported(t *testing.T) {
	good := p3()
	for name, data := range map[string][]byte{
		"nothing":         nil,
		"not a profile":   make([]byte, 500),
		"grey":            profile("GRAY", "XYZ ", nil),
		"no matrix":       profile("RGB ", "Lab ", nil),
		"cut off":         good[:len(good)-200],
		"a curve cut off": lights([3]float64{}, [3]float64{}, [3]float64{}, []byte("curv\x00\x00\x00\x00\xff\xff\xff\xff")),
		"inks cut off":    inkTable("mft2")[:250],
		"inks of v4":      profile("CMYK", "Lab ", map[string][]byte{"A2B0": append([]byte("mAB \x00\x00\x00\x00\x04\x03"), make([]byte, 60)...)}, "A2B0"),
	} {
		if _, err := New(data); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzNew(f *testing.F) {
	f.Add(p3())
	f.Add(adobeRGB())
	f.Add(inkTable("mft1"))
	f.Add(inkTable("mft2"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tr, err := New(data)
		if err != nil {
			return
		}
		for _, v := range []uint8{0, 1, 127, 254, 255} {
			if tr.Inks() {
				tr.CMYK(v, 255-v, v, 255)
			} else {
				tr.RGB(v, 255-v, v)
			}
		}
	})
}
