package theme

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
)

// Words are the texts of a theme's interface in one language.
type Words struct {
	Lang string
	Dir  string // ltr or rtl

	tag     language.Tag
	texts   map[string]entry
	printer *message.Printer
	numbers memo.Map[int, string]
	years   memo.Map[int, string]
}

// entry is one text, or one for each plural form of CLDR, each as it stands
// without arguments and as a format of texts.
type entry struct {
	other, format string
	forms         map[plural.Form]string // formats
}

// formatOf makes a text a format whose arguments are all texts.
func formatOf(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "%d", "%s"), "]d", "]s")
}

// readWords reads i18n/LANG.json: an object whose values are texts, or objects
// with the plural forms zero, one, two, few, many and other. %d, %s and %[1]s
// stand for arguments. A theme without the language is a problem.
func readWords(fsys fs.FS, dir, lang string) (*Words, diag.List, error) {
	var dl diag.List
	tag := language.Make(lang)
	w := &Words{Lang: lang, Dir: "ltr", tag: tag, texts: map[string]entry{}, printer: message.NewPrinter(tag)}
	if script, _ := tag.Script(); slices.Contains([]string{"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"}, script.String()) {
		w.Dir = "rtl"
	}
	at := diag.Pos{Path: dir + "/i18n/" + lang + ".json"}
	b, err := fs.ReadFile(fsys, "i18n/"+lang+".json")
	if errors.Is(err, fs.ErrNotExist) {
		dl.Errorf(at, "no-words", "the theme does not speak %q", lang).Hint = "copy i18n/en.json of the default theme to this place and translate it"
		return w, dl, nil
	}
	if err != nil {
		return w, dl, fmt.Errorf("read words: %w", err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		at.Line = lineOf(b, err)
		dl.Errorf(at, "bad-words", "this is no JSON object of texts").Hint = "each line is \"key\": \"text\", with a comma at its end but for the last"
		return w, dl, nil
	}
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		e, err := readEntry(raw[key])
		if err != nil {
			dl.Errorf(at, "bad-words", "%q is neither a text nor plural forms with \"other\"", key)
		}
		w.texts[key] = e
	}
	return w, dl, nil
}

func lineOf(b []byte, err error) int {
	var at *json.SyntaxError
	if !errors.As(err, &at) {
		return 0
	}
	return strings.Count(string(b[:min(int(at.Offset), len(b))]), "\n") + 1
}

func readEntry(raw json.RawMessage) (entry, error) {
	var e entry
	if json.Unmarshal(raw, &e.other) == nil {
		e.format = formatOf(e.other)
		return e, nil
	}
	var forms map[string]string
	if err := json.Unmarshal(raw, &forms); err != nil || forms["other"] == "" {
		return e, errors.New("no text")
	}
	e.other, e.format, e.forms = forms["other"], formatOf(forms["other"]), map[plural.Form]string{}
	for name, form := range map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many} {
		if s, ok := forms[name]; ok {
			e.forms[form] = formatOf(s)
		}
	}
	return e, nil
}

// Has reports whether the theme has the text in this language.
func (w *Words) Has(key string) bool {
	_, ok := w.texts[key]
	return ok
}

// Keys returns the keys of all texts, sorted.
func (w *Words) Keys() []string { return slices.Sorted(maps.Keys(w.texts)) }

// T returns the text of key with its arguments in place. The first whole number
// among them chooses the plural form; numbers are written as the language
// does. A key without a text gives the key in angle brackets, which the tests
// look for.
func (w *Words) T(key string, args ...any) string {
	e, ok := w.texts[key]
	if !ok {
		return "⟨" + key + "⟩"
	}
	if len(args) == 0 {
		return e.other
	}
	text := e.format
	if e.forms != nil {
		for _, a := range args {
			if n, ok := a.(int); ok {
				if s, ok := e.forms[plural.Cardinal.MatchPlural(w.tag, n, 0, 0, 0, 0)]; ok {
					text = s
				}
				break
			}
		}
	}
	shown := make([]any, len(args))
	for i, a := range args {
		shown[i] = a
		if n, ok := a.(int); ok {
			shown[i] = w.Number(n)
		}
	}
	return fmt.Sprintf(text, shown...)
}

// Number writes a whole number with the language's digits and separators.
func (w *Words) Number(n int) string {
	return w.numbers.Get(n, func() string { return w.printer.Sprint(number.Decimal(n)) })
}

// Year writes a year: in the language's digits, without a separator.
func (w *Words) Year(n int) string {
	return w.years.Get(n, func() string { return w.printer.Sprint(number.Decimal(n, number.NoSeparator())) })
}

// Date writes a day, a month or a year as the texts date_day, date_month and
// month_1 to month_12 say.
func (w *Words) Date(d model.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return w.Year(d.Year)
	case d.Day == 0:
		return w.T("date_month", w.month(d), w.Year(d.Year))
	case d.Day == 1 && w.Has("date_first"):
		return w.T("date_first", w.month(d), w.Year(d.Year))
	}
	return w.T("date_day", w.Year(d.Day), w.month(d), w.Year(d.Year))
}

func (w *Words) month(d model.Date) string { return w.T(fmt.Sprintf("month_%d", d.Month)) }

// Span writes a period from one date to another, naming month and year once
// where they are the same, by the texts span_days (day, day, month, year),
// span_months (day, month, day, month, year) and span (date, date).
func (w *Words) Span(from, to model.Date) string {
	switch {
	case to.IsZero() || from == to:
		return w.Date(from)
	case from.Day == 0 || to.Day == 0 || from.Year != to.Year:
		return w.T("span", w.Date(from), w.Date(to))
	case from.Month == to.Month:
		return w.T("span_days", w.Year(from.Day), w.Year(to.Day), w.month(to), w.Year(to.Year))
	}
	return w.T("span_months", w.Year(from.Day), w.month(from), w.Year(to.Day), w.month(to), w.Year(to.Year))
}

// List joins words as the texts list_comma and list_and say: "a, b and c".
func (w *Words) List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := len(items) - 1
	return w.T("list_and", strings.Join(items[:last], w.T("list_comma")), items[last])
}
