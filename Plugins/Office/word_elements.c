#include "word_names.h"
#include "word_story.h"

#include <string.h>

static void on_field(story *s, xml_value type) {
  if (xml_is(type, "begin")) {
    s->fields++;
    if (s->fields <= 64)
      s->instructions |= UINT64_C(1) << (s->fields - 1);
  } else if (s->fields > 0 && s->fields <= 64) {
    s->instructions &= ~(UINT64_C(1) << (s->fields - 1));
  }
  if (xml_is(type, "end") && s->fields > 0)
    s->fields--;
}

static void skip(story *s) {
  s->skipped_from = s->depth;
}

/// One of several forms of the same: the first is read.
static void on_alternative(story *s) {
  uint32_t n = s->alternatives;
  if (n == 0)
    return;
  uint64_t bit = UINT64_C(1) << (n % 64);
  if (s->taken[n / 64] & bit)
    skip(s);
  s->taken[n / 64] |= bit;
}

static void on_break(story *s, xml_value type) {
  if (!xml_is(type, "page"))
    story_add(s, "\n", 1);
  else if (story_is_told(s))
    story_break_by_author(s);
}

static void on_style(story *s, xml_value id) {
  word_look look = look_of_style(s->styles, id);
  if (s->now.in_properties) {
    s->now.kind = look.kind;
    s->now.is_hidden = look.is_hidden;
  } else if (look.is_hidden) {
    s->now.is_run_hidden = 1;
  }
}

static void on_level(story *s, xml_value value) {
  uint32_t level;
  if (s->now.in_properties && xml_number(value, 9, &level) &&
      s->now.kind != DK_PIECE_CAPTION)
    s->now.kind = level < 9 ? DK_PIECE_HEADING : DK_PIECE_TEXT;
}

static void on_symbol(story *s, xml_value character) {
  uint32_t scalar = 0;
  if (!character.bytes || character.len == 0 || character.len > 6)
    return;
  for (uint32_t i = 0; i < character.len; i++) {
    char c = character.bytes[i];
    uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                     : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                     : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                                            : 16;
    if (digit == 16)
      return;
    scalar = scalar * 16 + digit;
  }
  text one = {0};
  if (scalar >= 0x20)
    story_check(s, text_add_scalar(&one, scalar));
  story_add(s, one.bytes, one.len);
  text_free(&one);
}

static void on_span(word_table *t, xml_value value, uint32_t *number) {
  uint32_t span;
  if (t->depth == 1 && t->cell_depth <= 1 && xml_number(value, SPAN_MAX, &span) &&
      span > 0)
    *number = span;
}

static void on_merge(word_table *t, xml_value value) {
  if (t->depth != 1 || t->cell_depth != 1)
    return;
  t->opens_merge = xml_is(value, "restart");
  t->goes_on = !t->opens_merge;
}

static void on_note(story *s, xml_value type) {
  if (type.bytes && !xml_is(type, "normal"))
    skip(s);
}

static void on_table_element(story *s, word_name name) {
  word_table *t = &s->table;
  if (s->is_furniture)
    return;
  if (name == WORD_tbl)
    table_begin(t, &s->tables);
  else if (name == WORD_tr)
    table_begin_row(t);
  else
    table_begin_cell(t, s->page);
}

/// Elements that say how something is, and hold nothing.
static void on_property(story *s, word_name name, const xml_element *e) {
  xml_value value = xml_attribute(e, "val");
  uint32_t span = 0;
  switch (name) {
  case WORD_pStyle:
  case WORD_rStyle:
    if (s->now.in_properties == (name == WORD_pStyle))
      on_style(s, value);
    break;
  case WORD_outlineLvl:
    on_level(s, value);
    break;
  case WORD_numPr:
    s->numbered += (uint32_t)s->now.in_properties;
    break;
  case WORD_pageBreakBefore:
    if (s->now.in_properties && xml_is_on(value))
      story_break_by_author(s);
    break;
  case WORD_vanish:
    if (!s->now.in_properties && s->now.in_run)
      s->now.is_run_hidden = xml_is_on(value);
    break;
  case WORD_gridSpan:
    on_span(&s->table, value, &s->table.columns);
    break;
  case WORD_gridBefore:
    on_span(&s->table, value, &span);
    s->table.column += span;
    break;
  case WORD_vMerge:
    on_merge(&s->table, value);
    break;
  default:
    break;
  }
}

