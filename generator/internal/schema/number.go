package schema

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"uccn/generator/internal/model"
)

// Int is a whole number from low to high, written in plain digits. YAML's own
// reading is not used: to it 010 is 8 and 1_000 is 1000.
func Int(low, high int, words string) Kind[int] {
	return Kind[int]{
		Words:  words,
		Schema: map[string]any{"type": "integer", "minimum": low, "maximum": high},
		read: func(d *Decoder, n *node, into *int) bool {
			s, ok := d.scalar(n, words)
			if !ok {
				return false
			}
			v, err := strconv.Atoi(s)
			if err != nil || s[0] == '+' || len(s) > 1 && s[0] == '0' {
				p := d.errorf(n, "not-a-number", "%q is not %s", s, words)
				if plain := strings.NewReplacer(",", "", "_", "", " ", "", "\u00a0", "", "'", "").Replace(s); digits.MatchString(plain) {
					p.Hint, p.Fix = "write the digits alone", plain
				} else if plain = strings.TrimLeft(s, "+0"); digits.MatchString(plain) {
					p.Hint, p.Fix = "write it without the signs before it", plain
				} else if fixed := lookAlike.Replace(s); digits.MatchString(fixed) {
					p.Hint = fmt.Sprintf("letters stand for digits here; did you mean %s?", fixed)
					p.Fix = fixed
				} else {
					p.Hint = "write it in digits"
				}
				return false
			}
			if v < low || v > high {
				d.errorf(n, "out-of-range", "%d is not %s", v, words).Hint = fmt.Sprintf("it goes from %d to %d", low, high)
				return false
			}
			*into = v
			return true
		},
	}
}

var digits = regexp.MustCompile(`^(0|[1-9][0-9]*)$`)

// Year is a year from 1000 to 2999.
func Year() Kind[int] { return Int(1000, 2999, "a year such as 2013") }

// Number is a number from low to high with a point, not a comma, for decimals.
func Number(low, high float64, words string) Kind[float64] {
	return Kind[float64]{
		Words:  words,
		Schema: map[string]any{"type": "number", "minimum": low, "maximum": high},
		read: func(d *Decoder, n *node, into *float64) bool {
			s, ok := d.scalar(n, words)
			if !ok {
				return false
			}
			v, err := strconv.ParseFloat(s, 64)
			if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || strings.ContainsAny(s, "xXpP_") {
				p := d.errorf(n, "not-a-number", "%q is not %s", s, words)
				if point := strings.Replace(s, ",", ".", 1); point != s {
					if _, err := strconv.ParseFloat(point, 64); err == nil {
						p.Hint, p.Fix = "write a point for the decimals", point
					}
				}
				if p.Hint == "" {
					p.Hint = "write digits, with a point for the decimals"
				}
				return false
			}
			if v < low || v > high {
				d.errorf(n, "out-of-range", "%s is not %s", s, words).Hint = fmt.Sprintf("it goes from %g to %g", low, high)
				return false
			}
			*into = v
			return true
		},
	}
}

// Bool is true or false.
func Bool() Kind[bool] {
	return Kind[bool]{
		Words:  "true or false",
		Schema: map[string]any{"type": "boolean"},
		read: func(d *Decoder, n *node, into *bool) bool {
			s, ok := d.scalar(n, "true or false")
			if !ok {
				return false
			}
			switch s {
			case "true":
				*into = true
			case "false":
				*into = false
			default:
				p := d.errorf(n, "not-true-or-false", "%q is neither true nor false", s)
				switch strings.ToLower(s) {
				case "yes", "on", "true":
					p.Hint, p.Fix = "write true", "true"
				case "no", "off", "false":
					p.Hint, p.Fix = "write false", "false"
				}
				return false
			}
			return true
		},
	}
}

var (
	isoDate   = regexp.MustCompile(`^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$`)
	lookAlike = strings.NewReplacer("I", "1", "l", "1", "O", "0", "o", "0", "|", "1")
)

// Date is a day, a month or a year: 2017-10-31, 2017-10 or 2017.
func Date() Kind[model.Date] {
	const words = "a date such as 2017-10-31, or a year"
	return Kind[model.Date]{
		Words:  words,
		Schema: map[string]any{"type": []string{"string", "integer"}, "pattern": isoDate.String()},
		read: func(d *Decoder, n *node, into *model.Date) bool {
			s, ok := d.scalar(n, words)
			if !ok {
				return false
			}
			v, ok := parseDate(s)
			if !ok {
				p := d.errorf(n, "bad-date", "%q is not %s", s, words)
				if fixed := lookAlike.Replace(s); fixed != s {
					if _, ok := parseDate(fixed); ok {
						p.Hint, p.Fix = fmt.Sprintf("letters stand for digits here; did you mean %s?", fixed), fixed
					}
				} else if isoDate.MatchString(s) {
					p.Hint = "the calendar has no such day: correct the month or the day"
				} else if m := europeanDate.FindStringSubmatch(s); m != nil {
					p.Hint = fmt.Sprintf("write year, month, day: %s-%02s-%02s, if the day stood first", m[3], m[2], m[1])
				}
				return false
			}
			*into = v
			return true
		},
	}
}

var europeanDate = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$`)

// parseDate reads a date of which the month and the day may be missing.
func parseDate(s string) (model.Date, bool) {
	m := isoDate.FindStringSubmatch(s)
	if m == nil {
		return model.Date{}, false
	}
	var d model.Date
	d.Year, _ = strconv.Atoi(m[1])
	d.Month, _ = strconv.Atoi(m[2])
	d.Day, _ = strconv.Atoi(m[3])
	f := d.First()
	t := time.Date(f.Year, time.Month(f.Month), f.Day, 0, 0, 0, 0, time.UTC)
	good := d.Year >= 1000 && d.Year < 3000 && m[2] != "00" && m[3] != "00" && int(t.Month()) == f.Month && t.Day() == f.Day
	return d, good
}

// Raw is a scalar kept as it is written, such as the figure "1,600".
func Raw(words string) Kind[string] {
	return Kind[string]{
		Words:  words,
		Schema: map[string]any{"type": []string{"string", "number"}},
		read: func(d *Decoder, n *node, into *string) bool {
			s, ok := d.scalar(n, words)
			if ok {
				*into = strings.TrimSpace(s)
			}
			return ok
		},
	}
}
