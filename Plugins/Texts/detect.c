#include "detect.h"

#include <string.h>
#include <strings.h>

enum { SAMPLE = 1 << 20, LINE_SAMPLE = 1 << 16 };

/// How well bytes go as characters of an encoding.
typedef struct evidence {
  uint64_t characters; ///< beyond ASCII
  uint64_t plain;      ///< printable ASCII and white space
  uint64_t bad;
  uint64_t controls; ///< NULs in a row count once
  uint64_t frequent, wide;
} evidence;

static int is_control(uint32_t scalar) {
  return scalar < 0x20 && scalar != '\t' && scalar != '\n' && scalar != '\r' &&
         scalar != '\f' && scalar != 0x1b;
}

static int is_wide(uint32_t scalar) {
  return (scalar >= 0x3000 && scalar < 0xa000) || (scalar >= 0xff00 && scalar < 0xfff0);
}

static evidence weigh(const codes *c, encoding as, const uint8_t *at, size_t len) {
  evidence e = {0};
  const uint8_t *end = at + len;
  for (int was_nul = 0; at < end;) {
    uint32_t scalar;
    int is_nul = *at == 0;
    at += decode(c, as, at, end, &scalar);
    if (is_nul && scalar == BAD && as < UTF16LE)
      e.controls += !was_nul;
    else if (scalar == BAD)
      e.bad++;
    else if (is_control(scalar))
      e.controls++;
    else if (scalar < 0x80)
      e.plain++;
    else if (scalar != CUT) {
      e.characters++;
      e.frequent += (uint64_t)is_frequent(c, scalar);
      e.wide += (uint64_t)is_wide(scalar);
    }
    was_nul = is_nul;
  }
  return e;
}

/// Whether the bytes are UTF-16 by where their NULs lie, or by what they are read so.
static int is_utf16(const codes *c, const uint8_t *bytes, size_t len,
                    const evidence *utf8, encoding *found) {
  uint64_t nuls[2] = {0, 0}, units = len / 2;
  for (size_t i = 0; i < len; i++)
    nuls[i & 1] += bytes[i] == 0;
  uint64_t all = nuls[0] + nuls[1];
  if (units < 2 || (utf8->bad == 0 && all * 4 < len))
    return 0;
  *found = nuls[1] >= nuls[0] ? UTF16LE : UTF16BE;
  uint64_t more = nuls[*found == UTF16BE ? 0 : 1];
  if (all) {
    evidence e = weigh(c, *found, bytes, len);
    return more * 10 >= all * 9 && (e.plain + e.wide) * 10 >= units * 7;
  }
  for (int i = 0; i < 2; i++) {
    *found = i ? UTF16BE : UTF16LE;
    evidence e = weigh(c, *found, bytes, len);
    if (units >= 4 && (e.plain + e.wide) * 20 >= units * 19 && e.frequent * 4 >= units)
      return 1;
  }
  return 0;
}

/// Below 0 where `a` is the more likely reading.
static int compare(const evidence *a, const evidence *b) {
  double of[2];
  const evidence *both[] = {a, b};
  for (int i = 0; i < 2; i++) {
    double all = (double)(both[i]->characters + both[i]->bad) + 1;
    of[i] = ((double)both[i]->frequent - 4.0 * (double)both[i]->bad) / all;
  }
  return of[0] < of[1] ? 1 : of[0] > of[1] ? -1 : 0;
}

/// GB18030 or Big5, with its evidence; a hint decides where they are about as likely.
static encoding legacy(const codes *c, const uint8_t *bytes, size_t len, int hint,
                       evidence *found) {
  evidence gb = weigh(c, GB18030, bytes, len), big5 = weigh(c, BIG5, bytes, len);
  encoding better = compare(&gb, &big5) <= 0 ? GB18030 : BIG5;
  if (hint == GB18030 || hint == BIG5) {
    const evidence *hinted = hint == GB18030 ? &gb : &big5;
    const evidence *other = hint == GB18030 ? &big5 : &gb;
    if (hinted->bad <= other->bad && hinted->frequent * 2 >= other->frequent)
      better = (encoding)hint;
  }
  *found = better == GB18030 ? gb : big5;
  return better;
}

/// Whether it is text and not a file of another kind. Little is let pass whatever it is.
static int is_text(const evidence *e, encoding as, size_t len) {
  enum { LITTLE = 16, ENOUGH = 64 };
  uint64_t good = e->characters + e->plain, all = good + e->bad + e->controls;
  if (!good && len >= LITTLE)
    return 0;
  if (as != UTF8 && e->characters >= ENOUGH && e->frequent * 20 < e->characters)
    return 0;
  return (e->bad < LITTLE || e->bad * 10 < all * 3) &&
         (e->controls < LITTLE || e->controls * 20 < all);
}

