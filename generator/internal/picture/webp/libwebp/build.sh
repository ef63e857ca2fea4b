#!/bin/sh
# Builds ../libwebp.wasm from Debian 12's source package of libwebp with Debian's
# own compiler, and says whether the bytes are those committed.
#
#   apt-get install clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32 dpkg-dev
#   ./build.sh            # needs deb-src lines in apt's sources
#
# The SSE sources become WebAssembly instructions through the <emmintrin.h> and
# <smmintrin.h> of Debian's emscripten package, of which only these headers are
# used: simde's take 4.5 times as long at run time. Nothing is written outside a
# temporary folder but libwebp.wasm and its hash.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get -qq source libwebp=1.2.4-0.2+deb12u1   # with its patches (CVE-2023-4863)
apt-get -qq download emscripten=3.1.6~dfsg-5
dpkg -x emscripten_*.deb emscripten
src=$work/libwebp-1.2.4
patch -s -d "$src" -p1 <"$here/effort2.patch"
compat=$work/emscripten/usr/share/emscripten/system/include/compat

# What opaque pictures do not need is made small instead of fast: the runtime compiles
# it all the same, at the first picture.
# -ffile-prefix-map: no path of the building machine in the blob.
for f in "$src"/src/enc/*.c "$src"/src/dsp/*.c "$src"/src/utils/*.c "$src"/sharpyuv/*.c "$here/shim.c"; do
	case $f in
	*/cpu.c | *_neon.c | *_mips*.c | *_msa.c) continue ;; # cpu.c: shim.c says what there is
	*/enc/analysis* | */enc/frame* | */enc/iterator* | */enc/quant* | */enc/token* | */dsp/cost* | */dsp/enc*) for=-O2 ;;
	*) for=-Oz ;;
	esac
	clang-14 --target=wasm32-wasi -msimd128 "$for" -flto -DNDEBUG -DWEBP_DISABLE_STATS -DWEBP_REDUCE_SIZE \
		-ffunction-sections -fdata-sections "-ffile-prefix-map=$work=." \
		-isystem "$compat" -D__SSE__ -D__SSE2__ -D__SSE3__ -D__SSSE3__ -D__SSE4_1__ \
		"-I$src" -c "$f" -o "$(basename "$f" .c).o"
done

# The linker is called by name: clang would run wasm-opt on the result where it
# finds one, and old ones do not know SIMD. A picture of 1,920 pixels fits into the
# memory that there is from the beginning: where it grows, the runtime makes it anew.
wasm-ld-14 --initial-memory=8388608 --no-entry --gc-sections --strip-all -O2 -o libwebp.wasm \
	/usr/lib/wasm32-wasi/crt1-reactor.o ./*.o -L/usr/lib/wasm32-wasi -lc \
	"$(clang-14 --target=wasm32-wasi -print-resource-dir)/lib/wasi/libclang_rt.builtins-wasm32.a"

if [ -e "$here/../libwebp.wasm" ] && cmp -s libwebp.wasm "$here/../libwebp.wasm"; then
	echo "the same bytes as committed"
	exit
fi
cp libwebp.wasm "$here/../libwebp.wasm"
cd "$here/.." && sha256sum libwebp.wasm >libwebp.wasm.sha256
echo "new bytes: run the tests, raise Version in webp.go, name the version in NOTICE"
