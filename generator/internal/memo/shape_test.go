package memo

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
)

type place struct {
	Path      string
	Line, Col int
}

type thing struct {
	place
	Name    string
	Names   []string
	At      place
	Open    bool
	Kind    uint8
	Lat     float64
	Box     [4]float64
	Parts   []part2
	Words   map[string]string
	Extra   map[string]any
	Any     any
	Next    *thing
	private int
}

type part2 struct {
	At    place
	Label string
}

// TestShape packs things of every kind and wants them back as they were, whether a list
// is empty or missing.
func TestShape(t *testing.T) {
	s := ShapeOf(thing{})
	for _, v := range []thing{
		{},
		{Extra: map[string]any{"a": []any{1, "a", nil, 0.5, true}, "b": map[string]any{}, "c": nil}, Any: -1},
		{Name: "Łódź", Names: []string{}, Words: map[string]string{}, Lat: -0.5},
		{
			Name: "a", Names: []string{"a", "b", "", "b"}, At: place{"content/cities/a.md", 3, 9}, Open: true, Kind: 255, Lat: math.Inf(-1), Box: [4]float64{1, 0, 2},
			Parts: []part2{{place{"content/cities/a.md", 4, 1}, "x"}, {}, {Label: "content/cities/a.md"}}, Words: map[string]string{"b": "a", "": "b"},
		},
	} {
		b, ok := s.Append(nil, &v)
		if !ok {
			t.Fatalf("%+v cannot be packed", v)
		}
		if n := strings.Count(string(b), "content/cities/a.md"); n > 1 {
			t.Errorf("a text is written %d times", n)
		}
		var got thing
		if err := s.Unpack(string(b), &got); err != nil || !reflect.DeepEqual(v, got) {
			t.Errorf("packed %+v, got %+v, %v", v, got, err)
		}
		for i := range b { // what is cut short is noticed, and never read past
			var got thing
			if err := s.Unpack(string(b[:i]), &got); !errors.Is(err, ErrSpoilt) {
				t.Errorf("%d of %d bytes: %v", i, len(b), err)
			}
		}
	}
}

// TestDeepShape: what is nested without end is neither packed nor unpacked.
func TestDeepShape(t *testing.T) {
	var v any
	for range 2 * deepest {
		v = []any{v}
	}
	s := ShapeOf(thing{})
	if _, ok := s.Append(nil, &thing{Any: v}); ok {
		t.Error("was packed")
	}
	if err := ShapeOf([]any{}).Unpack("\x01"+strings.Repeat("\x05\x01", 1e6)+"\x00", new([]any)); !errors.Is(err, ErrSpoilt) {
		t.Error(err)
	}
}

// TestShapeless: what cannot be packed is told, and not left out.
func TestShapeless(t *testing.T) {
	s := ShapeOf(thing{})
	for name, v := range map[string]thing{
		"a pointer":           {Next: &thing{}},
		"an odd value":        {Any: place{}},
		"an odd value inside": {Extra: map[string]any{"a": []any{[]string{"a"}}}},
		"a private field":     {private: 1},
		"an embedded private": {place: place{Line: 1}},
	} {
		if _, ok := s.Append(nil, &v); ok {
			t.Error(name, "was packed")
		}
	}
}

// FuzzShape unpacks anything: it never fails but by ErrSpoilt.
func FuzzShape(f *testing.F) {
	s := ShapeOf(thing{})
	b, _ := s.Append(nil, &thing{Name: "a", Names: []string{"a"}, Words: map[string]string{"a": "b"}, Parts: make([]part2, 3), Any: []any{1, map[string]any{"a": "b"}}})
	f.Add(string(b))
	f.Fuzz(func(t *testing.T, data string) {
		var v thing
		if err := s.Unpack(data, &v); err != nil && !errors.Is(err, ErrSpoilt) {
			t.Fatal(err)
		}
	})
}
