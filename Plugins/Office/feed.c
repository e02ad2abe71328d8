#include "feed.h"

#include <string.h>

/// Tells by its first bytes in which encoding a part is.
static void start(feed *f, const unsigned char *bytes, uint32_t len) {
  f->started = 1;
  if (len < 2)
    return;
  if ((bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] == '<' && bytes[1] == 0))
    f->wide = 1;
  else if ((bytes[0] == 0xfe && bytes[1] == 0xff) || (bytes[0] == 0 && bytes[1] == '<'))
    f->wide = 2;
}

static int add_unit(feed *f, uint32_t unit) {
  if (f->high) {
    uint32_t high = f->high;
    f->high = 0;
    if (unit >= 0xdc00 && unit <= 0xdfff)
      return text_add_scalar(&f->out,
                             0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
    f->is_bad = 1;
  }
  if (unit >= 0xd800 && unit <= 0xdbff) {
    f->high = unit;
    return 1;
  }
  f->is_bad |= unit >= 0xdc00 && unit <= 0xdfff;
  return unit == 0xfeff || text_add_scalar(&f->out, unit);
}

/// Turns UTF-16 into UTF-8. Blocks may end within a unit.
static int narrow(feed *f, const unsigned char *bytes, uint32_t len) {
  f->out.len = 0;
  for (uint32_t i = 0; i < len; i++) {
    if (!f->has_byte) {
      f->pending = bytes[i];
      f->has_byte = 1;
      continue;
    }
    f->has_byte = 0;
    uint32_t unit =
        f->wide == 1 ? f->pending | (uint32_t)bytes[i] << 8 : f->pending << 8 | bytes[i];
    if (!add_unit(f, unit))
      return 0;
  }
  return 1;
}

/// Looks at one byte between a < and its >.
static void look_in_tag(feed *f, char c) {
  if (f->quote) {
    if (c == f->quote)
      f->quote = 0;
  } else if (c == '>') {
    f->in_tag = 0;
  } else if (f->in_markup == 1) {
    f->in_markup = c == '!' || c == '?' ? 2 : 0;
  } else if (f->in_markup == 0) {
    if (c == '"' || c == '\'')
      f->quote = c;
    else if (c == '=' && ++f->attributes > FEED_ATTRIBUTES_MAX)
      f->is_wild = 1;
  }
}

static void look(feed *f, const char *bytes, uint32_t len) {
  const char *end = bytes + len;
  while (bytes < end) {
    if (!f->in_tag) {
      bytes = memchr(bytes, '<', (size_t)(end - bytes));
      if (!bytes)
        return;
      f->in_tag = f->in_markup = 1;
      f->attributes = 0;
      f->quote = 0;
    } else {
      look_in_tag(f, *bytes);
    }
    bytes++;
  }
}

int feed_take(feed *f, const char *bytes, uint32_t len, const char **out,
              uint32_t *out_len) {
  const unsigned char *raw = (const unsigned char *)bytes;
  int is_first = !f->started;
  if (is_first)
    start(f, raw, len);
  *out = bytes;
  *out_len = len;
  if (f->wide) {
    if (!narrow(f, raw, len))
      return 0;
    *out = f->out.bytes;
    *out_len = f->out.len;
  } else if (is_first && len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
    *out += 3;
    *out_len -= 3;
  }
  if (*out_len)
    look(f, *out, *out_len);
  return 1;
}

void feed_free(feed *f) {
  text_free(&f->out);
}
