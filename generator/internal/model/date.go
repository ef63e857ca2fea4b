package model

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day, a month or only a year: Month and Day are 0 where unknown.
// The zero Date is no date.
type Date struct{ Year, Month, Day int }

// IsZero reports whether no date is given.
func (d Date) IsZero() bool { return d == Date{} }

// String writes the date as ISO 8601 does, as far as it is known.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// First returns the first day that the date can mean.
func (d Date) First() Date { return Date{d.Year, max(d.Month, 1), max(d.Day, 1)} }

// Last returns the last day that the date can mean.
func (d Date) Last() Date {
	m := d.Month
	if m == 0 {
		m = 12
	}
	day := d.Day
	if day == 0 {
		day = time.Date(d.Year, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	}
	return Date{d.Year, m, day}
}

// Compare orders dates; an unknown part stands before a known one.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Time returns midnight UTC of the date's first day.
func (d Date) Time() time.Time {
	f := d.First()
	return time.Date(f.Year, time.Month(f.Month), f.Day, 0, 0, 0, 0, time.UTC)
}

// DateOf returns the day of t in UTC.
func DateOf(t time.Time) Date {
	y, m, d := t.UTC().Date()
	return Date{y, int(m), d}
}

// Period is a span of dates. An ongoing one has no end.
type Period struct {
	Start, End Date
	Ongoing    bool
}

// IsZero reports whether nothing of the period is known.
func (p Period) IsZero() bool { return p == Period{} }
