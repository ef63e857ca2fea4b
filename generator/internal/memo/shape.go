package memo

import (
	"encoding/binary"
	"math"
	"math/bits"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// A Shape packs values of one Go type: truth values, numbers, texts, and structs,
// lists, arrays and maps by texts of these, and what of these an any holds that was read
// from YAML. What is zero takes next to no room, and a text that was met before in the
// same value is not written again.
//
// Pointers, other interfaces and fields that are not exported it cannot pack; values in
// which they are zero it can.
type Shape struct {
	part           part
	packed, opened sync.Pool // *packing and *unpacking, for their room
}

// A part packs and unpacks the values of a type that may be part of others.
type part struct {
	pack   func(w *packing, v reflect.Value)
	unpack func(r *unpacking, v reflect.Value) // into a zero value that can be set
}

type packing struct {
	Packer
	met  map[string]uint64 // texts, by their numbers
	deep int               // so many anys are around what is being packed
	lost bool              // something could not be packed
}

type unpacking struct {
	Unpacker
	met  []string
	deep int
}

// deepest is how many anys may be in one another.
const deepest = 100

// ShapeOf returns the shape of the values of v's type.
func ShapeOf(v any) *Shape { return &Shape{part: partOf(reflect.TypeOf(v))} }

// Append appends the value that v points to, for Unpack of the same shape. ok is false when
// it holds what cannot be packed; what was appended is of no use then.
func (s *Shape) Append(b []byte, v any) (_ []byte, ok bool) {
	w, again := s.packed.Get().(*packing)
	if !again {
		w = &packing{met: map[string]uint64{}}
	}
	w.Packer, w.deep, w.lost = Packer{b}, 0, false
	s.part.pack(w, reflect.ValueOf(v).Elem())
	b, w.b = w.b, nil
	clear(w.met)
	s.packed.Put(w)
	return b, !w.lost
}

// Unpack fills the zero value that v points to. Its texts are parts of data. It
// returns ErrSpoilt for what Append has not made; v is of no use then.
func (s *Shape) Unpack(data string, v any) error {
	r, again := s.opened.Get().(*unpacking)
	if !again {
		r = new(unpacking)
	}
	*r = unpacking{Unpacker: Unpacker{data: data}, met: r.met[:0]}
	s.part.unpack(r, reflect.ValueOf(v).Elem())
	err := r.End()
	clear(r.met)
	s.opened.Put(r)
	return err
}

func partOf(t reflect.Type) part {
	switch t.Kind() {
	case reflect.Bool:
		return part{
			func(w *packing, v reflect.Value) { w.Flag(v.Bool()) },
			func(r *unpacking, v reflect.Value) { v.SetBool(r.Flag()) },
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return part{
			func(w *packing, v reflect.Value) { w.Int(v.Int()) },
			func(r *unpacking, v reflect.Value) { v.SetInt(r.Int()) },
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return part{
			func(w *packing, v reflect.Value) { w.Uint(v.Uint()) },
			func(r *unpacking, v reflect.Value) { v.SetUint(r.Uint()) },
		}
	case reflect.Float32, reflect.Float64:
		return part{
			func(w *packing, v reflect.Value) {
				w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(v.Float()))
			},
			func(r *unpacking, v reflect.Value) {
				if b := r.Raw(8); len(b) == 8 {
					v.SetFloat(math.Float64frombits(binary.LittleEndian.Uint64([]byte(b))))
				}
			},
		}
	case reflect.String:
		return part{
			func(w *packing, v reflect.Value) { w.text(v.String()) },
			func(r *unpacking, v reflect.Value) { v.SetString(r.text()) },
		}
	case reflect.Struct:
		return partOfStruct(t)
	case reflect.Slice:
		return partOfSlice(t)
	case reflect.Array:
		return partOfArray(t)
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return partOfMap(t)
		}
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return partOfAny()
		}
	}
	return part{
		func(w *packing, v reflect.Value) { w.lost = w.lost || !v.IsZero() },
		func(*unpacking, reflect.Value) {},
	}
}

// text writes a text, or the number of the one that it is the same as.
func (w *packing) text(s string) {
	if n, met := w.met[s]; met {
		w.Uint(n<<1 | 1)
		return
	}
	w.met[s] = uint64(len(w.met))
	w.Uint(uint64(len(s)) << 1)
	w.b = append(w.b, s...)
}

