// Package webp writes lossy WebP files with libwebp's own encoder, compiled to
// WebAssembly with 128-bit SIMD and run inside this process. The same bytes
// come out on every platform. It reads no WebP and touches no file but the
// folder where the compiled encoder is remembered.
package webp

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"runtime"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// blob is libwebp 1.2.4 from Debian's source package: libwebp/build.sh makes it,
// libwebp/NOTICE holds the licences, libwebp.wasm.sha256 the hash.
//
//go:embed libwebp.wasm
var blob []byte

// Version names the encoder and its settings: it belongs into the key of
// whatever is remembered of its results.
const Version = "libwebp-1.2.4 photo m2 once"

// method is libwebp's effort, 0 to 6: more takes longer for a smaller file.
const method = 2

// keep is how many bytes of memory an idle instance may hold, as much as for a
// photograph; memory never shrinks.
const keep = 24 << 20

// MaxSide is the longest side, in pixels, that the format can say.
const MaxSide = 16383

// ErrUnavailable reports that the encoder cannot run on this machine.
var ErrUnavailable = errors.New("the WebP encoder cannot run on this machine")

// An Encoder is the compiled encoder with the instances of it that are idle.
// It is safe for concurrent use.
type Encoder struct {
	runtime wazero.Runtime
	code    wazero.CompiledModule
	idle    chan *instance
}

// Open compiles the encoder, or fetches what an earlier run compiled from the
// folder cache; with an empty name it compiles each time (0.1 to 0.2 s). The error
// wraps ErrUnavailable where there is no compiler for the machine: interpreted, the
// encoder is ninety times slower.
func Open(ctx context.Context, cache string) (e *Encoder, err error) {
	defer func() {
		if r := recover(); r != nil { // wazero panics where executable memory is refused
			e, err = nil, fmt.Errorf("%w: %v", ErrUnavailable, r)
		}
	}()
	config := wazero.NewRuntimeConfigCompiler().WithMemoryLimitPages(16384) // 1 GB
	if cache != "" {
		compiled, err := wazero.NewCompilationCacheWithDir(cache)
		if err == nil { // a folder that cannot be written costs time, never the build
			config = config.WithCompilationCache(compiled)
		}
	}
	rt := wazero.NewRuntimeWithConfig(ctx, config)
	code, err := rt.CompileModule(ctx, blob)
	if err != nil {
		rt.Close(ctx)
		return nil, fmt.Errorf("%w: %v", ErrUnavailable, err)
	}
	return &Encoder{rt, code, make(chan *instance, runtime.GOMAXPROCS(0))}, nil
}

// Supported reports whether Open has a compiler for this machine, without
// compiling anything.
func Supported() (yes bool) {
	defer func() { yes = recover() == nil }()
	wazero.NewRuntimeConfigCompiler()
	return true
}

// Close frees the encoder's memory. Nobody may be encoding.
func (e *Encoder) Close(ctx context.Context) error { return e.runtime.Close(ctx) }

// Encode returns m as a WebP file of the quality, 0 to 100. m must be 4:2:0 in
// JPEG's full range with both sides at most MaxSide; its A may be nil, which
// means opaque. It takes 2 to 3 bytes a pixel, of noise 7 to 9; with A 18, of noise 34.
func (e *Encoder) Encode(ctx context.Context, m *image.NYCbCrA, quality int) ([]byte, error) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if m.SubsampleRatio != image.YCbCrSubsampleRatio420 || w < 1 || h < 1 || w > MaxSide || h > MaxSide {
		panic(fmt.Sprintf("webp: cannot encode %v of %d×%d", m.SubsampleRatio, w, h))
	}
	i, err := e.take(ctx)
	if err != nil {
		return nil, err
	}
	data, err := i.encode(ctx, m, quality)
	if err != nil || i.module.Memory().Size() > keep {
		return data, errors.Join(err, i.module.Close(ctx)) // after an error its memory may be in any state
	}
	select {
	case e.idle <- i:
		return data, nil
	default:
		return data, i.module.Close(ctx)
	}
}

// instance is one encoder with a memory of its own: for one caller at a time.
type instance struct {
	module api.Module
	memory *memory
}

// memory is what an instance calculates in. wazero's own grows by a quarter at a time,
// and leaves behind what it was before: three times as much garbage as it is itself.
type memory struct {
	bytes []byte
	room  int // what the picture in hand takes, as far as is known
}

