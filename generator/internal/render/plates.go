package render

import (
	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
)

// What keeps the plates of a city, its practices and its case studies apart: the
// salt of their subjects, the same in every output.
const (
	CityPlate = iota
	PracticePlate
	CaseStudyPlate
)

// Leading is the field in whose colours a work is shown: its own first one, or
// that of its leading city; nil without either.
func Leading(lead *derive.City, fields []*derive.Field) *derive.Field {
	switch {
	case len(fields) > 0:
		return fields[0]
	case lead != nil:
		return lead.Field
	}
	return nil
}

// Spot is the place from which the plate of a work is drawn: that of its leading
// city, which may be nil.
func Spot(lead *derive.City) model.Location {
	if lead == nil {
		return model.Location{}
	}
	return lead.Location
}
