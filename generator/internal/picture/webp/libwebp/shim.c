/* The door between Go and libwebp's encoder: planes in, a WebP file out.
 * Built by build.sh into libwebp.wasm.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>

#include "src/dsp/cpu.h"
#include "src/webp/encode.h"

#define EXPORT(name) __attribute__((export_name(name)))

/* libwebp asks at run time which instructions there are, knows no WebAssembly
 * outside Emscripten, and would quietly take its plain C functions. The SSE
 * sources are compiled to 128-bit WebAssembly instructions, so they are there. */
static int has(CPUFeature f) {
  return f == kSSE2 || f == kSSE3 || f == kSSE4_1;
}
VP8CPUInfo VP8GetCPUInfo = has;

static WebPMemoryWriter out;

EXPORT("alloc") void* alloc(int32_t size) { return malloc((size_t)size); }
EXPORT("release") void release(void* p) { free(p); }

/* Encodes planes of limited range, 4:2:0; a is 0 or the alpha plane. Returns 0
 * for success or a WebPEncodingError; the file stands at result(), length(). */
EXPORT("encode")
int32_t encode(uint8_t* y, uint8_t* u, uint8_t* v, uint8_t* a, int32_t width,
               int32_t height, int32_t quality, int32_t method) {
  WebPConfig config;
  WebPPicture pic;
  int ok;
  if (!WebPConfigPreset(&config, WEBP_PRESET_PHOTO, (float)quality) ||
      !WebPPictureInit(&pic)) {
    return VP8_ENC_ERROR_INVALID_CONFIGURATION;
  }
  config.method = method;
  /* The tokens of a photograph take 1 byte a pixel, those of noise up to 5. */
  config.low_memory = (int64_t)width * height > 1 << 22;
  pic.colorspace = a ? WEBP_YUV420A : WEBP_YUV420;
  pic.width = width;
  pic.height = height;
  pic.y = y;
  pic.u = u;
  pic.v = v;
  pic.a = a;
  pic.y_stride = pic.a_stride = width;
  pic.uv_stride = (width + 1) / 2;
  WebPMemoryWriterInit(&out);
  pic.writer = WebPMemoryWrite;
  pic.custom_ptr = &out;
  ok = WebPEncode(&config, &pic);
  WebPPictureFree(&pic);
  return ok ? 0 : (int32_t)pic.error_code;
}

EXPORT("result") uint8_t* result(void) { return out.mem; }
EXPORT("length") int32_t length(void) { return (int32_t)out.size; }
EXPORT("clear") void clear(void) { WebPMemoryWriterClear(&out); }
EXPORT("version") int32_t version(void) { return WebPGetEncoderVersion(); }
