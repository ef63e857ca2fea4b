package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// What YAML is written of: keys and values in their order, lists, and scalars.
type (
	pairs []pair
	pair  struct {
		key   string
		value any
	}
	list []any
)

// yamlText writes v as YAML in block style; lists of scalars stand on one line.
func yamlText(v pairs) string {
	var b strings.Builder
	writePairs(&b, v, "")
	return b.String()
}

func writePairs(b *strings.Builder, ps pairs, indent string) {
	for i, p := range ps {
		if i > 0 {
			b.WriteString(indent)
		}
		b.WriteString(p.key + ":")
		switch v := p.value.(type) {
		case pairs:
			b.WriteString("\n" + indent + "  ")
			writePairs(b, v, indent+"  ")
		case list:
			writeList(b, v, indent)
		default:
			b.WriteString(" " + yamlValue(v) + "\n")
		}
	}
}

func writeList(b *strings.Builder, l list, indent string) {
	if len(l) == 0 {
		b.WriteString(" []\n")
		return
	}
	if _, groups := l[0].(pairs); !groups {
		var words []string
		for _, v := range l {
			words = append(words, yamlValue(v))
		}
		b.WriteString(" [" + strings.Join(words, ", ") + "]\n")
		return
	}
	b.WriteString("\n")
	for _, v := range l {
		b.WriteString(indent + "  - ")
		writePairs(b, v.(pairs), indent+"    ")
	}
}

var plainWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_/-]*(\.[a-z]+)?( [A-Za-z][a-z]*)*$`)

// yamlValue writes a scalar. Text that YAML could take for something else is
// quoted as JSON does, which YAML reads.
func yamlValue(v any) string {
	if f, ok := v.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	s, ok := v.(string)
	if !ok {
		return fmt.Sprint(v)
	}
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
	default:
		if plainWord.MatchString(s) {
			return s
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // a string can always be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}
