#include "sheet.h"
#include "cell_values.h"

#include <string.h>

enum { CELLS_MAX = 5000000, VALUE_MAX = 1 << 20 };

/// What a cell's value is, by its attribute t.
typedef enum value_kind { NUMBER, SHARED, STRING, BOOLEAN, AS_IT_IS } value_kind;

typedef struct sheet {
  workbook *workbook;
  uint32_t number;
  merges merges;
  uint32_t line, column; ///< of the cell or row read last
  value_kind kind;
  uint32_t style;
  int in_cell, has_formula, has_value, takes_text, phonetic;
  text value, shown;
} sheet;

static void check(sheet *s, int has_memory) {
  if (!has_memory)
    job_fail_memory(s->workbook->job);
}

static void begin_row(sheet *s, const xml_element *e) {
  uint32_t line;
  if (!xml_number(xml_attribute(e, "r"), LINES_MAX, &line) || line == 0) {
    s->workbook->misplaced += xml_attribute(e, "r").bytes != NULL;
    line = s->line < LINES_MAX ? s->line + 1 : LINES_MAX;
  }
  s->workbook->unordered += line <= s->line;
  s->line = line;
  s->column = 0;
}

/// Finds out where a cell stands; one without a reference, or with a wrong one, behind the one before.
static void locate(sheet *s, xml_value reference) {
  uint32_t line, column;
  if (reference.bytes &&
      cell_reference(reference.bytes, reference.len, &line, &column) == reference.len) {
    s->workbook->unordered += line < s->line || (line == s->line && column <= s->column);
    s->line = line;
    s->column = column;
    return;
  }
  s->workbook->misplaced += reference.bytes != NULL;
  s->line += s->line == 0;
  s->column += s->column < COLUMNS_MAX;
}

static value_kind kind_of(xml_value type) {
  if (!type.bytes || xml_is(type, "n"))
    return NUMBER;
  if (xml_is(type, "s"))
    return SHARED;
  if (xml_is(type, "str") || xml_is(type, "inlineStr"))
    return STRING;
  return xml_is(type, "b") ? BOOLEAN : AS_IT_IS;
}

static void begin_cell(sheet *s, const xml_element *e) {
  s->in_cell = 1;
  s->has_formula = s->has_value = s->phonetic = 0;
  s->value.len = 0;
  s->style = 0;
  locate(s, xml_attribute(e, "r"));
  s->kind = kind_of(xml_attribute(e, "t"));
  xml_number(xml_attribute(e, "s"), UINT32_MAX, &s->style);
}

/// Takes a date in ISO 8601, as the strict edition of the standard has it: without the time that dates have there.
static uint32_t length_of_date(const text *t) {
  static const char midnight[] = "T00:00:00";
  uint32_t tail = sizeof midnight - 1;
  return t->len == 10 + tail && memcmp(t->bytes + 10, midnight, tail) == 0 ? 10 : t->len;
}

/// Writes the cell's value as it is shown.
static void show(sheet *s) {
  workbook *w = s->workbook;
  xml_value value = {s->value.bytes, s->value.len};
  const number_formats *formats = &w->formats;
  uint8_t format = s->style < formats->count ? formats->of_style[s->style] : 0;
  uint32_t index;
  s->shown.len = 0;
  switch (s->kind) {
  case NUMBER:
    check(s, text_add_number(&s->shown, value.bytes, value.len, format, w->since_1904));
    break;
  case SHARED:
    if (xml_number(value, UINT32_MAX, &index))
      value = shared_string(&w->strings, index);
    else
      value.bytes = NULL;
    w->strangers += !value.bytes;
    check(s, !value.bytes || text_add_flat(&s->shown, value.bytes, value.len));
    break;
  case STRING:
    unescape(s->value.bytes, &s->value.len);
    check(s, text_add_flat(&s->shown, value.bytes, s->value.len));
    break;
  case BOOLEAN:
    if (xml_is(value, "1") || xml_is(value, "0"))
      check(s, text_add(&s->shown, *value.bytes == '1' ? "TRUE" : "FALSE",
                        *value.bytes == '1' ? 4 : 5));
    else
      check(s, text_add_flat(&s->shown, value.bytes, value.len));
    break;
  case AS_IT_IS:
    check(s, text_add_flat(&s->shown, value.bytes, length_of_date(&s->value)));
  }
}

static int is_blank(const text *t) {
  for (uint32_t i = 0; i < t->len; i++)
    if (t->bytes[i] != ' ')
      return 0;
  return 1;
}

static void end_cell(sheet *s) {
  workbook *w = s->workbook;
  s->in_cell = s->takes_text = 0;
  if (s->value.len == 0) {
    w->without += s->has_formula && !s->has_value;
    return;
  }
  show(s);
  if (is_blank(&s->shown))
    return;
  if (++w->cells > CELLS_MAX) {
    job_fail(w->job, DK_RESOURCE_EXHAUSTED,
             "the workbook has more than %d cells with values: split it", CELLS_MAX);
    return;
  }
  place at = {
      .kind = DK_PIECE_CELL, .page = s->number, .line = s->line, .column = s->column};
  const merge *m = merge_at(&s->merges, s->line, s->column);
  if (m) {
    at.lines = m->lines > 1 ? m->lines : 0;
    at.columns = m->columns > 1 ? m->columns : 0;
  }
  pieces_cell(&w->out, &at, &s->shown, 0);
}

static void on_start(void *context, const xml_element *e) {
  sheet *s = context;
  if (e->space != XML_SHEET)
    return;
  if (strcmp(e->name, "c") == 0) {
    begin_cell(s, e);
  } else if (strcmp(e->name, "v") == 0) {
    s->takes_text = s->in_cell;
    s->has_value = 1;
    s->value.len = 0;
  } else if (strcmp(e->name, "row") == 0) {
    begin_row(s, e);
  } else if (strcmp(e->name, "t") == 0) {
    s->takes_text = s->in_cell && !s->phonetic;
  } else if (strcmp(e->name, "f") == 0) {
    s->has_formula = 1;
  } else if (strcmp(e->name, "rPh") == 0) {
    s->phonetic++;
  }
}

static void on_end(void *context, const xml_element *e) {
  sheet *s = context;
  if (e->space != XML_SHEET)
    return;
  if (strcmp(e->name, "c") == 0)
    end_cell(s);
  else if (strcmp(e->name, "row") == 0)
    pieces_end_row(&s->workbook->out);
  else if (strcmp(e->name, "rPh") == 0)
    s->phonetic--;
  s->takes_text = 0;
}

static void on_text(void *context, const char *bytes, uint32_t len) {
  sheet *s = context;
  if (!s->takes_text)
    return;
  check(s, text_add(&s->value, bytes, len));
  if (s->value.len > VALUE_MAX)
    job_fail(
        s->workbook->job, DK_RESOURCE_EXHAUSTED,
        "a cell of the workbook holds more than %d bytes of text, which Excel does not "
        "allow: open it in Excel and save it again",
        VALUE_MAX);
}

xml_result read_sheet(workbook *w, uint32_t part, uint32_t number, char problem[160]) {
  static const xml_handler handler = {on_start, on_end, on_text};
  sheet s = {.workbook = w, .number = number};
  read_merges(w->job, w->zip, part, &s.merges);
  xml_result result = w->job->status == DK_OK
                          ? xml_read(w->job, w->zip, part, &handler, &s, problem)
                          : XML_FAILED;
  pieces_end_row(&w->out);
  free_merges(&s.merges);
  text_free(&s.value);
  text_free(&s.shown);
  return result;
}
