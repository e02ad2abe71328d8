#include "decode.h"

uint32_t decode_utf8(const uint8_t *at, const uint8_t *end, uint32_t *scalar) {
  static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
  uint32_t lead = *at;
  if (lead < 0x80) {
    *scalar = lead ? lead : BAD;
    return 1;
  }
  uint32_t width = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (width == 1 || lead > 0xf7) {
    *scalar = BAD;
    return 1;
  }
  uint32_t value = lead & (0x7fu >> width), used = 1;
  while (used < width && at + used < end && (at[used] & 0xc0) == 0x80)
    value = value << 6 | (at[used++] & 0x3f);
  if (used < width)
    *scalar = at + used == end && lead >= 0xc2 && lead <= 0xf4 ? CUT : BAD;
  else if (value < lowest[width] || value > 0x10ffff ||
           (value >= 0xd800 && value <= 0xdfff))
    *scalar = BAD;
  else
    *scalar = value;
  return used;
}

static uint32_t decode_quad(const codes *c, const uint8_t *at, const uint8_t *end,
                            uint32_t *scalar) {
  size_t left = (size_t)(end - at);
  int is_third = left < 3 || (at[2] >= 0x81 && at[2] <= 0xfe);
  int is_fourth = left < 4 || (at[3] >= 0x30 && at[3] <= 0x39);
  *scalar = BAD;
  if (!is_third || !is_fourth)
    return 1;
  if (left < 4) {
    *scalar = CUT;
    return (uint32_t)left;
  }
  uint32_t quad = gb_quad(at);
  if (quad < GB_QUADS && c->gb_quads[quad])
    *scalar = c->gb_quads[quad];
  else if (quad >= 189000 && quad - 189000 < 0x100000)
    *scalar = quad - 189000 + 0x10000;
  return 4;
}

static uint32_t decode_gb18030(const codes *c, const uint8_t *at, const uint8_t *end,
                               uint32_t *scalar) {
  *scalar = BAD;
  if (*at == 0x80 || *at == 0xff)
    return 1;
  if (at + 1 == end) {
    *scalar = CUT;
    return 1;
  }
  uint8_t trail = at[1];
  if (trail >= 0x30 && trail <= 0x39)
    return decode_quad(c, at, end, scalar);
  // A byte of ASCII behind half a character is not part of it.
  if (trail < 0x40 || trail == 0x7f || trail == 0xff)
    return 1;
  uint32_t index = (uint32_t)(at[0] - 0x81) * GB_TRAILS +
                   (uint32_t)(trail < 0x7f ? trail - 0x40 : trail - 0x41);
  if (c->gb_pairs[index])
    *scalar = c->gb_pairs[index];
  else if (trail < 0x80)
    return 1;
  return 2;
}

static uint32_t decode_big5(const codes *c, const uint8_t *at, const uint8_t *end,
                            uint32_t *scalar) {
  *scalar = BAD;
  if (*at == 0x80 || *at == 0xff)
    return 1;
  if (at + 1 == end) {
    *scalar = CUT;
    return 1;
  }
  uint8_t trail = at[1];
  if (trail < 0x40 || (trail > 0x7e && trail < 0xa1) || trail == 0xff)
    return 1;
  uint32_t index = (uint32_t)(at[0] - 0x81) * BIG5_TRAILS +
                   (uint32_t)(trail < 0x7f ? trail - 0x40 : trail - 0xa1 + 63);
  if (c->big5[index])
    *scalar = c->big5[index];
  else if (trail < 0x80)
    return 1;
  return 2;
}

static uint32_t unit(const uint8_t *at, int is_big) {
  return is_big ? (uint32_t)(at[0] << 8 | at[1]) : (uint32_t)(at[1] << 8 | at[0]);
}

static uint32_t decode_utf16(const uint8_t *at, const uint8_t *end, int is_big,
                             uint32_t *scalar) {
  size_t left = (size_t)(end - at);
  if (left < 2) {
    *scalar = CUT;
    return 1;
  }
  uint32_t first = unit(at, is_big);
  *scalar = first && (first < 0xd800 || first > 0xdfff) ? first : BAD;
  if (first < 0xd800 || first > 0xdbff)
    return 2;
  if (left < 4) {
    *scalar = CUT;
    return (uint32_t)left;
  }
  uint32_t second = unit(at + 2, is_big);
  if (second < 0xdc00 || second > 0xdfff)
    return 2;
  *scalar = 0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff));
  return 4;
}

uint32_t decode(const codes *c, encoding from, const uint8_t *at, const uint8_t *end,
                uint32_t *scalar) {
  if (from >= UTF16LE)
    return decode_utf16(at, end, from == UTF16BE, scalar);
  if (*at < 0x80) {
    *scalar = *at ? *at : BAD;
    return 1;
  }
  switch (from) {
  case GB18030:
    return decode_gb18030(c, at, end, scalar);
  case BIG5:
    return decode_big5(c, at, end, scalar);
  default:
    return decode_utf8(at, end, scalar);
  }
}

uint32_t encode_utf8(uint32_t scalar, char *to) {
  if (scalar > 0x10ffff)
    scalar = REPLACEMENT;
  if (scalar < 0x80) {
    to[0] = (char)scalar;
    return 1;
  }
  uint32_t width = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
  for (uint32_t i = width - 1; i > 0; i--, scalar >>= 6)
    to[i] = (char)(0x80 | (scalar & 0x3f));
  to[0] = (char)((0xf00u >> width & 0xff) | scalar);
  return width;
}

size_t whole_utf8(const char *text, size_t len, size_t room) {
  if (len <= room)
    return len;
  while (room > 0 && (text[room] & 0xc0) == 0x80)
    room--;
  return room;
}
