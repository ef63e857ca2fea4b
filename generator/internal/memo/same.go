package memo

import (
	"reflect"
	"sync"
	"unsafe"
)

// Comparer tells whether two values are the same in all that they hold. It
// works out once how each type is compared. Its zero value is ready, and it is
// safe for concurrent use.
//
// Slices and pointers are followed; values must be trees. What cannot be
// followed (a map, a function, a pointer to something with one in it) is the same
// only when it is one and the same; an interface never is, unless it is nil.
type Comparer struct {
	mu    sync.Mutex
	types map[reflect.Type]*comparison
}

// comparison compares the values at two addresses. whole says that equal means
// equal in all that is held, not only one and the same.
type comparison struct {
	same  func(a, b unsafe.Pointer) bool
	whole bool
}

// Same reports whether a and b are of one type and the same in all they hold.
func (c *Comparer) Same(a, b any) bool {
	t := reflect.TypeOf(a)
	if t != reflect.TypeOf(b) || t == nil {
		return false
	}
	c.mu.Lock()
	cmp := c.types[t]
	if cmp == nil {
		if c.types == nil {
			c.types = map[reflect.Type]*comparison{}
		}
		cmp = c.of(t)
	}
	c.mu.Unlock()
	x, y := reflect.New(t), reflect.New(t)
	x.Elem().Set(reflect.ValueOf(a))
	y.Elem().Set(reflect.ValueOf(b))
	return cmp.same(x.UnsafePointer(), y.UnsafePointer())
}

// of works out how values of t are compared. A type that holds itself finds the
// comparison that is being made for it.
func (c *Comparer) of(t reflect.Type) *comparison {
	if known := c.types[t]; known != nil {
		return known
	}
	cmp := &comparison{whole: true}
	c.types[t] = cmp
	switch t.Kind() {
	case reflect.String:
		cmp.same = func(a, b unsafe.Pointer) bool { return *(*string)(a) == *(*string)(b) }
	case reflect.Struct:
		c.fields(t, cmp)
	case reflect.Slice:
		c.slice(t, cmp)
	case reflect.Array:
		c.array(t, cmp)
	case reflect.Pointer:
		to := c.of(t.Elem())
		cmp.whole = to.whole
		cmp.same = func(a, b unsafe.Pointer) bool {
			x, y := *(*unsafe.Pointer)(a), *(*unsafe.Pointer)(b)
			return x == y || x != nil && y != nil && to.whole && to.same(x, y)
		}
	case reflect.Interface:
		cmp.whole = false
		cmp.same = func(a, b unsafe.Pointer) bool { return *(*unsafe.Pointer)(a) == nil && *(*unsafe.Pointer)(b) == nil }
	case reflect.Map, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		cmp.whole = false
		cmp.same = bytewise(t.Size())
	default: // numbers and truth values
		cmp.same = bytewise(t.Size())
	}
	return cmp
}

// bytewise compares n bytes.
func bytewise(n uintptr) func(a, b unsafe.Pointer) bool {
	switch n {
	case 1:
		return func(a, b unsafe.Pointer) bool { return *(*uint8)(a) == *(*uint8)(b) }
	case 8:
		return func(a, b unsafe.Pointer) bool { return *(*uint64)(a) == *(*uint64)(b) }
	}
	return func(a, b unsafe.Pointer) bool {
		return string(unsafe.Slice((*byte)(a), n)) == string(unsafe.Slice((*byte)(b), n))
	}
}

func (c *Comparer) fields(t reflect.Type, cmp *comparison) {
	type field struct {
		at  uintptr
		cmp *comparison
	}
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		one := c.of(f.Type)
		cmp.whole = cmp.whole && one.whole
		fields = append(fields, field{f.Offset, one})
	}
	cmp.same = func(a, b unsafe.Pointer) bool {
		for i := range fields {
			f := &fields[i]
			if !f.cmp.same(unsafe.Add(a, f.at), unsafe.Add(b, f.at)) {
				return false
			}
		}
		return true
	}
}

func (c *Comparer) slice(t reflect.Type, cmp *comparison) {
	of, size := c.of(t.Elem()), t.Elem().Size()
	cmp.whole = of.whole
	cmp.same = func(a, b unsafe.Pointer) bool {
		x, y := *(*[]byte)(a), *(*[]byte)(b) // for the lengths, which count elements
		if len(x) != len(y) || (x == nil) != (y == nil) {
			return false
		}
		p, q := unsafe.Pointer(unsafe.SliceData(x)), unsafe.Pointer(unsafe.SliceData(y))
		if p == q {
			return true
		}
		for i := range len(x) {
			if !of.same(unsafe.Add(p, uintptr(i)*size), unsafe.Add(q, uintptr(i)*size)) {
				return false
			}
		}
		return true
	}
}

func (c *Comparer) array(t reflect.Type, cmp *comparison) {
	of, size, n := c.of(t.Elem()), t.Elem().Size(), t.Len()
	cmp.whole = of.whole
	cmp.same = func(a, b unsafe.Pointer) bool {
		for i := range n {
			if !of.same(unsafe.Add(a, uintptr(i)*size), unsafe.Add(b, uintptr(i)*size)) {
				return false
			}
		}
		return true
	}
}
