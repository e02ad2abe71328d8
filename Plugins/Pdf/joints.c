#define _GNU_SOURCE
#include "joints.h"
#include "characters.h"
#include "columns.h"

#include <duikou.h>
#include <math.h>
#include <string.h>

static int begins_with(const char *text, size_t len, const char *word) {
  size_t word_len = strlen(word);
  return word_len <= len && memcmp(text, word, word_len) == 0;
}

/// How long the run of such digits at the start of a text is.
static size_t digits_at(const char *text, size_t len, int is_chinese) {
  static const char chinese[] = "一二三四五六七八九十百零";
  size_t end = 0;
  for (size_t width; end < len; end += width) {
    uint32_t character = character_at(text + end, len - end, &width);
    if (!(is_chinese ? width == 3 && memmem(chinese, sizeof chinese - 1, text + end, 3)
                     : is_digit(character)))
      break;
  }
  return end;
}

/// Begins a numbered or marked item: 一、 （一） 1. (1) 第一条 ①, a bullet; two of those are Wingdings'.
static int begins_item(const char *text, size_t len) {
  static const char *const marks[] = {
      "●",           "•", "◆", "■", "▪", "★",  "☆",  "○",
      "◇",           "□", "▲", "△", "※", "- ", "* ", "\xef\x82\xb7",
      "\xef\x81\xac"};
  static const char *const behind[] = {"、", "．", "）", ")", "〕", "】"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (begins_with(text, len, marks[i]))
      return 1;
  uint32_t first = first_character(text, len);
  if (first >= 0x2460 && first <= 0x249b)
    return 1;
  size_t at = begins_with(text, len, "（") ? 3 : begins_with(text, len, "(") ? 1 : 0;
  int is_ordinal = begins_with(text, len, "第");
  at = is_ordinal ? 3 : at;
  for (int is_chinese = 0; is_chinese < 2; is_chinese++) {
    size_t end = at + digits_at(text + at, len - at, is_chinese);
    if (end == at)
      continue;
    if (is_ordinal)
      return begins_with(text + end, len - end, "条") ||
             begins_with(text + end, len - end, "章") ||
             begins_with(text + end, len - end, "节");
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
      if (begins_with(text + end, len - end, behind[i]))
        return 1;
    // 1. but not 1.5
    if (!is_chinese && begins_with(text + end, len - end, ".") &&
        digits_at(text + end + 1, len - end - 1, 0) == 0)
      return 1;
  }
  return 0;
}

static int ends_text(const char *text, size_t len) {
  uint32_t last = last_character(text, len);
  while (len && closes(last)) {
    size_t width = 1;
    while (width < len && ((unsigned char)text[len - width] & 0xc0) == 0x80)
      width++;
    len -= width;
    last = last_character(text, len);
  }
  return len == 0 || ends_sentence(last);
}

/// Whether nothing in the places of two lines speaks against one paragraph.
static int fits(const line *l, const line *next) {
  if (l->size <= 0 || next->size <= 0 || l->kind != next->kind || l->is_row)
    return 0;
  if (fabsf(l->size - next->size) > 0.1f * l->size || l->margin <= 0)
    return 0;
  if (l->right < l->margin - 1.5f * l->size || l->right > l->margin + 1.5f * l->size ||
      l->right - l->left < SHORTEST_LINE * l->size)
    return 0;
  float indent = next->left - next->indent, own = l->left - l->indent;
  if (indent > 1.2f * l->size && indent > own - 0.5f * l->size)
    return 0;
  if (l->page != next->page)
    return 1;
  float pitch = next->top - l->top;
  return pitch < 0 ||
         (pitch > 0.5f * l->size && pitch <= 3.5f * l->size && pitch <= 1.4f * l->pitch);
}

static int ends_with_hyphen(const char *text, size_t len) {
  uint32_t last = last_character(text, len);
  if (last == 0xad)
    return 1;
  return (last == '-' || last == 0x2010) &&
         is_lower(last_character(text, len - (last == '-' ? 1 : 3)));
}

enum joint joint_of(const line *l, const char *text, const line *next,
                    const char *next_text) {
  if (is_beside(l, next))
    return CELL;
  uint32_t first = first_character(next_text, next->len);
  uint32_t last = last_character(text, l->len);
  int is_same_column = l->size > 0 && next->size > 0 && l->kind == next->kind &&
                       !l->is_row && fabsf(l->left - next->left) <= 3 * l->size;
  if (is_same_column && is_lower(first) && ends_with_hyphen(text, l->len))
    return HYPHEN;
  if (!fits(l, next) || ends_text(text, l->len) || begins_item(next_text, next->len))
    return BREAK;
  if (last == '-' || last == '/' || last == 0x2010)
    return SEAM;
  int is_chinese = l->len > 2 * l->characters;
  if (is_chinese && is_digit(first) && is_digit(last))
    return SEAM;
  return is_of_word(first) && (is_of_word(last) || last == ',') ? SPACE : SEAM;
}
