package site

import (
	"regexp"
	"strings"
	"testing"
)

// TestCalendar reads the calendar of monitoring reports: each member is due once,
// and a report that did not come is told of.
func TestCalendar(t *testing.T) {
	for _, f := range ours(t, "2018", "en") {
		if f.Path != "monitoring/index.html" {
			continue
		}
		b, err := f.Bytes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		parts := map[string]string{}
		for _, m := range regexp.MustCompile(`(?s)<section class="sec" id="([a-z]+-\d+)">(.*?)</section>`).FindAllStringSubmatch(string(b), -1) {
			parts[m[1]] = m[2]
		}
		due := 0
		for id, part := range parts {
			if strings.HasPrefix(id, "due-") {
				due += strings.Count(part, "<li")
			}
		}
		if due != 180 {
			t.Errorf("%d cities are due, not 180", due)
		}
		for id, city := range map[string]string{"due-2029": "Kraków", "submitted-2018": "Kraków", "missed-2025": "Kraków"} {
			if !strings.Contains(parts[id], city) {
				t.Errorf("%s is not in %s", city, id)
			}
		}
		return
	}
	t.Error("there is no calendar")
}
