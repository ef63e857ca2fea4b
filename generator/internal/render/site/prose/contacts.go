package prose

import (
	"cmp"
	"strconv"

	"uccn/generator/internal/model"
	"uccn/generator/internal/render/site/view"
)

// Contacts lists those of a record's contacts that may be published: who it is and
// what for, then the office and the telephone where they are known.
func (w Writer) Contacts(h *model.Head, contacts []model.Contact) []view.Link {
	var out []view.Link
	for i, c := range contacts {
		if !c.Publish {
			continue
		}
		office := w.foreign(h.LangOf("contacts." + strconv.Itoa(i) + ".organization"))
		who := view.Link{Label: cmp.Or(c.Name, c.Organization, c.Email, c.Phone), Note: w.Words.T("contact." + c.Role)}
		if c.Email != "" {
			who.Href = "mailto:" + c.Email
		}
		if who.Label == c.Organization {
			who.Lang = office
		}
		out = append(out, who)
		if c.Name != "" && c.Organization != "" {
			out = append(out, view.Link{Label: c.Organization, Lang: office})
		}
		if c.Phone != "" {
			out = append(out, view.Link{Label: c.Phone, Dir: "ltr"})
		}
	}
	return out
}
