package memo

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
)

// A Packer writes values one after the other, for an Unpacker to read in the same
// order: numbers as varints, texts with their lengths, and at the end the SHA-256
// of all of it.
type Packer struct{ b []byte }

// Pack begins with a line that names the format and its version.
func Pack(format string) *Packer { return &Packer{[]byte(format + "\n")} }

// Grow makes room for n bytes more.
func (p *Packer) Grow(n int) { p.b = slices.Grow(p.b, n) }

// Text writes a text.
func (p *Packer) Text(s string) {
	p.Uint(uint64(len(s)))
	p.b = append(p.b, s...)
}

// Texts writes a list of texts.
func (p *Packer) Texts(list []string) {
	p.Uint(uint64(len(list)))
	for _, s := range list {
		p.Text(s)
	}
}

// Raw writes bytes whose number the reader knows.
func (p *Packer) Raw(b []byte) { p.b = append(p.b, b...) }

// Uint writes a number.
func (p *Packer) Uint(v uint64) { p.b = binary.AppendUvarint(p.b, v) }

// Int writes a number that may be negative.
func (p *Packer) Int(v int64) { p.b = binary.AppendVarint(p.b, v) }

// Flag writes a truth value.
func (p *Packer) Flag(f bool) {
	if f {
		p.Uint(1)
	} else {
		p.Uint(0)
	}
}

// Seal returns all that was written. Nothing may be written after it.
func (p *Packer) Seal() []byte {
	sum := sha256.Sum256(p.b)
	return append(p.b, sum[:]...)
}

// ErrSpoilt reports bytes that no Packer of this format has sealed, or that were
// not read as they were written.
var ErrSpoilt = errors.New("what was remembered is spoilt")

// An Unpacker reads what a Packer has written. After the end of it all numbers are
// 0 and all texts empty, and End reports that.
type Unpacker struct {
	data  string
	short bool // it ran out
}

// Unpack begins to read sealed bytes of a format.
func Unpack(format string, b []byte) (*Unpacker, error) {
	if len(b) < len(format)+1+sha256.Size || string(b[:len(format)+1]) != format+"\n" {
		return nil, ErrSpoilt
	}
	data, sum := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	if got := sha256.Sum256(data); !bytes.Equal(got[:], sum) {
		return nil, ErrSpoilt
	}
	return &Unpacker{data: string(data[len(format)+1:])}, nil
}

// End returns ErrSpoilt unless everything was read and nothing more.
func (u *Unpacker) End() error {
	if u.short || u.data != "" {
		return ErrSpoilt
	}
	return nil
}

// Raw reads n bytes.
func (u *Unpacker) Raw(n int) string {
	if n < 0 || n > len(u.data) {
		u.short, n = true, len(u.data)
	}
	s := u.data[:n]
	u.data = u.data[n:]
	return s
}

// Text reads a text.
func (u *Unpacker) Text() string { return u.Raw(int(min(u.Uint(), uint64(len(u.data)+1)))) }

// Texts reads a list of texts.
func (u *Unpacker) Texts() []string {
	out := make([]string, u.Count())
	for i := range out {
		out[i] = u.Text()
	}
	return out
}

// Uint reads a number.
func (u *Unpacker) Uint() uint64 {
	if len(u.data) > 0 && u.data[0] < 0x80 { // most are small
		v := uint64(u.data[0])
		u.data = u.data[1:]
		return v
	}
	v, n := binary.Uvarint([]byte(u.data[:min(len(u.data), binary.MaxVarintLen64)]))
	u.Raw(max(n, 0))
	u.short = u.short || n <= 0
	return v
}

// Flag reads a truth value.
func (u *Unpacker) Flag() bool { return u.Uint() == 1 }

// Int reads a number that may be negative.
func (u *Unpacker) Int() int64 {
	v, n := binary.Varint([]byte(u.data[:min(len(u.data), binary.MaxVarintLen64)]))
	u.Raw(max(n, 0))
	u.short = u.short || n <= 0
	return v
}

// Count reads a number of things that take at least one byte each.
func (u *Unpacker) Count() int {
	n := u.Uint()
	if n > uint64(len(u.data)) {
		u.short = true
		return 0
	}
	return int(n)
}
