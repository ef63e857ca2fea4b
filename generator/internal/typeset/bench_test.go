package typeset

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/par"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset/font"
)

// profiles makes n texts of about 330 words from made-up words, so that each city
// has words of its own and remembering them helps no more than it would in a book.
func profiles(n int) [][]string {
	random := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ka ro mi ten sal bru ver lin dor ish ment tion al ing ster pre con fa gar wick ho lun der ta sy")
	common := strings.Fields("the of and in to a is that for it as was with by on are at from this which its city work music craft film school people year")
	word := func() string {
		if random.IntN(10) < 6 {
			return common[random.IntN(len(common))]
		}
		w := ""
		for range 2 + random.IntN(3) {
			w += syllables[random.IntN(len(syllables))]
		}
		return w
	}
	out := make([][]string, n)
	for i := range out {
		for range 4 {
			words := make([]string, 82)
			for k := range words {
				words[k] = word()
			}
			out[i] = append(out[i], strings.Join(words, " ")+".")
		}
	}
	return out
}

// profile sets one page: a picture, a name, facts, text and a list.
func profile(c *Composer, set font.Set, n int, paragraphs []string, pic *Picture) *Page {
	sect := &pdf.Tag{Role: "Sect"}
	name := fmt.Sprintf("City %d", n)
	p := &Page{Size: pdf.Page{W: pdf.MM(148), H: pdf.MM(210), Bleed: pdf.MM(3)}}
	p.Dest(fmt.Sprintf("city-%d", n), 0)
	top := pdf.Rect{X: -pdf.MM(3), Y: -pdf.MM(3), W: pdf.MM(154), H: pdf.MM(59)}
	p.Picture(top, pic, Figure(sect, "A view of "+name, top))
	text := body(set)
	text.Size, text.Leading = pdf.Points(7.7), pdf.Points(10.2)
	title := Shape{Style: Style{Font: set.Title, Size: 20 * pdf.Pt, Lang: "en"}, Leading: 23 * pdf.Pt, KeepNext: true}
	label := Shape{Style: Style{Font: set.Sans, Size: 7 * pdf.Pt, Lang: "en"}, Leading: pdf.Points(9.4)}
	place := pdf.Rect{X: pdf.MM(13), Y: pdf.MM(61), W: pdf.MM(122), H: pdf.MM(20)}
	c.Galley(place.W, sect, Paragraph{Spans: T(name), Shape: title, Role: "H1"}).Pour(p, Frame{Rect: place})
	facts := pdf.Rect{X: pdf.MM(13), Y: pdf.MM(75), W: pdf.MM(34), H: pdf.MM(110)}
	c.Galley(facts.W, sect, Paragraph{Spans: T("Member since 2015"), Shape: label}, Paragraph{Spans: T("Population 293,179"), Shape: label}).Pour(p, Frame{Rect: facts})
	main := pdf.Rect{X: pdf.MM(52), Y: pdf.MM(75), W: pdf.MM(83), H: pdf.MM(118)}
	var blocks []Block
	for _, s := range paragraphs {
		blocks = append(blocks, Paragraph{Spans: T(s), Shape: text})
	}
	blocks = append(blocks, List{Items: [][]Block{{Paragraph{Spans: T(paragraphs[0][:80]), Shape: text}}}, Marks: []string{"•"}, Shape: text, Indent: 9 * pdf.Pt})
	c.Galley(main.W, sect, blocks...).Pour(p, Frame{Rect: main})
	c.Running(p, pdf.Rect{X: pdf.MM(13), Y: pdf.MM(199), W: pdf.MM(122)}, pdf.Footer, label, fmt.Sprint(n))
	return p
}

// book sets and writes a page for each profile, on all cores.
func book(b *testing.B, set font.Set, texts [][]string, photo []byte) int {
	workers := make([]int, runtime.GOMAXPROCS(0))
	for i := range workers {
		workers[i] = i
	}
	pages := make([]*Page, len(texts))
	_, err := par.Map(context.Background(), workers, func(_ context.Context, first int) (struct{}, error) {
		c := NewComposer()
		for i := first; i < len(texts); i += len(workers) {
			pic := &Picture{W: 1200, H: 800, Data: func() ([]byte, error) { return append(photo[:len(photo):len(photo)], byte(i), byte(i>>8)), nil }}
			pages[i] = profile(c, set, i, texts[i], pic)
		}
		return struct{}{}, nil
	})
	if err != nil {
		b.Fatal(err)
	}
	var size counter
	w, err := pdf.New(&size, pdf.Options{Title: "Book", Lang: "en", Created: time.Unix(0, 0)})
	if err == nil {
		err = Print(w, pages)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
	return int(size)
}

type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return io.Discard.Write(b)
}

func BenchmarkBook180(b *testing.B) { benchmarkBook(b, 180) }
func BenchmarkBook360(b *testing.B) { benchmarkBook(b, 360) }

func benchmarkBook(b *testing.B, n int) {
	set := themeFonts(b)
	texts := profiles(n)
	m := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	random := rand.New(rand.NewPCG(3, 4))
	for i := range m.Pix {
		m.Pix[i] = uint8(i/900 + random.IntN(12))
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, m, nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		size := book(b, set, texts, photo.Bytes())
		b.ReportMetric(float64(size-n*photo.Len())/1024, "KB-over-photos")
	}
}

func BenchmarkFonts(b *testing.B) {
	for b.Loop() {
		themeFonts(b)
	}
}
