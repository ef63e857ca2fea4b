package typography

import "testing"

func TestSet(t *testing.T) {
	for _, tt := range []struct{ lang, in, want string }{
		{"en", `"It's 'so'," -- she said... 'n' --- "no" ----`, "“It’s ‘so’,” – she said… ’n’ — “no” ----"},
		{"en-GB", `the '90s, 6" wide, the cities' fairs`, "the ’90s, 6\" wide, the cities’ fairs"},
		{"fr", `"Oui !" dit-il: "l'été 'vrai'" ; non ?!`, "«\u00a0Oui\u202f!\u00a0» dit-il\u00a0: «\u00a0l’été “vrai”\u00a0»\u202f; non\u202f?!"},
		{"fr", `« oui », «non», 10:30, https://example.org/`, "«\u00a0oui\u00a0», «\u00a0non\u00a0», 10:30, https://example.org/"},
		{"de", `"Das 'ist' gut", "so"`, "„Das ‚ist‘ gut“, „so“"},
		{"es", `"Hola 'tú'"`, "«Hola “tú”»"},
		{"pt", `"Olá"`, "«Olá»"},
		{"pt-BR", `"Olá"`, "“Olá”"},
		{"it", `"Ciao", l'arte`, "«Ciao», l’arte"},
		{"ar", `قال "مدينة"`, "قال «مدينة»"},
		{"ru", `"Да 'нет'"`, "«Да „нет“»"},
		{"ja", "これは\"都市\"です\n次", "これは「都市」です次"},
		{"zxx", `"as typed" -- it's... &lt; \*`, `"as typed" -- it's... < *`},
		{"", `"unknown"`, "“unknown”"},
		{"en", `\"kept\" &copy; &amp;lt; AT&T &nosuch; &#x2014; &#0;`, "\"kept\" © &lt; AT&T &nosuch; — \ufffd"},
		{"en", `"a "b" c"`, "“a ‘b’ c”"},
	} {
		s := New(tt.lang)
		if got := string(s.Set(nil, tt.in, 0, len(tt.in))); got != tt.want {
			t.Errorf("%s %q: %q, want %q", tt.lang, tt.in, got, tt.want)
		}
	}
}

// A paragraph may come in pieces, with other things between them.
func TestPieces(t *testing.T) {
	s := New("en")
	in := `"one "two" it's`
	out := s.Set(nil, in, 0, 5)
	s.Thing()
	out = s.Set(out, in, 5, 6)
	out = append(out, '|')
	out = s.Set(out, in, 6, len(in))
	if want := "“one ”|two” it’s"; string(out) != want {
		t.Errorf("%q, want %q", out, want)
	}
	s.Reset()
	if got := string(s.Set(nil, `"x`, 0, 2)); got != "“x" {
		t.Errorf("after a reset: %q", got)
	}
}

func FuzzSet(f *testing.F) {
	f.Add("en", `"It's 'so'," -- she said...`)
	f.Add("fr", `« oui », "l'été" : non ?!`)
	f.Fuzz(func(t *testing.T, lang, in string) {
		s := New(lang)
		whole := string(s.Set(nil, in, 0, len(in)))
		if n := s.Clean(in, 0, len(in)); n == len(in) && whole != in {
			t.Errorf("%q was to stand as it is, and became %q", in, whole)
		}
	})
}

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ lang, in, want string }{
		{"en", `Lord Provost's "Residency"`, "Lord Provost’s “Residency”"},
		{"en", `R&D \ &amp; so on`, `R&D \ &amp; so on`},
		{"fr", "Qui a compté 4 100 emplois : 19 096 en 2018 ?", "Qui a compté 4 100 emplois : 19 096 en 2018 ?"},
		{"fr", "En 2018 180 villes, 12 5000 et 1 234 567", "En 2018 180 villes, 12 5000 et 1 234 567"},
		{"en", "4 100 jobs", "4 100 jobs"},
	} {
		if got := Plain(tt.lang, tt.in); got != tt.want {
			t.Errorf("Plain(%q, %q) = %q, want %q", tt.lang, tt.in, got, tt.want)
		}
	}
}
