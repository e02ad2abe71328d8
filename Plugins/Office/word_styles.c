#include "word_styles.h"

#include <stdlib.h>
#include <string.h>

enum { STYLES_MAX = 10000, ID_MAX = 128, BASES_MAX = 16, NO_LEVEL = 9 };

struct word_style {
  char id[ID_MAX], based_on[ID_MAX];
  uint32_t kind; ///< 0: it says nothing
  int is_hidden; ///< -1: it says nothing
};

typedef struct reading {
  job *job;
  word_styles *styles;
  word_style *style; ///< NULL outside of a style
} reading;

static void copy(char to[ID_MAX], xml_value value) {
  uint32_t len = value.len < ID_MAX ? value.len : ID_MAX - 1;
  if (len)
    memcpy(to, value.bytes, len);
  to[len] = 0;
}

/// The kind that a style's name means; 0 for one without a meaning. Word's own names are English in every
/// language, in files of other programs they are not.
static uint32_t kind_of_name(xml_value name) {
  static const struct {
    const char *start;
    uint32_t kind;
  } names[] = {
      {"heading", DK_PIECE_HEADING},  {"title", DK_PIECE_HEADING},
      {"subtitle", DK_PIECE_HEADING}, {"标题", DK_PIECE_HEADING},
      {"標題", DK_PIECE_HEADING},     {"副标题", DK_PIECE_HEADING},
      {"caption", DK_PIECE_CAPTION},  {"题注", DK_PIECE_CAPTION},
      {"題注", DK_PIECE_CAPTION},     {"標號", DK_PIECE_CAPTION},
  };
  for (uint32_t i = 0; i < DK_COUNT(names); i++) {
    uint32_t len = (uint32_t)strlen(names[i].start), same = 0;
    while (same < len && same < name.len &&
           (name.bytes[same] |
            (name.bytes[same] >= 'A' && name.bytes[same] <= 'Z' ? 0x20 : 0)) ==
               names[i].start[same])
      same++;
    // "标题栏" and "Heading Bar" are others: a number may follow, or nothing.
    while (
        same >= len && same < name.len &&
        (name.bytes[same] == ' ' || (name.bytes[same] >= '0' && name.bytes[same] <= '9')))
      same++;
    if (same >= len && same == name.len)
      return names[i].kind;
  }
  return 0;
}

static void begin_style(reading *r, const xml_element *e) {
  word_styles *styles = r->styles;
  if (styles->count >= STYLES_MAX)
    return;
  if (styles->count == styles->capacity) {
    uint32_t capacity = styles->capacity * 2 + 32;
    word_style *all = realloc(styles->all, capacity * sizeof *all);
    if (!all) {
      job_fail_memory(r->job);
      return;
    }
    styles->all = all;
    styles->capacity = capacity;
  }
  r->style = &styles->all[styles->count++];
  *r->style = (word_style){.is_hidden = -1};
  copy(r->style->id, xml_attribute(e, "styleId"));
}

static void on_start(void *context, const xml_element *e) {
  reading *r = context;
  if (e->space != XML_WORD)
    return;
  xml_value value = xml_attribute(e, "val");
  uint32_t level;
  if (strcmp(e->name, "style") == 0) {
    r->style = NULL;
    begin_style(r, e);
  } else if (!r->style) {
    return;
  } else if (strcmp(e->name, "name") == 0) {
    uint32_t kind = kind_of_name(value);
    if (kind)
      r->style->kind = kind;
  } else if (strcmp(e->name, "basedOn") == 0) {
    copy(r->style->based_on, value);
  } else if (strcmp(e->name, "outlineLvl") == 0) {
    if (!r->style->kind && xml_number(value, NO_LEVEL, &level))
      r->style->kind = level < NO_LEVEL ? DK_PIECE_HEADING : DK_PIECE_TEXT;
  } else if (strcmp(e->name, "vanish") == 0) {
    r->style->is_hidden = xml_is_on(value);
  }
}

static void on_end(void *context, const xml_element *e) {
  reading *r = context;
  if (e->space == XML_WORD && strcmp(e->name, "style") == 0)
    r->style = NULL;
}

static int by_id(const void *a, const void *b) {
  return strcmp(((const word_style *)a)->id, ((const word_style *)b)->id);
}

void read_word_styles(job *j, zip *z, uint32_t part, word_styles *styles) {
  static const xml_handler handler = {on_start, on_end, NULL};
  char problem[160];
  reading r = {j, styles, NULL};
  xml_result result = xml_read(j, z, part, &handler, &r, problem);
  if (result == XML_CUT || result == XML_BROKEN)
    job_note(j, DK_LOG_WARNING,
             "the document's styles are broken (%s): headings may be missed", problem);
  if (styles->count)
    qsort(styles->all, styles->count, sizeof *styles->all, by_id);
}

void free_word_styles(word_styles *styles) {
  free(styles->all);
  *styles = (word_styles){0};
}

static const word_style *find(const word_styles *styles, const char id[ID_MAX]) {
  word_style key;
  memcpy(key.id, id, ID_MAX);
  return styles->count
             ? bsearch(&key, styles->all, styles->count, sizeof *styles->all, by_id)
             : NULL;
}

word_look look_of_style(const word_styles *styles, xml_value id) {
  char name[ID_MAX] = "";
  copy(name, id);
  uint32_t kind = 0;
  int is_hidden = -1;
  const word_style *style = find(styles, name);
  if (!style)
    kind = kind_of_name(id);
  for (int i = 0; style && i < BASES_MAX; i++) {
    if (!kind)
      kind = style->kind;
    if (is_hidden < 0)
      is_hidden = style->is_hidden;
    style = style->based_on[0] ? find(styles, style->based_on) : NULL;
  }
  return (word_look){kind ? kind : DK_PIECE_TEXT, is_hidden > 0};
}
