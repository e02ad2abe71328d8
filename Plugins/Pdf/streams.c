#define _GNU_SOURCE
#define ZLIB_CONST
#include "streams.h"

#include <string.h>
#include <zlib.h>

enum { DICTIONARY_MAX = 2048, LAYERS_MAX = 3, CHUNK = 32 << 10 };

/// What a word before a stream says of it.
enum meaning { NEW_OBJECT, FLATE, OTHER_FILTER, NO_CONTENT, MEANINGS };

#define WORD(text, meaning)                                                              \
  { text, sizeof text - 1, meaning }

static const struct {
  const char *text;
  size_t len;
  enum meaning meaning;
} words[] = {
    WORD(" obj", NEW_OBJECT),
    WORD("/Fl", FLATE),
    WORD("/Image", OTHER_FILTER),
    WORD("/LZWDecode", OTHER_FILTER),
    WORD("/ASCII85Decode", OTHER_FILTER),
    WORD("/ASCIIHexDecode", OTHER_FILTER),
    WORD("/RunLengthDecode", OTHER_FILTER),
    WORD("/Crypt", OTHER_FILTER),
    WORD("/Image", NO_CONTENT),
    WORD("/Length1", NO_CONTENT),
    WORD("/Type1C", NO_CONTENT),
    WORD("/CIDFontType0C", NO_CONTENT),
    WORD("/OpenType", NO_CONTENT),
    WORD("/Metadata", NO_CONTENT),
    WORD("/EmbeddedFile", NO_CONTENT),
    WORD("/XRef", NO_CONTENT),
    WORD("/ObjStm", NO_CONTENT),
    WORD("/FunctionType", NO_CONTENT),
    WORD("/Alternate", NO_CONTENT),
    WORD("/ShadingType", NO_CONTENT),
    WORD("/N ", NO_CONTENT),
    WORD("/CMap", NO_CONTENT),
    WORD("/Length2", NO_CONTENT),
};

/// The words that have been found on the way through a file, whose bytes are looked at once.
typedef struct found {
  size_t to;             ///< how far
  size_t last[MEANINGS]; ///< where the last of each kind ends; 0 for none
} found;

static void find_words(found *f, const char *bytes, size_t from, size_t to) {
  for (size_t at = from; at < to; at++)
    for (size_t i = 0;
         (bytes[at] == '/' || bytes[at] == ' ') && i < sizeof words / sizeof *words; i++)
      if (words[i].text[1] == bytes[at + 1] && words[i].len <= to - at &&
          memcmp(bytes + at, words[i].text, words[i].len) == 0)
        f->last[words[i].meaning] = at + words[i].len;
  f->to = to;
}

/// What a stream's dictionary says of it.
typedef struct dictionary {
  int is_packed;  ///< by Flate, and nothing else
  int is_content; ///< it may be a page's
} dictionary;

static dictionary dictionary_before(found *f, const char *bytes, size_t at) {
  size_t start = at < DICTIONARY_MAX ? 0 : at - DICTIONARY_MAX;
  find_words(f, bytes, start < f->to ? f->to : start, at);
  if (start < f->last[NEW_OBJECT])
    start = f->last[NEW_OBJECT];
  return (dictionary){f->last[FLATE] > start && f->last[OTHER_FILTER] <= start,
                      f->last[NO_CONTENT] <= start};
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
  found f = {0};
  uint64_t all = 0;
  const char *at = bytes, *last = bytes + len;
  while ((at = memmem(at, (size_t)(last - at), begin, sizeof begin - 1)) != NULL) {
    size_t before = (size_t)(at - bytes);
    at += sizeof begin - 1;
    if (*cancelled)
      return STREAMS_CANCELLED;
    if (!is_behind_dictionary(bytes, before))
      continue;
    dictionary d = dictionary_before(&f, bytes, before);
    at += at < last && *at == '\r';
    at += at < last && *at == '\n';
    u.is_content = d.is_content;
    if (!d.is_packed)
      continue;
    // To the file's end if need be: Flate knows where it ends, and what says so else may be wrong.
    enum streams_outcome outcome = unpack(&u, at, (size_t)(last - at), cancelled);
    all += u.len + u.layers[0].total_in;
    if (outcome != STREAMS_FINE)
      return outcome;
    if (all > STREAMS_MAX)
      return STREAMS_LARGE;
  }
  return STREAMS_FINE;
}
