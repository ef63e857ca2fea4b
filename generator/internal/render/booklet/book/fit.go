package book

import (
	"fmt"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/typeset"
)

// A Fit is a city whose text was too long for its page.
type Fit struct {
	City, Name string
	At         diag.Pos
	Over       int          // words too many for the page as it should be
	Step       typeset.Step // how it was set instead
	Left       int          // words too many even so
}

// Notes tells of the pages that had to be set tighter.
func Notes(fits []Fit) diag.List {
	var dl diag.List
	for _, f := range fits {
		d := dl.Notef(f.At, "fitted-page", "the text of %s is %s too long for its page of the booklet; it is set %s", f.Name, words(f.Over), how(f.Step))
		d.Hint = "shorten it by so much, or leave it as it is"
	}
	return dl
}

func words(n int) string {
	if n == 1 {
		return "1 word"
	}
	return fmt.Sprintf("%d words", n)
}

// how says in words what a step does.
func how(s typeset.Step) string {
	if s.Spread {
		return "on two pages"
	}
	out := fmt.Sprintf("%d %% smaller", (1000-s.Size)/10)
	if s.Leading > 0 {
		out += fmt.Sprintf(", its lines %.1f pt closer", float64(s.Leading)/1000)
	}
	if s.Picture < 1000 {
		out += fmt.Sprintf(", its picture at %d %% of the height", s.Picture/10)
	}
	return out
}
