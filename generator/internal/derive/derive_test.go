package derive

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"uccn/generator/internal/config"
	"uccn/generator/internal/load"
	"uccn/generator/internal/model"
)

// ours reads the content of this repository.
func ours(t testing.TB) ([]*model.Content, *config.Site) {
	t.Helper()
	root := os.DirFS("../../..")
	site, dl, err := config.Read(root)
	if err != nil || dl.HasErrors() {
		t.Fatal(err, dl)
	}
	contents, dl, err := load.Content(t.Context(), root, load.Options{Languages: site.Languages})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dl {
		if d.Severity == 0 {
			t.Error(d.Pos, d.Message)
		}
	}
	return contents, site
}

func TestEditionsOfOurOwnContent(t *testing.T) {
	contents, site := ours(t)
	for _, tt := range []struct {
		edition           string
		cities, countries int
		lyon              string
		fields            int
	}{
		{"2018", 180, 72, "media-arts", 7},
		{"2023", 350, 105, "literature", 7},
	} {
		n, dl := Build(contents[0], site, Options{Edition: tt.edition, Today: model.Date{Year: 2026, Month: 11, Day: 22}})
		for _, d := range dl {
			if d.Severity == 0 {
				t.Error(d.Pos, d.Message, d.Hint)
			}
		}
		if len(n.Cities) != tt.cities || len(n.Countries) != tt.countries || len(n.Fields) != tt.fields {
			t.Errorf("edition %s: %d cities, %d countries, %d fields", tt.edition, len(n.Cities), len(n.Countries), len(n.Fields))
		}
		if got := n.cities["lyon"].Field.ID; got != tt.lyon {
			t.Errorf("edition %s: Lyon is a city of %s", tt.edition, got)
		}
		if len(n.Practices) != 82 || len(n.CaseStudies) != 13 || len(n.Meetings) != 18 {
			t.Errorf("%d practices, %d case studies, %d meetings", len(n.Practices), len(n.CaseStudies), len(n.Meetings))
		}
	}
}

func TestNearestAgreesWithAPlainSearch(t *testing.T) {
	contents, site := ours(t)
	n, _ := Build(contents[0], site, Options{Edition: "2023"})
	for _, c := range n.Cities {
		var all []found
		for _, o := range n.Cities {
			if o != c {
				insert(&all, found{chord2(sphere(c.Location.Lat, c.Location.Lon), sphere(o.Location.Lat, o.Location.Lon)), o.ID}, 5)
			}
		}
		var want []string
		for _, f := range all {
			want = append(want, f.id)
		}
		var got []string
		for _, x := range n.Nearest(c) {
			got = append(got, x.City.ID)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("nearest of %s: %v, want %v", c.ID, got, want)
		}
	}
}

// TestMemory derives the same network a second time from what is remembered, and
// what was spoilt is found.
func TestMemory(t *testing.T) {
	contents, site := ours(t)
	var m Memory
	var differ []string
	m.Verify(func(what string) { differ = append(differ, what) })
	sorted := func() (names []string) {
		n, _ := Build(contents[0], site, Options{Memory: &m})
		for _, c := range n.Cities {
			names = append(names, c.Name)
			for _, x := range append(n.Nearest(c), n.NearestInField(c)...) {
				names = append(names, x.City.ID, fmt.Sprint(x.Km))
			}
		}
		m.Turn()
		return names
	}
	first := sorted()
	if again := sorted(); !slices.Equal(again, first) || len(differ) > 0 {
		t.Errorf("the second network differs: %v", differ)
	}
	m.older[0].tree[0].at[0]++
	if sorted(); len(differ) != 1 {
		t.Errorf("a spoilt neighbour was found %d times", len(differ))
	}
}
