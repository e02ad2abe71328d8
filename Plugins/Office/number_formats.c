#include "number_formats.h"

#include <stdlib.h>
#include <string.h>

enum { CODES_MAX = 10000, STYLES_MAX = 100000, CODE_MAX = 1024 };

typedef struct custom {
  uint32_t id;
  uint8_t shown;
} custom;

typedef struct reading {
  job *job;
  number_formats *formats;
  custom *customs; ///< in the order of their ids behind their last
  uint32_t count, capacity;
  int in_styles;
} reading;

static uint8_t shown_by_number(uint32_t id) {
  static const uint8_t from_14[] = {SHOWS_DATE,
                                    SHOWS_DATE,
                                    SHOWS_MONTH | SHOWS_DAY,
                                    SHOWS_YEAR | SHOWS_MONTH,
                                    SHOWS_TIME,
                                    SHOWS_TIME | SHOWS_SECONDS,
                                    SHOWS_TIME,
                                    SHOWS_TIME | SHOWS_SECONDS,
                                    SHOWS_DATE | SHOWS_TIME};
  if (id == 9 || id == 10)
    return SHOWS_PERCENT;
  if (id >= 14 && id <= 22)
    return from_14[id - 14];
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58))
    return SHOWS_WHAT_IS_THERE;
  if (id == 45 || id == 47)
    return SHOWS_TIME | SHOWS_SECONDS;
  if (id == 46)
    return SHOWS_TIME | SHOWS_SECONDS | SHOWS_ELAPSED;
  return 0;
}

static int by_id(const void *a, const void *b) {
  uint32_t left = ((const custom *)a)->id, right = ((const custom *)b)->id;
  return (left > right) - (left < right);
}

static void add_custom(reading *r, const xml_element *e) {
  xml_value code = xml_attribute(e, "formatCode");
  uint32_t id;
  if (!xml_number(xml_attribute(e, "numFmtId"), UINT32_MAX, &id) || !code.bytes ||
      r->count >= CODES_MAX)
    return;
  if (r->count == r->capacity) {
    uint32_t capacity = r->capacity * 2 + 32;
    custom *customs = realloc(r->customs, capacity * sizeof *customs);
    if (!customs) {
      job_fail_memory(r->job);
      return;
    }
    r->customs = customs;
    r->capacity = capacity;
  }
  uint32_t len = code.len < CODE_MAX ? code.len : CODE_MAX;
  r->customs[r->count++] = (custom){id, shown_by_code(code.bytes, len)};
}

static uint8_t shown_by_id(const reading *r, uint32_t id) {
  custom key = {id, 0};
  const custom *found =
      r->count ? bsearch(&key, r->customs, r->count, sizeof key, by_id) : NULL;
  return found ? found->shown : shown_by_number(id);
}

static void add_style(reading *r, const xml_element *e) {
  number_formats *formats = r->formats;
  uint32_t id = 0;
  xml_number(xml_attribute(e, "numFmtId"), UINT32_MAX, &id);
  if (formats->count >= STYLES_MAX)
    return;
  if (formats->count == formats->capacity) {
    uint32_t capacity = formats->capacity * 2 + 64;
    uint8_t *of_style = realloc(formats->of_style, capacity);
    if (!of_style) {
      job_fail_memory(r->job);
      return;
    }
    formats->of_style = of_style;
    formats->capacity = capacity;
  }
  formats->of_style[formats->count++] = shown_by_id(r, id);
}

static void on_start(void *context, const xml_element *e) {
  reading *r = context;
  if (e->space != XML_SHEET)
    return;
  if (strcmp(e->name, "numFmt") == 0) {
    add_custom(r, e);
  } else if (strcmp(e->name, "cellXfs") == 0) {
    r->in_styles = 1;
    if (r->count)
      qsort(r->customs, r->count, sizeof *r->customs, by_id);
  } else if (strcmp(e->name, "xf") == 0 && r->in_styles) {
    add_style(r, e);
  }
}

static void on_end(void *context, const xml_element *e) {
  reading *r = context;
  if (e->space == XML_SHEET && strcmp(e->name, "cellXfs") == 0)
    r->in_styles = 0;
}

void read_number_formats(job *j, zip *z, uint32_t part, number_formats *formats) {
  static const xml_handler handler = {on_start, on_end, NULL};
  char problem[160];
  reading r = {.job = j, .formats = formats};
  xml_result result = xml_read(j, z, part, &handler, &r, problem);
  if (result == XML_CUT || result == XML_BROKEN)
    job_note(j, DK_LOG_WARNING,
             "the workbook's styles are broken (%s): dates may be told as numbers",
             problem);
  free(r.customs);
}

void free_number_formats(number_formats *formats) {
  free(formats->of_style);
  *formats = (number_formats){0};
}
