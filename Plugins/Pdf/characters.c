#include "characters.h"

#include <glib.h>
#include <string.h>

uint32_t character_at(const char *at, size_t left, size_t *len) {
  gunichar character = g_utf8_get_char_validated(at, (gssize)left);
  // NUL ends what GLib takes for text.
  if (character == 0 || character >= 0x80000000) {
    size_t width = 1;
    while (width < left && width < 4 && ((unsigned char)at[width] & 0xc0) == 0x80)
      width++;
    *len = width;
    return 0xfffd;
  }
  *len = (size_t)g_unichar_to_utf8(character, NULL);
  return character;
}

uint32_t first_character(const char *text, size_t len) {
  size_t width;
  return len ? character_at(text, len, &width) : 0;
}

static size_t last_at(const char *text, size_t len) {
  size_t at = len - 1;
  while (at > 0 && len - at < 4 && ((unsigned char)text[at] & 0xc0) == 0x80)
    at--;
  return at;
}

uint32_t last_character(const char *text, size_t len) {
  size_t width, at = len ? last_at(text, len) : 0;
  return len ? character_at(text + at, len - at, &width) : 0;
}

void trim(const char **text, size_t *len) {
  size_t width;
  while (*len && is_space(character_at(*text, *len, &width))) {
    *text += width;
    *len -= width;
  }
  while (*len && is_space(last_character(*text, *len)))
    *len = last_at(*text, *len);
}

int is_space(uint32_t character) {
  return character <= ' ' || (character >= 0x7f && character <= 0xa0) ||
         character == 0x3000 || character == 0xfeff || g_unichar_isspace(character);
}

int is_digit(uint32_t character) {
  return (character >= '0' && character <= '9') ||
         (character >= 0xff10 && character <= 0xff19);
}

int is_of_word(uint32_t character) {
  return g_unichar_isalnum(character) && character < 0x2e80;
}

int is_lower(uint32_t character) {
  return character < 0x2e80 && g_unichar_islower(character);
}

static int is_among(uint32_t character, const char *characters) {
  return character && g_utf8_strchr(characters, -1, character) != NULL;
}

int ends_sentence(uint32_t character) {
  return is_among(character, "。．！？；：….!?;:");
}

int closes(uint32_t character) {
  return is_among(character, "”’」』》）)\"'】〉");
}
