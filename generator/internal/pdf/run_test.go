package pdf_test

import (
	"bytes"
	"errors"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/inspect"
)

// album writes a file of pages with a picture each, of which every second is the
// one before again.
func album(t *testing.T, pages int, read func(n int, into []byte) ([]byte, error)) ([]byte, error) {
	t.Helper()
	var out bytes.Buffer
	w, err := pdf.New(&out, options())
	if err != nil {
		t.Fatal(err)
	}
	f := w.Font(blocks{})
	n := 0
	err = w.Run(func() bool {
		c := w.Page(pdf.Page{W: pdf.MM(105), H: pdf.MM(148)})
		say(c, f, &pdf.Tag{Role: "P"}, "page "+strconv.Itoa(n), 40*pdf.Pt)
		which := n / 2
		m := w.File(pdf.File{Key: strconv.Itoa(which), W: 30 + which, H: 20, Bytes: 1 << 20, Read: func(into []byte) ([]byte, error) { return read(which, into) }})
		c.Artifact(pdf.Background)
		c.Picture(m, pdf.Rect{W: pdf.MM(40), H: pdf.MM(30)}, 0, 0)
		c.End()
		n++
		return n < pages
	})
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

func TestRun(t *testing.T) {
	const pages = 40
	var first []byte
	for _, cores := range []int{1, 2, 5} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		data, err := album(t, pages, func(n int, into []byte) ([]byte, error) {
			return append(into, photo(t, 30+n, 20)...), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		}
		if !bytes.Equal(first, data) {
			t.Errorf("%d cores make another file than one", cores)
		}
	}
	if got := bytes.Count(first, []byte("/DCTDecode")); got != pages/2 {
		t.Errorf("%d pictures in the file, want %d", got, pages/2)
	}
	d, err := inspect.Open(first)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(d.Pages); got != pages {
		t.Errorf("%d pages, want %d", got, pages)
	}
}

func TestRunFailsAtAPicture(t *testing.T) {
	broken := errors.New("cannot be read")
	for _, c := range []struct {
		what string
		read func(n int, into []byte) ([]byte, error)
		want error
	}{
		{"one that cannot be read", func(int, []byte) ([]byte, error) { return nil, broken }, broken},
		{"half of one", func(n int, into []byte) ([]byte, error) { p := photo(t, 30+n, 20); return p[:len(p)/2], nil }, pdf.ErrJPEG},
		{"one of another size", func(_ int, into []byte) ([]byte, error) { return photo(t, 10, 10), nil }, pdf.ErrJPEG},
	} {
		_, err := album(t, 8, func(n int, into []byte) ([]byte, error) {
			if n == 2 {
				return c.read(n, into)
			}
			return append(into, photo(t, 30+n, 20)...), nil
		})
		if !errors.Is(err, c.want) || !strings.HasPrefix(err.Error(), "write PDF: ") {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}
