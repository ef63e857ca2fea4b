// Package cards draws the social cards of the site: the picture of 1200 × 630
// pixels that goes with a link to a page when its record has no photograph. A
// card shows the plate of the record, its name and a line of facts, in the
// language of the page.
//
// What stands on every card is found at each build, which is quick; the card is
// drawn when its bytes are asked for and they are not remembered.
package cards

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/typeset/font"
)

// version counts changes of the code that change what a card looks like.
const version = 1

// A card is all that one card is made of.
type card struct {
	path string // of the page
	from diag.Pos
	lang string // of the page
	rtl  bool   // the page's, and so the card's

	plates  []plate.Subject
	weights []int         // when set, the plates are spines of these parts of the width
	field   plate.Palette // the colours of the label
	pattern string        // of the mark before the label; "" for none
	label   string
	name    words
	local   words // the name in the language of the place
	facts   string
	site    string // the site's name
	spines  []spine
}

// words are a text in a language.
type words struct{ text, lang string }

// A spine is a field in the sign of the site: its colour, and its share.
type spine struct {
	colour string
	part   int
}

// Render is a render.Func. A site that does not know its own address has no
// cards: nothing could lead to them.
func Render(_ context.Context, in *render.Input) ([]output.File, diag.List, error) {
	if !in.Site.DrawsCards() {
		return nil, nil, nil
	}
	fonts, dl, err := ink.Open(in)
	if err != nil || dl.HasErrors() {
		return nil, dl, err
	}
	s := newStudio(in, fonts)
	var cards []*card
	for _, n := range in.Networks {
		cards = append(cards, gather(in, n)...)
	}
	lost, err := s.missing(cards)
	if err != nil {
		return nil, nil, err
	}
	dl = append(dl, report(cards, lost)...)
	base := memo.NewKey("card "+in.Version, version).Bytes(fonts.Key[:]).Key()
	files := make([]output.File, len(cards))
	for i, c := range cards {
		c.leaveOut(lost)
		files[i] = output.File{Path: render.CardPath(c.path), From: c.from, Blob: blob{s, c, c.key(base)}, Raw: true}
	}
	return files, dl, nil
}

// A blob is a card to be drawn.
type blob struct {
	studio *studio
	card   *card
	key    memo.Key
}

func (b blob) Key() string { return b.key.Short() }

func (b blob) Bytes(ctx context.Context) ([]byte, error) {
	return b.studio.disk.Bytes(ctx, b.key, func(context.Context) ([]byte, error) { return b.studio.draw(b.card) })
}

// key hashes all that a card is drawn from; base is what all cards share.
func (c *card) key(base memo.Key) memo.Key {
	b := memo.NewKey("card", version).Bytes(base[:]).Text(c.lang)
	for _, s := range c.plates {
		b.Text(s.Pattern).Text(s.Colours.Solid).Text(s.Colours.Bright).Text(s.Colours.Deep).Text(s.Colours.White)
		b.Text(s.Name).Float(s.Lat).Float(s.Lon).Int(int64(s.Salt))
	}
	b.Int(int64(len(c.weights)))
	for _, w := range c.weights {
		b.Int(int64(w))
	}
	for _, t := range []string{c.field.Solid, c.pattern, c.label, c.name.text, c.name.lang, c.local.text, c.local.lang, c.facts, c.site} {
		b.Text(t)
	}
	for _, s := range c.spines {
		b.Text(s.colour).Int(int64(s.part))
	}
	return b.Key()
}

// A studio is what the cards of a build share.
type studio struct {
	disk    *memo.Disk
	fonts   *ink.Case
	loaded  memo.Map[struct{}, loaded]
	presses sync.Pool // those at rest, each with a canvas and fonts of its own
}

type loaded struct {
	set font.Set
	err error
}

func newStudio(in *render.Input, fonts *ink.Case) *studio {
	return &studio{disk: in.Disk, fonts: fonts}
}

// set reads the fonts, once and only when a card is drawn.
func (s *studio) set() (font.Set, error) {
	l := s.loaded.Get(struct{}{}, func() loaded {
		set, err := s.fonts.Fonts()
		return loaded{set, err}
	})
	return l.set, l.err
}

// draw draws a card.
func (s *studio) draw(c *card) ([]byte, error) {
	p, _ := s.presses.Get().(*press)
	if p == nil {
		set, err := s.set()
		if err != nil {
			return nil, err
		}
		p = newPress(set)
	}
	defer s.presses.Put(p)
	return p.draw(c), nil
}

// missing returns the characters on the cards that no font holds. The answer is
// remembered, so that a build that draws nothing reads no font.
func (s *studio) missing(cards []*card) (map[rune]font.Missing, error) {
	seen := map[rune]bool{}
	for _, c := range cards {
		for _, t := range c.texts() {
			for _, r := range *t {
				seen[r] = true
			}
		}
	}
	runes := make([]rune, 0, len(seen))
	for r := range seen {
		runes = append(runes, r)
	}
	slices.Sort(runes)
	k := memo.NewKey("characters of cards", version).Bytes(s.fonts.Key[:]).Text(string(runes)).Key()
	data, err := s.disk.Bytes(context.Background(), k, func(context.Context) ([]byte, error) {
		set, err := s.set()
		if err != nil {
			return nil, err
		}
		shaper := font.NewShaper()
		for _, stack := range []*font.Stack{set.Title, set.Strong} {
			shaper.Shape(font.Look{Stack: stack}, runes)
		}
		return json.Marshal(shaper.Missing())
	})
	var list []font.Missing
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil {
		return nil, fmt.Errorf("characters of cards: %w", err)
	}
	out := map[rune]font.Missing{}
	for _, m := range list {
		out[m.Rune] = m
	}
	return out, nil
}

// texts are all that is written on a card.
func (c *card) texts() []*string {
	return []*string{&c.label, &c.name.text, &c.local.text, &c.facts, &c.site}
}

// report tells of the characters that cards must leave out: at each record whose
// name has one, and otherwise once, where it is first met.
func report(cards []*card, lost map[rune]font.Missing) diag.List {
	var dl diag.List
	if len(lost) == 0 {
		return nil
	}
	type place struct {
		char rune
		path string
	}
	met, at := map[rune]bool{}, map[place]bool{}
	add := func(c *card, text string, again bool) {
		for _, r := range text {
			m, found := lost[r]
			if !found || at[place{r, c.from.Path}] || met[r] && !again {
				continue
			}
			met[r], at[place{r, c.from.Path}] = true, true
			d := dl.Warnf(c.from, "missing-glyph", "no font of the social cards has %q (U+%04X), which %s needs", r, r, c.name.text)
			d.Hint = "add a font of the script " + m.Script + " and name it in site.yaml under fonts"
		}
	}
	for _, c := range cards {
		add(c, c.name.text, true)
		add(c, c.local.text, true)
	}
	for _, c := range cards {
		add(c, c.label+c.facts+c.site, false)
	}
	return dl
}

// leaveOut takes characters without a font out of a card. A local name that
// lacks one is no name: it is left out whole.
func (c *card) leaveOut(lost map[rune]font.Missing) {
	if len(lost) == 0 {
		return
	}
	drop := func(r rune) rune {
		if _, found := lost[r]; found {
			return -1
		}
		return r
	}
	if strings.Map(drop, c.local.text) != c.local.text {
		c.local = words{}
	}
	for _, t := range c.texts() {
		*t = strings.TrimSpace(strings.Map(drop, *t))
	}
}
