// Package qr draws addresses as QR codes (ISO/IEC 18004), for the kiosk and
// for the printed panels.
package qr

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Quiet is the width of the light border that a reader needs, in modules.
const Quiet = 4

// Code is a drawn code.
type Code struct {
	Size int    // modules on each side, with the quiet border
	Path string // the dark modules as SVG path data, one unit for each module
}

// Encode draws a text, such as an address. About a seventh of the code may be covered
// or scratched before it becomes unreadable (level M). The error says that the
// text is too long.
func Encode(text string) (Code, error) {
	b, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return Code{}, fmt.Errorf("draw QR code: %w", err)
	}
	n := b.Bounds().Dx()
	dark := func(x, y int) bool {
		return x >= 0 && x < n && color.GrayModel.Convert(b.At(x, y)).(color.Gray).Y < 128
	}
	var p strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			if !dark(x, y) {
				continue
			}
			from := x
			for dark(x+1, y) {
				x++
			}
			fmt.Fprintf(&p, "M%d %dh%dv1h-%[3]dz", from+Quiet, y+Quiet, x-from+1)
		}
	}
	return Code{n + 2*Quiet, p.String()}, nil
}

// SVG returns the code as a picture, black on white under every theme.
func (c Code) SVG() []byte {
	s := strconv.Itoa(c.Size)
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + s + ` ` + s + `" width="` + s + `" height="` + s +
		`" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h` + s + `v` + s + `H0z"/><path d="` + c.Path + `"/></svg>`)
}
