package doc

import "testing"

func TestFirstSentence(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"One. Two.", "One."},
		{"The St. Peter fair of J. Smith drew 3.5 million. Next.", "The St. Peter fair of J. Smith drew 3.5 million."},
		{"Founded in 2004. It grew.", "Founded in 2004."},
		{"Really?! Yes.", "Really?!"},
		{"He said “yes.” Then no.", "He said “yes.”"},
		{"«\u00a0Oui\u202f!\u00a0» Puis non.", "«\u00a0Oui\u202f!\u00a0»"},
		{"and so on… it went on. End.", "and so on… it went on."},
		{"これは都市です。次。", "これは都市です。"},
		{"هل هذا صحيح؟ نعم.", "هل هذا صحيح؟"},
		{"no end", "no end"},
	} {
		d := Doc{Blocks: []Block{&Rule{}, &Paragraph{Content: []Inline{&Text{tt.in}}}}}
		if got := d.FirstSentence(); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestWords(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int
	}{
		{"", 0}, {"one", 1}, {"it’s two-fold – yes, 3 times", 5}, {"都市 and 東京", 5}, {"a\nb", 2}, {"…", 0},
	} {
		d := Doc{Blocks: []Block{&Paragraph{Content: []Inline{&Text{tt.in}}}}}
		if got := d.Words(); got != tt.want {
			t.Errorf("%q has %d words, want %d", tt.in, got, tt.want)
		}
	}
}

func TestKindOf(t *testing.T) {
	for _, tt := range []struct {
		target string
		want   Kind
	}{
		{"https://example.org/", Web}, {"HTTP://example.org/", Web}, {"mailto:a@b.org", Web}, {"tel:+1", Web},
		{"city:lodz", Record}, {"case-study:a#b", Record}, {"city:", Refused}, {"cities:lodz", Refused},
		{"#a", Anchor}, {"", Path}, {"a/b.html", Path}, {"/a:b", Path}, {"?a:b", Path}, {"./x", Path}, {"100%", Path},
		{"javascript:a", Refused}, {"JAVASCRIPT:a", Refused}, {" javascript:a", Refused}, {"java\nscript:a", Refused},
		{"java\u200bscript:a", Refused}, {"javascript%3Aa", Refused}, {"javascript%253Aa", Refused}, {"java&#115;cript&colon;a", Refused},
		{"%6Aavascript:a", Refused}, {"ht\ttps://a.org", Refused}, {"https%3A//a.org", Web}, {"data:text/html,a", Refused}, {"blob:a", Refused},
		{"//a.org", Refused}, {`/\a.org`, Refused}, {`\\a.org`, Refused}, {"ftp://a", Refused}, {"file:///a", Refused},
	} {
		if got := KindOf(tt.target); got != tt.want {
			t.Errorf("KindOf(%q) = %d, want %d", tt.target, got, tt.want)
		}
	}
}
