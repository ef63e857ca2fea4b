package browser

import (
	"bytes"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"uccn/generator/checks/internal/chrome"
)

// TestWeight adds up what the browser asks for at the first visit of a city
// page, fonts too: compressed as a server would, without what waits for the
// reader to scroll.
func TestWeight(t *testing.T) {
	const most = 90_000
	home := set.Ours.Serve(t)
	for _, page := range []string{"cities/adelaide/", "cities/bologna/", "cities/lodz/", "cities/santa-fe/", "fr/cities/lodz/", "fr/cities/krakow/"} {
		tab := web.Tab(t).Stay(home)
		tab.Go(home + page)
		asked := chrome.Eval[[]string](tab, `[...new Set([location.href, ...performance.getEntriesByType('resource').map(r => r.name)])].filter(n => ![...document.images].some(i => i.src === n && i.loading === 'lazy'))`)
		sum, fonts := 0, 0
		for _, a := range asked {
			u, err := url.Parse(a)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimPrefix(u.Path, "/")
			if strings.HasSuffix(u.Path, "/") {
				name += "index.html"
			}
			b := set.Ours.Read(t, name)
			n := len(b)
			if filepath.Ext(name) == ".woff2" {
				fonts += n
			} else {
				var out bytes.Buffer
				w := brotli.NewWriterLevel(&out, brotli.BestCompression)
				w.Write(b)
				w.Close()
				n = out.Len()
			}
			sum += n
		}
		if sum > most || fonts == 0 {
			t.Errorf("%s weighs %d bytes, %d of them fonts, more than %d: %v", page, sum, fonts, most, asked)
		}
		t.Logf("%s: %d bytes, %d of them fonts", page, sum, fonts)
	}
}
