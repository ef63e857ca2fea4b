package plate

import (
	"fmt"
	"math"
	"strconv"
)

// A Palette is every colour that a field needs, as CSS hex colours.
type Palette struct {
	Solid    string // text on light paper, and the ground of plates
	OnDark   string // text on dark paper
	Tint     string // a pale ground on light paper
	TintDark string // a pale ground on dark paper
	Bright   string // the figure of plates
	Deep     string // the shadow of plates
}

// Colours returns the four colours of a plate.
func (p Palette) Colours() Colours {
	return Colours{Solid: p.Solid, Bright: p.Bright, Deep: p.Deep, White: "#fff"}
}

// NewPalette returns the palette of a base colour "#rrggbb". The seven colours
// of the 2018 fields have palettes that were found by search and softened by
// hand; any other base gets one from its hue in OKLCH (Ottosson, 2020), with
// the text colours moved in lightness until they stand 4.5:1 on their tints.
func NewPalette(base string) (Palette, error) {
	if p, ok := tuned(base); ok {
		return p, nil
	}
	c, err := parseHex(base)
	if err != nil {
		return Palette{}, err
	}
	l := c.oklch()
	p := Palette{
		Solid:    base,
		Tint:     oklch{.955, min(l.c, .025), l.h}.hex(),
		TintDark: oklch{.25, min(l.c, .04), l.h}.hex(),
		Bright:   oklch{.85, min(l.c, .1), l.h}.hex(),
		Deep:     oklch{.27, min(l.c, .09), l.h}.hex(),
	}
	dark := oklch{.76, min(l.c, .14), l.h}
	for Contrast(dark.hex(), p.TintDark) < 4.6 && dark.l < 1 {
		dark.l += .01
	}
	p.OnDark = dark.hex()
	for Contrast(base, p.Tint) < 4.5 && l.l > 0 { // a base that is too light for text is darkened
		l.l -= .01
		p.Solid = l.hex()
		base = p.Solid
	}
	return p, nil
}

func tuned(base string) (Palette, bool) {
	switch base {
	case "#c93802":
		return Palette{base, "#fb855b", "#feebe6", "#321a14", "#feb7a3", "#490f01"}, true
	case "#1667e4":
		return Palette{base, "#bcd1ff", "#e8f1fe", "#162235", "#adccfe", "#082451"}, true
	case "#5b25ab":
		return Palette{base, "#a194fa", "#f1eefe", "#231e33", "#cec0ff", "#2b1a4d"}, true
	case "#724301":
		return Palette{base, "#f5c252", "#fcede0", "#2f1d0b", "#fcbc7b", "#3a1f00"}, true
	case "#1c7c4c":
		return Palette{base, "#66e4a0", "#e4f5e9", "#102719", "#8ce0ac", "#012f19"}, true
	case "#ab3f92":
		return Palette{base, "#f886bb", "#fceaf6", "#2e1a28", "#faafe4", "#401035"}, true
	case "#034d60":
		return Palette{base, "#3dc3e3", "#e0f4fc", "#06262f", "#70dbfe", "#002c38"}, true
	}
	return Palette{}, false
}

// Contrast returns the contrast ratio of two hex colours by WCAG 2, from 1 to
// 21; 0 when one of them is no colour.
func Contrast(a, b string) float64 {
	ca, errA := parseHex(a)
	cb, errB := parseHex(b)
	if errA != nil || errB != nil {
		return 0
	}
	la, lb := ca.luminance(), cb.luminance()
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

type rgb struct{ r, g, b float64 } // linear light, 0 to 1

func parseHex(s string) (rgb, error) {
	if len(s) == 4 && s[0] == '#' {
		s = string([]byte{'#', s[1], s[1], s[2], s[2], s[3], s[3]})
	}
	if len(s) != 7 || s[0] != '#' {
		return rgb{}, fmt.Errorf("no colour of the form #rrggbb: %q", s)
	}
	n, err := strconv.ParseUint(s[1:], 16, 32)
	if err != nil {
		return rgb{}, fmt.Errorf("no colour of the form #rrggbb: %q", s)
	}
	return rgb{linear(n >> 16), linear(n >> 8 & 255), linear(n & 255)}, nil
}

func linear(v uint64) float64 {
	f := float64(v) / 255
	if f <= .04045 {
		return f / 12.92
	}
	return math.Pow((f+.055)/1.055, 2.4)
}

func (c rgb) luminance() float64 { return .2126*c.r + .7152*c.g + .0722*c.b }

func (c rgb) hex() string {
	q := func(f float64) int {
		f = clamp(f)
		if f <= .0031308 {
			f *= 12.92
		} else {
			f = 1.055*math.Pow(f, 1/2.4) - .055
		}
		return int(math.Round(f * 255))
	}
	return fmt.Sprintf("#%02x%02x%02x", q(c.r), q(c.g), q(c.b))
}

func (c rgb) inGamut() bool {
	const e = 1e-4
	return min(c.r, c.g, c.b) >= -e && max(c.r, c.g, c.b) <= 1+e
}

// oklch is a colour by lightness (0 to 1), chroma and hue (radians).
type oklch struct{ l, c, h float64 }

func (c rgb) oklch() oklch {
	l := math.Cbrt(.4122214708*c.r + .5363325363*c.g + .0514459929*c.b)
	m := math.Cbrt(.2119034982*c.r + .6806995451*c.g + .1073969566*c.b)
	s := math.Cbrt(.0883024619*c.r + .2817188376*c.g + .6299787005*c.b)
	a := 1.9779984951*l - 2.4285922050*m + .4505937099*s
	b := .0259040371*l + .7827717662*m - .8086757660*s
	return oklch{.2104542553*l + .7936177850*m - .0040720468*s, math.Hypot(a, b), math.Atan2(b, a)}
}

func (o oklch) rgb() rgb {
	a, b := o.c*math.Cos(o.h), o.c*math.Sin(o.h)
	l := o.l + .3963377774*a + .2158037573*b
	m := o.l - .1055613458*a - .0638541728*b
	s := o.l - .0894841775*a - 1.2914855480*b
	l, m, s = l*l*l, m*m*m, s*s*s
	return rgb{
		4.0767416621*l - 3.3077115913*m + .2309699292*s,
		-1.2684380046*l + 2.6097574011*m - .3413193965*s,
		-.0041960863*l - .7034186147*m + 1.7076147010*s,
	}
}

// hex gives up chroma, never lightness or hue, until the colour can be shown.
func (o oklch) hex() string {
	for o.c > 0 && !o.rgb().inGamut() {
		o.c = max(0, o.c-.004)
	}
	return o.rgb().hex()
}
