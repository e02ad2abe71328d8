#define _GNU_SOURCE
#define ZLIB_CONST
#include "streams.h"

#include <string.h>
#include <zlib.h>

enum { DICTIONARY_MAX = 2048, LAYERS_MAX = 3, CHUNK = 32 << 10 };

/// What a stream's dictionary says of it.
typedef struct dictionary {
  int is_packed;  ///< by Flate, and nothing else
  int is_content; ///< it may be a page's
} dictionary;

static int has(const char *at, size_t len, const char *word) {
  return memmem(at, len, word, strlen(word)) != NULL;
}

static dictionary dictionary_before(const char *bytes, size_t at) {
  size_t len = at < DICTIONARY_MAX ? at : DICTIONARY_MAX;
  const char *start = bytes + at - len, *object;
  while ((object = memmem(start, len, " obj", 4)) != NULL) {
    len -= (size_t)(object + 4 - start);
    start = object + 4;
  }
  static const char *const others[] = {
      "/Image",     "/Length1",      "/Type1C", "/CIDFontType0C", "/OpenType",
      "/Metadata",  "/EmbeddedFile", "/XRef",   "/ObjStm",        "/FunctionType",
      "/Alternate", "/ShadingType",  "/N ",     "/CMap",          "/Length2",
  };
  dictionary d = {.is_content = 1};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    d.is_content &= !has(start, len, others[i]);
  static const char *const filters[] = {"/Image",           "/LZWDecode",
                                        "/ASCII85Decode",   "/ASCIIHexDecode",
                                        "/RunLengthDecode", "/Crypt"};
  d.is_packed = has(start, len, "/Fl");
  for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
    d.is_packed &= !has(start, len, filters[i]);
  return d;
}

/// Counts the bytes between parentheses and angle brackets: what a page's content shows.
typedef struct shown {
  uint64_t bytes;
  int depth, is_escaped, is_hexadecimal;
} shown;

static void count_shown(shown *s, const unsigned char *at, size_t len) {
  for (size_t i = 0; i < len; i++) {
    unsigned char c = at[i];
    if (s->depth > 0) {
      s->bytes++;
      if (s->is_escaped)
        s->is_escaped = 0;
      else if (c == '\\')
        s->is_escaped = 1;
      else
        s->depth += (c == '(') - (c == ')');
    } else if (s->is_hexadecimal) {
      s->is_hexadecimal = c != '>' && c != '<';
      s->bytes += i % 2;
    } else if (c == '(') {
      s->depth = 1;
    } else if (c == '<') {
      s->is_hexadecimal = 1;
    }
  }
}

/// A stream that is being unpacked, layer by layer. How many there are is seen when one is none: what the
/// dictionary says need not be true.
typedef struct unpacking {
  z_stream layers[LAYERS_MAX];
  unsigned char chunks[LAYERS_MAX][CHUNK];
  int count;
  int is_content;
  uint64_t len; ///< of all layers together
  shown shown;
} unpacking;

/// Passes bytes through the layers from `layer` on. Returns 0 at the end of what can be unpacked, or of
/// what needs to be.
static int pass(unpacking *u, int layer, const unsigned char *at, size_t len) {
  if (layer >= u->count) {
    if (u->is_content)
      count_shown(&u->shown, at, len);
    return u->shown.bytes <= STREAM_TEXT_MAX;
  }
  z_stream *z = &u->layers[layer];
  z->next_in = at;
  z->avail_in = (uInt)len;
  do {
    z->next_out = u->chunks[layer];
    z->avail_out = CHUNK;
    int result = inflate(z, Z_NO_FLUSH);
    size_t got = CHUNK - z->avail_out;
    u->len += got;
    if (u->len > STREAM_MAX || (got && !pass(u, layer + 1, u->chunks[layer], got)))
      return 0;
    if (result == Z_DATA_ERROR && z->total_out == 0 && layer > 0) {
      for (int i = layer; i < u->count; i++)
        inflateEnd(&u->layers[i]);
      u->count = layer;
      return pass(u, layer, at, len);
    }
    if (result != Z_OK)
      return result == Z_BUF_ERROR;
  } while (z->avail_in > 0 || z->avail_out == 0);
  return 1;
}

static enum streams_outcome unpack(unpacking *u, const char *at, size_t len,
                                   const volatile uint32_t *cancelled) {
  u->len = 0;
  u->shown = (shown){0};
  for (u->count = 0; u->count < LAYERS_MAX; u->count++) {
    u->layers[u->count] = (z_stream){0};
    if (inflateInit(&u->layers[u->count]) != Z_OK)
      break;
  }
  int goes_on = u->count > 0;
  for (size_t done = 0; goes_on && done < len; done += CHUNK) {
    size_t part = len - done < CHUNK ? len - done : CHUNK;
    goes_on = pass(u, 0, (const unsigned char *)at + done, part) && !*cancelled;
  }
  for (int i = 0; i < u->count; i++)
    inflateEnd(&u->layers[i]);
  if (*cancelled)
    return STREAMS_CANCELLED;
  if (u->len > STREAM_MAX)
    return STREAMS_LARGE;
  return u->shown.bytes > STREAM_TEXT_MAX ? STREAMS_WORDY : STREAMS_FINE;
}

/// Whether a dictionary ends right before.
static int is_behind_dictionary(const char *bytes, size_t at) {
  size_t start = at;
  while (start > 0 && at - start < 8 && strchr(" \r\n\t", bytes[start - 1]))
    start--;
  return start > 0 && bytes[start - 1] == '>';
}

enum streams_outcome look_into_streams(const char *bytes, size_t len,
                                       const volatile uint32_t *cancelled) {
  static const char begin[] = "stream";
  unpacking u;
  uint64_t all = 0;
  const char *at = bytes, *last = bytes + len;
  while ((at = memmem(at, (size_t)(last - at), begin, sizeof begin - 1)) != NULL) {
    size_t before = (size_t)(at - bytes);
    at += sizeof begin - 1;
    if (*cancelled)
      return STREAMS_CANCELLED;
    if (!is_behind_dictionary(bytes, before))
      continue;
    dictionary d = dictionary_before(bytes, before);
    at += at < last && *at == '\r';
    at += at < last && *at == '\n';
    u.is_content = d.is_content;
    if (!d.is_packed)
      continue;
    // To the file's end if need be: Flate knows where it ends, and what says so else may be wrong.
    enum streams_outcome outcome = unpack(&u, at, (size_t)(last - at), cancelled);
    all += u.len;
    if (outcome != STREAMS_FINE)
      return outcome;
    if (all > STREAMS_MAX)
      return STREAMS_LARGE;
  }
  return STREAMS_FINE;
}
