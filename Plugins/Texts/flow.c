#include "flow.h"

#include <string.h>

/// Whether a character is one between which line breaks are no spaces: of Chinese or Japanese, or full-width.
static int is_wide(const char *at, size_t len) {
  unsigned char lead = (unsigned char)at[0];
  if (lead == 0xef)
    return len > 1 && ((unsigned char)at[1] & 0xfe) == 0xbc;
  return (lead >= 0xe3 && lead <= 0xe9) ||
         (lead == 0xf0 && len > 1 && (unsigned char)at[1] >= 0xa0);
}

static size_t width_of(const char *at, size_t len) {
  unsigned char lead = (unsigned char)at[0];
  size_t width = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return width < len ? width : len;
}

static int is_at_start(const flow *f) {
  return f->len == f->next.start && !f->next.is_open;
}

void flow_keep(flow *f, const line *l) {
  if (f->count == MOST_LINES || f->len + LONGEST_LINE + 16 > MOST_TEXT)
    flow_settle(f);
  if (f->status != DK_OK)
    return;
  line kept = *l;
  if (kept.is_cell) {
    kept.is_cell = f->grid.state != NO_TABLE;
    kept.table = f->grid.cell.table;
    kept.row = f->grid.cell.row;
    kept.column = f->grid.cell.column;
    kept.lines = f->grid.cell.lines;
    kept.columns = f->grid.cell.columns;
  }
  kept.start = f->next.start;
  kept.len = f->len - f->next.start;
  f->lines[f->count++] = kept;
  f->text[f->len++] = '\n';
  f->next = (line){.start = f->len};
}

/// Ends a part of a line that is too long to be kept whole.
static void continue_line(flow *f) {
  line part = f->next;
  part.kind = DK_PIECE_TEXT;
  part.is_open = 1;
  if (f->grid.state != NO_TABLE && f->grid.in_cell) {
    part.is_cell = 1;
    f->grid.cell_bytes += f->len - f->next.start;
    f->grid.cell_lines++;
  }
  flow_keep(f, &part);
  f->next.is_open = 1;
}

static void put(flow *f, const char *character, size_t width, int is_link) {
  if (f->len - f->next.start + width > LONGEST_LINE)
    continue_line(f);
  if (f->status != DK_OK)
    return;
  memcpy(f->text + f->len, character, width);
  f->len += (uint32_t)width;
  f->next.linked += is_link ? (uint32_t)width : 0;
}

void flow_add(flow *f, const char *text, size_t len, int is_link) {
  for (const char *at = text, *end = text + len; at < end && f->status == DK_OK;) {
    if (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\f' || *at == '\r') {
      uint8_t space = *at == '\n' ? 2 : 1;
      f->space = space > f->space ? space : f->space;
      at++;
      continue;
    }
    size_t width = width_of(at, (size_t)(end - at));
    int is_hard = width == 2 && memcmp(at, "\xc2\xa0", 2) == 0;
    if (width == 3 && (memcmp(at, "\u200b", 3) == 0 || memcmp(at, "\ufeff", 3) == 0)) {
      at += width;
      continue;
    }
    int wide = is_wide(at, width);
    if (!is_at_start(f) && f->space && !(f->space == 2 && wide && f->is_wide))
      put(f, " ", 1, is_link);
    f->space = 0;
    f->is_wide = (uint8_t)wide;
    if (!is_hard)
      put(f, at, width, is_link);
    else if (!is_at_start(f))
      put(f, " ", 1, is_link);
    at += width;
  }
}

void flow_add_as_is(flow *f, const char *text, size_t len, int is_link) {
  f->space = 0;
  for (const char *at = text, *end = text + len; at < end && f->status == DK_OK;) {
    size_t width = width_of(at, (size_t)(end - at));
    int is_space = *at == '\t' || *at == '\f' || *at == '\r' ||
                   (width == 2 && memcmp(at, "\xc2\xa0", 2) == 0);
    put(f, is_space ? " " : at, is_space ? 1 : width, is_link);
    at += width;
  }
}

void flow_end_line(flow *f, uint32_t kind, int is_outside) {
  while (f->len > f->next.start && f->text[f->len - 1] == ' ')
    f->len--;
  f->space = f->is_wide = 0;
  line l = f->next;
  l.is_open = 0;
  if (f->len == l.start && !f->next.is_open) {
    // The picture is before the line that comes.
    f->next.linked = f->next.links = 0;
    return;
  }
  l.links += l.linked > 0 && l.links == 0;
  l.kind = (uint8_t)kind;
  l.is_outside = (uint8_t)is_outside;
  grid *g = &f->grid;
  if (g->state != NO_TABLE && g->in_cell) {
    l.is_cell = 1;
    g->cell_lines++;
    g->cell_bytes += f->len - l.start;
    g->is_layout |= kind == DK_PIECE_HEADING;
  }
  flow_keep(f, &l);
}
