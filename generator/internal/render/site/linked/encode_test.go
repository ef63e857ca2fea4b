package linked

import (
	"encoding/json"
	"testing"
)

func TestEncodeAsJSONDoes(t *testing.T) {
	for _, v := range []any{
		"", "plain", "Łódź 中文 \U0001F600", `"quoted" \`, "</script>&", "a\nb\t\x00\x7f", "\u2028\u2029", "\xff", 0, -12, 1.5, true, nil, []string(nil), []string{}, []any(nil), Node(nil),
		Node{"b": 1, "a": "x", "@id": "y", "<": []string{"p", "q"}, "n": Node{}, "l": []Node{{"z": 1}, {}}, "m": []any{1, "a", Node{"k": nil}, 2.25}, "f": -0.0000001},
		map[string]any{"b": 1, "a": 2},
	} {
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(encode(nil, v)); got != string(want) {
			t.Errorf("%v: got %s, want %s", v, got, want)
		}
	}
}

func FuzzQuoted(f *testing.F) {
	f.Add("a<b>&\"\\")
	f.Add("\u2028\xffé")
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(quoted(nil, s)); got != string(want) {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}