func (r *unpacking) text() string {
	n := r.Uint()
	if n&1 == 0 {
		s := r.Raw(int(min(n>>1, uint64(len(r.data)+1))))
		r.met = append(r.met, s)
		return s
	}
	if n >>= 1; n < uint64(len(r.met)) {
		return r.met[n]
	}
	r.short = true
	return ""
}

// partOfStruct writes which fields are not zero, and then those, so that a struct may
// have 64 fields.
func partOfStruct(t reflect.Type) part {
	var fields []part
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && i < 64 {
			fields = append(fields, partOf(f.Type))
		} else {
			fields = append(fields, partOf(reflect.TypeFor[func()]()))
		}
	}
	return part{
		func(w *packing, v reflect.Value) {
			var filled uint64
			for i := range fields {
				if !v.Field(i).IsZero() {
					filled |= 1 << i
				}
			}
			w.Uint(filled)
			for i, f := range fields {
				if filled&(1<<i) != 0 || i >= 64 {
					f.pack(w, v.Field(i))
				}
			}
		},
		func(r *unpacking, v reflect.Value) {
			for filled := r.Uint(); filled != 0; filled &= filled - 1 {
				i := bits.TrailingZeros64(filled)
				if i >= len(fields) {
					r.short = true
					return
				}
				fields[i].unpack(r, v.Field(i))
			}
		},
	}
}

func partOfSlice(t reflect.Type) part {
	of := partOf(t.Elem())
	return part{
		func(w *packing, v reflect.Value) {
			w.Uint(uint64(v.Len()))
			for i := range v.Len() {
				of.pack(w, v.Index(i))
			}
		},
		func(r *unpacking, v reflect.Value) {
			n := r.Count()
			if v.Grow(n); n == 0 {
				v.Set(reflect.MakeSlice(t, 0, 0))
			}
			v.SetLen(n)
			for i := range n {
				of.unpack(r, v.Index(i))
			}
		},
	}
}

func partOfArray(t reflect.Type) part {
	of := partOf(t.Elem())
	return part{
		func(w *packing, v reflect.Value) {
			for i := range t.Len() {
				of.pack(w, v.Index(i))
			}
		},
		func(r *unpacking, v reflect.Value) {
			for i := range t.Len() {
				of.unpack(r, v.Index(i))
			}
		},
	}
}

func partOfMap(t reflect.Type) part {
	of := partOf(t.Elem())
	return part{
		func(w *packing, v reflect.Value) {
			keys := v.MapKeys()
			slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
			w.Uint(uint64(len(keys)))
			for _, k := range keys {
				w.text(k.String())
				of.pack(w, v.MapIndex(k))
			}
		},
		func(r *unpacking, v reflect.Value) {
			n := r.Count()
			v.Set(reflect.MakeMapWithSize(t, n))
			for range n {
				key, value := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
				key.SetString(r.text())
				of.unpack(r, value)
				v.SetMapIndex(key, value)
			}
		},
	}
}

// partOfAny writes of which type a value is, by its place in a list, and then the value.
func partOfAny() part {
	types := []reflect.Type{nil, reflect.TypeFor[string](), reflect.TypeFor[bool](), reflect.TypeFor[int](), reflect.TypeFor[float64](), reflect.TypeFor[[]any](), reflect.TypeFor[map[string]any]()}
	return part{
		func(w *packing, v reflect.Value) {
			if v.IsNil() {
				w.Uint(0)
				return
			}
			n := slices.Index(types, v.Elem().Type())
			if w.lost = w.lost || n < 0 || w.deep == deepest; !w.lost {
				w.Uint(uint64(n))
				w.deep++
				partOf(types[n]).pack(w, v.Elem())
				w.deep--
			}
		},
		func(r *unpacking, v reflect.Value) {
			n := r.Uint()
			if r.short = r.short || n >= uint64(len(types)) || r.deep == deepest; n > 0 && !r.short {
				value := reflect.New(types[n]).Elem()
				r.deep++
				partOf(types[n]).unpack(r, value)
				r.deep--
				v.Set(value)
			}
		},
	}
}
