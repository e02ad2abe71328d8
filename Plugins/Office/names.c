#include "names.h"

#include <stdio.h>
#include <string.h>

static int lower(char c) {
  return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

int name_compare(const char *a, const char *b) {
  while (*a && lower(*a) == lower(*b))
    a++, b++;
  return lower(*a) - lower(*b);
}

int name_ends_with(const char *name, const char *end) {
  size_t len = strlen(name), tail = strlen(end);
  return len >= tail && name_compare(name + len - tail, end) == 0;
}

/// Takes the last step off a path.
static uint32_t up(const char *name, uint32_t len) {
  while (len > 0 && name[len - 1] != '/')
    len--;
  return len > 0 ? len - 1 : 0;
}

int name_resolve(const char *base, const char *target, uint32_t len,
                 char name[NAME_SIZE]) {
  uint32_t used = 0;
  if (len == 0 || *target != '/') {
    if (strlen(base) >= NAME_SIZE)
      return 0;
    used = up(base, (uint32_t)strlen(base));
    memcpy(name, base, used);
  }
  for (uint32_t at = 0; at < len;) {
    uint32_t end = at;
    while (end < len && target[end] != '/' && target[end] != '\\')
      end++;
    uint32_t size = end - at;
    if (size == 2 && memcmp(target + at, "..", 2) == 0) {
      if (used == 0)
        return 0;
      used = up(name, used);
    } else if (size > 0 && !(size == 1 && target[at] == '.')) {
      if (used + size + 2 > NAME_SIZE || memchr(target + at, 0, size))
        return 0;
      if (used)
        name[used++] = '/';
      memcpy(name + used, target + at, size);
      used += size;
    }
    at = end + 1;
  }
  name[used] = 0;
  return used > 0;
}

int name_of_relationships(const char *part, char name[NAME_SIZE]) {
  const char *slash = strrchr(part, '/');
  int folder = slash ? (int)(slash + 1 - part) : 0;
  return snprintf(name, NAME_SIZE, "%.*s_rels/%s.rels", folder, part, part + folder) <
         NAME_SIZE;
}
