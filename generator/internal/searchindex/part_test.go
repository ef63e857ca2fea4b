package searchindex

import "testing"

// FuzzPart: any bytes are read to their end or torn, and joined without a panic.
func FuzzPart(f *testing.F) {
	for _, p := range newCounter().count(documents()) {
		f.Add(string(p))
	}
	f.Add("\x01\x05\xef\xbf\xbdab\x01\x00\x00")
	f.Fuzz(func(t *testing.T, p string) {
		wordFile("words.00", []part{part(p), part(p)}, 2*blockDocs)
	})
}
