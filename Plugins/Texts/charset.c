#define _GNU_SOURCE
#include "charset.h"

#include "detect.h"

#include <string.h>
#include <strings.h>

enum { HEAD = 8192 };

static int is_name(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         c == '-' || c == '_';
}

/// The value behind a name and an equals sign; NO_HINT where there is none that is known.
static int value_at(const char *at, const char *end) {
  while (at < end && *at == ' ')
    at++;
  if (at == end || *at++ != '=')
    return NO_HINT;
  while (at < end && (*at == ' ' || *at == '"' || *at == '\''))
    at++;
  const char *start = at;
  while (at < end && is_name(*at))
    at++;
  return encoding_named(start, (size_t)(at - start));
}

int charset_of_page(const char *bytes, size_t len) {
  const char *at = bytes, *end = bytes + (len < HEAD ? len : HEAD);
  static const char charset[] = "charset", encoding[] = "encoding";
  int is_xml = end - at > 5 && memcmp(at, "<?xml", 5) == 0;
  for (; at < end; at++) {
    size_t left = (size_t)(end - at);
    int found = NO_HINT;
    if (left > 8 && strncasecmp(at, charset, 7) == 0)
      found = value_at(at + 7, end);
    else if (is_xml && left > 9 && strncasecmp(at, encoding, 8) == 0)
      found = value_at(at + 8, end);
    if (found != NO_HINT)
      return found;
  }
  return NO_HINT;
}
