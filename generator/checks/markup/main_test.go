// Package markup holds the files of the built sites to the rules of their
// formats: HTML, linked data, feeds, site maps, policies, and what they weigh.
package markup

import (
	"os"
	"testing"

	"uccn/generator/checks/internal/sites"
)

// What all tests look at: built once.
var set sites.Set

func TestMain(m *testing.M) {
	os.Exit(sites.Main(m, func(s sites.Set) { set = s }))
}

// each runs a test on every site.
func each(t *testing.T, f func(t *testing.T, s sites.Site)) {
	t.Run("ours", func(t *testing.T) { f(t, set.Ours) })
	t.Run("arabic", func(t *testing.T) { f(t, set.Arabic) })
	t.Run("stick", func(t *testing.T) { f(t, set.Stick) })
}