/// Adds text as it is written, without the places where a word may be divided.
static void on_text(void *context, const char *bytes, uint32_t len) {
  static const char soft_hyphen[] = "\xc2\xad";
  story *s = context;
  if (!s->now.in_text || !story_is_told(s))
    return;
  uint32_t start = 0;
  for (uint32_t i = 0; i < len; i++) {
    int is_hyphen = len - i >= 2 && memcmp(bytes + i, soft_hyphen, 2) == 0;
    if (!is_hyphen && (unsigned char)bytes[i] >= ' ')
      continue;
    story_add(s, bytes + start, i - start);
    if (!is_hyphen)
      story_add(s, " ", 1);
    i += (uint32_t)is_hyphen;
    start = i + 1;
  }
  story_add(s, bytes + start, len - start);
}

static void on_start(void *context, const xml_element *e) {
  story *s = context;
  s->depth++;
  if (s->skipped_from)
    return;
  word_name name = word_name_of(e);
  switch (name) {
  case WORD_NONE:
    break;
  case WORD_SKIPPED:
    skip(s);
    break;
  case WORD_del:
    // A row that was deleted says so among its properties.
    s->table.is_deleted |= s->table.in_row_properties && !table_in_cell(&s->table);
    skip(s);
    break;
  case WORD_trPr:
    s->table.in_row_properties = 1;
    break;
  case WORD_ALTERNATIVES:
    s->alternatives++;
    s->taken[s->alternatives / 64] &= ~(UINT64_C(1) << (s->alternatives % 64));
    break;
  case WORD_CHOICE:
  case WORD_FALLBACK:
    on_alternative(s);
    break;
  case WORD_p:
    story_begin_paragraph(s);
    break;
  case WORD_pPr:
    s->now.in_properties = 1;
    break;
  case WORD_r:
    s->now.in_run = 1;
    s->now.is_run_hidden = s->now.is_hidden;
    break;
  case WORD_t:
    s->now.in_text = 1;
    break;
  case WORD_tab:
  case WORD_ptab:
    if (!s->now.in_properties)
      story_add(s, "\t", 1);
    break;
  case WORD_cr:
    story_add(s, "\n", 1);
    break;
  case WORD_br:
    on_break(s, xml_attribute(e, "type"));
    break;
  case WORD_noBreakHyphen:
    story_add(s, "-", 1);
    break;
  case WORD_den:
    story_add(s, "/", 1);
    break;
  case WORD_sup:
    story_add(s, "^", 1);
    break;
  case WORD_sym:
    on_symbol(s, xml_attribute(e, "char"));
    break;
  case WORD_fldChar:
    on_field(s, xml_attribute(e, "fldCharType"));
    break;
  case WORD_lastRenderedPageBreak:
    story_break_by_layout(s);
    break;
  case WORD_txbxContent:
    story_begin_box(s);
    break;
  case WORD_footnote:
  case WORD_endnote:
    on_note(s, xml_attribute(e, "type"));
    break;
  case WORD_tbl:
  case WORD_tr:
  case WORD_tc:
    on_table_element(s, name);
    break;
  default:
    on_property(s, name, e);
  }
}

static void on_end(void *context, const xml_element *e) {
  story *s = context;
  if (s->depth-- == s->skipped_from)
    s->skipped_from = 0;
  else if (s->skipped_from)
    return;
  switch (word_name_of(e)) {
  case WORD_ALTERNATIVES:
    s->alternatives--;
    break;
  case WORD_p:
    story_end_paragraph(s);
    break;
  case WORD_pPr:
    s->now.in_properties = 0;
    s->now.is_run_hidden = s->now.is_hidden;
    break;
  case WORD_r:
    s->now.in_run = 0;
    s->now.is_run_hidden = s->now.is_hidden;
    break;
  case WORD_t:
    s->now.in_text = 0;
    break;
  case WORD_txbxContent:
    story_end_box(s);
    break;
  case WORD_trPr:
    s->table.in_row_properties = 0;
    break;
  case WORD_tc:
    table_end_cell(&s->table, s->out, &s->now.text);
    break;
  case WORD_tr:
    table_end_row(&s->table, s->out);
    break;
  case WORD_tbl:
    table_end(&s->table, s->out);
    break;
  default:
    break;
  }
}

const xml_handler story_handler = {on_start, on_end, on_text};