static int begins(const uint8_t *bytes, size_t len, const char *mark, size_t mark_len) {
  return len >= mark_len && memcmp(bytes, mark, mark_len) == 0;
}

detected detect(const codes *c, const uint8_t *bytes, size_t len, int hint) {
  static const struct {
    char bytes[5];
    uint8_t len, encoding, is_utf32;
  } marks[] = {{"\xff\xfe\0\0", 4, UTF16LE, 1}, {"\0\0\xfe\xff", 4, UTF16BE, 1},
               {"\xef\xbb\xbf", 3, UTF8, 0},    {"\xff\xfe", 2, UTF16LE, 0},
               {"\xfe\xff", 2, UTF16BE, 0},     {"\x84\x31\x95\x33", 4, GB18030, 0}};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (begins(bytes, len, marks[i].bytes, marks[i].len))
      return (detected){(encoding)marks[i].encoding, marks[i].len, !marks[i].is_utf32,
                        marks[i].is_utf32};
  if (len > SAMPLE)
    len = SAMPLE;
  evidence utf8 = weigh(c, UTF8, bytes, len);
  encoding found = UTF8;
  if (is_utf16(c, bytes, len, &utf8, &found))
    return (detected){found, 0, 1, 0};
  if (utf8.bad == 0 || utf8.wide > utf8.bad)
    return (detected){UTF8, 0, (uint8_t)is_text(&utf8, UTF8, len), 0};
  evidence other;
  found = legacy(c, bytes, len, hint, &other);
  // Pairs of bytes of GB18030 are sometimes characters of UTF-8, but of none that is Chinese.
  int is_rare = utf8.characters >= utf8.bad && other.frequent * 4 < other.characters;
  if (other.bad >= utf8.bad || is_rare)
    return (detected){UTF8, 0, (uint8_t)is_text(&utf8, UTF8, len), 0};
  return (detected){found, 0, (uint8_t)is_text(&other, found, len), 0};
}

/// Whether eight bytes are ASCII from 0x10 on: no line break, no NUL.
static int is_plain(const uint8_t *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  uint64_t below = (word - 0x1010101010101010u) & ~word;
  return ((word | below) & 0x8080808080808080u) == 0;
}

static const uint8_t *line_break(const uint8_t *at, const uint8_t *end) {
  while (at < end && *at != '\n' && *at != '\r')
    at++;
  return at;
}

line_look look_at_line(const uint8_t *at, const uint8_t *end, int only_if_good) {
  line_look look = {.end = end};
  while (at < end) {
    while (end - at >= 8 && is_plain(at))
      at += 8;
    if (at == end)
      break;
    if (*at == '\n' || *at == '\r') {
      look.end = at;
      return look;
    }
    if (*at < 0x80) {
      look.has_nul |= *at == 0;
      at++;
      continue;
    }
    uint32_t scalar;
    uint32_t used = decode_utf8(at, end, &scalar);
    if (scalar == CUT)
      look.is_cut = 1;
    else if (scalar == BAD)
      look.bad++;
    else {
      look.characters++;
      look.wide += (uint32_t)is_wide(scalar);
    }
    at += used;
    if (look.bad && only_if_good) {
      look.end = line_break(at, end);
      return look;
    }
  }
  return look;
}

encoding encoding_of_line(const codes *c, encoding whole, const uint8_t *at,
                          const line_look *look) {
  size_t len = (size_t)(look->end - at);
  if (len > LINE_SAMPLE)
    len = LINE_SAMPLE;
  if (whole != UTF8) {
    int is_utf8 = !look->bad && look->wide >= 2 && look->wide * 5 >= look->characters * 4;
    return is_utf8 ? UTF8 : whole;
  }
  if (look->bad <= look->wide)
    return UTF8;
  evidence e;
  encoding other = legacy(c, at, len, NO_HINT, &e);
  int is_other = e.characters && e.bad * 8 <= e.characters && e.bad < look->bad &&
                 e.frequent * 8 >= e.characters;
  return is_other ? other : UTF8;
}

int encoding_named(const char *name, size_t len) {
  static const struct {
    const char *name;
    encoding encoding;
  } names[] = {{"utf-8", UTF8},    {"utf8", UTF8},        {"gb2312", GB18030},
               {"gbk", GB18030},   {"gb18030", GB18030},  {"gb_2312-80", GB18030},
               {"x-gbk", GB18030}, {"cp936", GB18030},    {"euc-cn", GB18030},
               {"big5", BIG5},     {"big5-hkscs", BIG5},  {"x-x-big5", BIG5},
               {"cp950", BIG5},    {"utf-16le", UTF16LE}, {"utf-16be", UTF16BE}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strlen(names[i].name) == len && strncasecmp(names[i].name, name, len) == 0)
      return (int)names[i].encoding;
  return NO_HINT;
}
