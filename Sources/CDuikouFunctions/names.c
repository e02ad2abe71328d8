#define _GNU_SOURCE
#include "names.h"

#include <string.h>

static int is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

static int is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

static int is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The length of a name; 0 for one that is absent, empty or too long.
static size_t length_of(const char *name) {
  size_t len = name ? strnlen(name, DKR_NAME_MAX + 1) : 0;
  return len > DKR_NAME_MAX ? 0 : len;
}

int dkr_is_snake_name(const char *name) {
  size_t len = length_of(name);
  for (size_t i = 0; i < len; i++)
    if (!is_lower(name[i]) && (i == 0 || (!is_digit(name[i]) && name[i] != '_')))
      return 0;
  return len > 0;
}

int dkr_is_camel_name(const char *name) {
  size_t len = length_of(name);
  for (size_t i = 0; i < len; i++)
    if (!is_upper(name[i]) && (i == 0 || (!is_digit(name[i]) && !is_lower(name[i]))))
      return 0;
  return len > 0;
}

void dkr_snake_of(const char *camel, char snake[DKR_SNAKE_MAX]) {
  size_t used = 0;
  for (size_t i = 0; camel[i] && used + 2 < DKR_SNAKE_MAX; i++) {
    char c = camel[i];
    // A word begins behind a small letter or digit, or as the last capital of a run of them.
    if (i > 0 && is_upper(c) && (!is_upper(camel[i - 1]) || is_lower(camel[i + 1])))
      snake[used++] = '_';
    snake[used++] = is_upper(c) ? (char)(c - 'A' + 'a') : c;
  }
  snake[used] = 0;
}

/// The next character of a name in lowerCamelCase; 0 at its end.
static char next_in_json(const char **at) {
  int begins_word = 0;
  for (; **at == '_'; (*at)++)
    begins_word = 1;
  char c = **at;
  *at += c != 0;
  return begins_word && is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

int dkr_is_same_in_json(const char *one, const char *other) {
  char c;
  do {
    c = next_in_json(&one);
    if (c != next_in_json(&other))
      return 0;
  } while (c);
  return 1;
}