func (m *memory) Reallocate(size uint64) []byte {
	if size > uint64(cap(m.bytes)) {
		grown := make([]byte, size, max(int(size), m.room, 2*cap(m.bytes)))
		copy(grown, m.bytes)
		m.bytes = grown
	}
	m.bytes = m.bytes[:size]
	return m.bytes
}

// Free does nothing: the memory is garbage when the instance is.
func (m *memory) Free() {}

func (e *Encoder) take(ctx context.Context) (*instance, error) {
	select {
	case i := <-e.idle:
		return i, nil
	default:
	}
	memory := &memory{}
	ctx = experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(_, _ uint64) experimental.LinearMemory { return memory }))
	m, err := e.runtime.InstantiateModule(ctx, e.code, wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"))
	if err != nil {
		return nil, fmt.Errorf("start the WebP encoder: %w", err)
	}
	return &instance{m, memory}, nil
}

func (i *instance) encode(ctx context.Context, m *image.NYCbCrA, quality int) ([]byte, error) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	cw, ch := (w+1)/2, (h+1)/2
	size := w*h + 2*cw*ch
	if i.memory.room = 0; m.A != nil {
		size += w * h
		i.memory.room = 19 * w * h
	}
	p, err := i.call(ctx, "alloc", uint64(size))
	if err != nil {
		return nil, err
	}
	buf, ok := i.module.Memory().Read(p, uint32(size))
	if p == 0 || !ok {
		return nil, fmt.Errorf("encode WebP: no memory for %d×%d", w, h)
	}
	luma, chroma := limits()
	y, u := p, p+uint32(w*h)
	v, a := u+uint32(cw*ch), uint32(0)
	rest := squeeze(buf, m.Y, m.YStride, w, h, &luma)
	rest = squeeze(rest, m.Cb, m.CStride, cw, ch, &chroma)
	rest = squeeze(rest, m.Cr, m.CStride, cw, ch, &chroma)
	if m.A != nil {
		a = v + uint32(cw*ch)
		for row := range h {
			copy(rest[row*w:][:w], m.A[row*m.AStride:])
		}
	}
	code, err := i.call(ctx, "encode", uint64(y), uint64(u), uint64(v), uint64(a), uint64(w), uint64(h), uint64(quality), method)
	if err != nil {
		return nil, err
	}
	if code != 0 {
		return nil, fmt.Errorf("encode WebP: libwebp's error %d", code)
	}
	return i.collect(ctx, p)
}

// collect copies the finished file out and frees it and the planes at p.
func (i *instance) collect(ctx context.Context, p uint32) ([]byte, error) {
	at, err1 := i.call(ctx, "result")
	n, err2 := i.call(ctx, "length")
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	file, ok := i.module.Memory().Read(at, n)
	if !ok {
		return nil, errors.New("encode WebP: the result lies outside the encoder's memory")
	}
	data := append([]byte(nil), file...)
	_, err1 = i.call(ctx, "clear")
	_, err2 = i.call(ctx, "release", uint64(p))
	return data, errors.Join(err1, err2)
}

func (i *instance) call(ctx context.Context, name string, args ...uint64) (uint32, error) {
	r, err := i.module.ExportedFunction(name).Call(ctx, args...)
	if err != nil {
		return 0, fmt.Errorf("encode WebP: %w", err)
	}
	if len(r) == 0 {
		return 0, nil
	}
	return uint32(r[0]), nil
}

// squeeze writes a plane into the beginning of dst through the table and
// returns what is left of dst.
func squeeze(dst, src []byte, stride, w, h int, table *[256]uint8) []byte {
	for row := range h {
		d, s := dst[row*w:][:w], src[row*stride:][:w]
		for x, v := range s {
			d[x] = table[v]
		}
	}
	return dst[w*h:]
}

// limits returns the tables from JPEG's full range to the limited range of
// WebP: luma 16 to 235, chroma 16 to 240 (ITU-R BT.601).
func limits() (luma, chroma [256]uint8) {
	for i := range 256 {
		luma[i] = uint8(16 + (i*219+127)/255)
		chroma[i] = uint8((128*255 + (i-128)*224 + 127) / 255)
	}
	return luma, chroma
}
