#include "word_names.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
  const char *name;
  word_name value;
} entry;

/// In the order of their bytes.
static const entry names[] = {
#define NAME(name) {#name, WORD_##name},
    WORD_NAMES(NAME)
#undef NAME
};

static const entry skipped[] = {
    {"cellDel", WORD_SKIPPED},      {"comment", WORD_SKIPPED},
    {"delInstrText", WORD_SKIPPED}, {"delText", WORD_SKIPPED},
    {"instrText", WORD_SKIPPED},    {"moveFrom", WORD_SKIPPED},
    {"pPrChange", WORD_SKIPPED},    {"rPrChange", WORD_SKIPPED},
    {"rt", WORD_SKIPPED},           {"sectPrChange", WORD_SKIPPED},
    {"tblPrChange", WORD_SKIPPED},  {"tblPrExChange", WORD_SKIPPED},
    {"tcPrChange", WORD_SKIPPED},   {"trPrChange", WORD_SKIPPED},
};

static const entry compatibility[] = {
    {"AlternateContent", WORD_ALTERNATIVES},
    {"Choice", WORD_CHOICE},
    {"Fallback", WORD_FALLBACK},
};

static int compare(const void *key, const void *element) {
  return strcmp(key, ((const entry *)element)->name);
}

static word_name find(const char *name, const entry *entries, size_t count) {
  const entry *found = bsearch(name, entries, count, sizeof *entries, compare);
  return found ? found->value : WORD_NONE;
}

word_name word_name_of(const xml_element *e) {
  word_name name = WORD_NONE;
  if (e->space == XML_COMPATIBILITY)
    return find(e->name, compatibility, DK_COUNT(compatibility));
  if (e->space == XML_WORD && !(name = find(e->name, names, DK_COUNT(names))))
    name = find(e->name, skipped, DK_COUNT(skipped));
  if (e->space == XML_MATH) {
    name = find(e->name, names, DK_COUNT(names));
    if (name != WORD_t && name != WORD_den && name != WORD_sup)
      name = WORD_NONE;
  } else if (name == WORD_den || name == WORD_sup) {
    name = WORD_NONE;
  }
  return name;
}
