package exhibition

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/output"
	"uccn/generator/internal/qr"
	"uccn/generator/internal/render/site"
	"uccn/generator/internal/render/site/view"
)

// KioskPage is the exhibition on a screen in a hall: an opening and one screen
// for each work. It has no link that leaves it.
type KioskPage struct {
	view.Frame
	Sheet string // address of the style sheet of the exhibition
	// The languages of heading and lead, where they are not the page's.
	HeadingLang, LeadLang string

	Heading   string
	Lead      string
	Digits    string // zero to nine, as the language writes them
	Idle      int    // seconds without a touch until it begins again
	Restart   string // address of the kiosk in its first language, when this is another
	Opening   []view.Picture
	Rooms     []KioskRoom
	Works     []KioskWork
	Languages []view.Link // the kiosk's other languages
}

// KioskRoom leads to the first work of a room.
type KioskRoom struct {
	Title, Lang, Href string
	Count             int
}

// KioskWork is a work with the code that leads to its public page; Code is
// empty when the site does not say where it will be read.
type KioskWork struct {
	view.Work
	ID       string
	Size     string   // class for long titles: "", "long", "longer"
	Text     []string // paragraphs, plain: links would lead out of the hall
	TextLang string   // of the paragraphs, where it is not the page's
	Code     string
}

const (
	idleSeconds   = 60 // when the exhibition does not say
	openingPlates = 12
)

// kioskLanguages are the languages of the kiosk that the site has.
func (m *maker) kioskLanguages() []string {
	asked := m.Network.Wall.Kiosk.Languages
	if len(asked) == 0 {
		return m.in.Site.Languages
	}
	var out []string
	for _, l := range asked {
		if slices.Contains(m.in.Site.Languages, l) {
			out = append(out, l)
		}
	}
	return out
}

func (m *maker) kioskPage(x *derive.Exhibition) KioskPage {
	languages := m.kioskLanguages()
	page := KioskPage{
		Heading: x.Name, HeadingLang: m.NameLang(&x.Head), Lead: m.Summary(&x.Head), LeadLang: m.SummaryLang(&x.Head), Idle: cmp.Or(x.Kiosk.IdleSeconds, idleSeconds),
		Sheet: m.To(kioskPath, m.in.Theme.Asset("exhibition.css")),
	}
	page.Frame = m.Frame(site.GuestPage{Path: kioskPath, Section: x.Path, Title: m.Words.T("kiosk.title", x.Name), Description: page.Lead})
	page.Frame.NoIndex, page.Frame.Class = true, "hall"
	page.Frame.Script, page.Frame.WideScript = m.To(kioskPath, m.in.Theme.Asset("kiosk.js")), ""
	page.Frame.LD = "" // the works have their own pages
	for _, w := range x.Works {
		work := KioskWork{Work: m.Work(kioskPath, w), ID: w.ID, Size: size(w.Name), Text: m.paragraphs(w), TextLang: m.BodyLang(&w.Head)}
		if m.address(w) != "" {
			work.Code = m.To(kioskPath, m.codePath(w))
		}
		page.Works = append(page.Works, work)
	}
	for _, r := range x.Rooms {
		if len(r.Works) > 0 {
			page.Rooms = append(page.Rooms, KioskRoom{Title: r.Title, Lang: m.TextLang(&x.Head, r.Key+".title"), Href: "#" + r.Works[0].ID, Count: len(r.Works)})
		}
	}
	page.Opening = opening(page.Works)
	for n := range 10 {
		page.Digits += m.Words.Number(n)
	}
	for _, l := range languages {
		path := m.in.Prefix(l) + kioskPath
		if l != m.Words.Lang {
			page.Languages = append(page.Languages, view.Link{Label: m.in.Theme.Words(l).T("language"), Lang: l, Href: m.To(kioskPath, path)})
		}
	}
	if m.Words.Lang != languages[0] {
		page.Restart = m.To(kioskPath, m.in.Prefix(languages[0])+kioskPath)
	}
	return page
}

// paragraphs are the text of a work, without its last words when it is longer
// than a visitor stands.
func (m *maker) paragraphs(w *derive.Practice) []string {
	var out []string
	room := 700
	for p := range strings.SplitSeq(m.in.Markdown.Parse(w.Body).Plain(), "\n") {
		p = strings.TrimSpace(p)
		if p == "" {
			continue
		}
		if room -= len([]rune(p)); room < 0 {
			break
		}
		out = append(out, p)
	}
	return out
}

func size(title string) string {
	switch n := len([]rune(title)); {
	case n <= 24:
		return ""
	case n <= 52:
		return "long"
	}
	return "longer"
}

// opening chooses pictures for the first screen: one of each field by turns, so
// that neighbours differ.
func opening(works []KioskWork) []view.Picture {
	var order []string
	byField := map[string][]view.Picture{}
	for _, w := range works {
		if byField[w.Field.ID] == nil {
			order = append(order, w.Field.ID)
		}
		pic := w.Picture
		pic.Eager, pic.Alt = true, ""
		byField[w.Field.ID] = append(byField[w.Field.ID], pic)
	}
	var out []view.Picture
	for round := 0; round < openingPlates; round++ {
		for _, f := range order {
			if round < len(byField[f]) && len(out) < openingPlates {
				out = append(out, byField[f][round])
			}
		}
	}
	return out
}

// address is where everybody can read of a work, or "".
func (m *maker) address(w *derive.Practice) string { return m.in.Absolute(m.Path(w.Path)) }

func (m *maker) codePath(w *derive.Practice) string {
	return m.Path("exhibition/codes/") + w.ID + ".svg"
}

// codes returns the QR codes of the works in the maker's language.
func (m *maker) codes() []output.File {
	var out []output.File
	for _, w := range m.Network.Wall.Works {
		if a := m.address(w); a != "" {
			out = append(out, output.File{Path: m.codePath(w), From: w.At, Blob: code(a), Raw: true})
		}
	}
	return out
}

// code is the QR code of an address, drawn when it is asked for.
type code string

// Key is the hash of the address, with the version of the drawing.
func (c code) Key() string {
	sum := sha256.Sum256([]byte(c))
	return "qr1-" + hex.EncodeToString(sum[:])
}

// Bytes draws the code.
func (c code) Bytes(context.Context) ([]byte, error) {
	k, err := qr.Encode(string(c))
	if err != nil {
		return nil, err
	}
	return k.SVG(), nil
}
