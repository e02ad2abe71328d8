/// Tables of a page. A table in which there are others, or whose cells are long texts, is a way to place
/// things on the page: its cells are lines like others.
#include "flow.h"

#include <string.h>

enum { LAYOUT_LINES = 4, LAYOUT_BYTES = 1200 };

static void set_table(flow *f, uint32_t table) {
  for (uint32_t i = f->grid.first; i < f->count; i++) {
    line *l = &f->lines[i];
    if (l->is_cell && !l->table) {
      l->is_cell = table != 0;
      l->table = table;
    }
  }
  f->grid.cell.table = table;
}

void grid_decide(flow *f) {
  grid *g = &f->grid;
  if (g->state != UNDECIDED)
    return;
  int is_table = !g->is_layout && (g->width > 1 || g->row > 1);
  set_table(f, is_table ? ++f->tables : 0);
  g->state = is_table ? IS_TABLE : NO_TABLE;
}

void grid_open(flow *f, int is_layout) {
  grid *g = &f->grid;
  if (g->state == UNDECIDED) {
    g->is_layout = 1;
    grid_decide(f);
  } else if (g->state == IS_TABLE) {
    grid_end_row(f);
  }
  f->open_tables++;
  memset(g, 0, sizeof *g);
  g->first = f->count;
  g->is_layout = (uint8_t)is_layout;
  g->state = is_layout ? NO_TABLE : UNDECIDED;
}

void grid_close(flow *f) {
  grid_end_row(f);
  grid_decide(f);
  f->grid.state = NO_TABLE;
  f->open_tables -= f->open_tables > 0;
}

void grid_begin_row(flow *f) {
  grid *g = &f->grid;
  grid_end_row(f);
  g->in_row = g->state != NO_TABLE;
  g->row += g->in_row;
  g->column = 0;
}

/// Keeps a line without text for a cell that has none, or whose lines are appended already.
static void keep_empty(flow *f) {
  line empty = {.kind = DK_PIECE_TEXT, .is_cell = 1};
  f->next = (line){.start = f->len};
  flow_keep(f, &empty);
}

void grid_end_cell(flow *f) {
  grid *g = &f->grid;
  if (g->state == NO_TABLE || !g->in_cell)
    return;
  g->in_cell = 0;
  if (g->cell_lines >= LAYOUT_LINES && g->cell_bytes >= LAYOUT_BYTES)
    g->is_layout = 1;
  if (g->cell_lines == 0 || f->count == 0)
    keep_empty(f);
  if (f->count)
    f->lines[f->count - 1].ends_cell = 1;
}

void grid_end_row(flow *f) {
  grid *g = &f->grid;
  grid_end_cell(f);
  if (g->state == NO_TABLE || !g->in_row)
    return;
  g->in_row = 0;
  if (!g->column)
    return;
  if (f->count == 0) {
    keep_empty(f);
    f->lines[0].ends_cell = f->count != 0;
  }
  if (f->count)
    f->lines[f->count - 1].ends_row = 1;
}

void grid_begin_cell(flow *f, uint32_t lines, uint32_t columns) {
  grid *g = &f->grid;
  if (g->state == NO_TABLE)
    return;
  if (!g->in_row)
    grid_begin_row(f);
  grid_end_cell(f);
  while (g->column < MOST_COLUMNS && g->until[g->column] >= g->row)
    g->column++;
  g->in_cell = 1;
  g->cell_lines = g->cell_bytes = 0;
  uint32_t table = g->cell.table;
  int is_merged = lines > 1 || columns > 1;
  g->cell = (line){.table = g->state == IS_TABLE ? table : 0,
                   .row = g->row,
                   .column = g->column + 1,
                   .lines = is_merged ? lines : 0,
                   .columns = is_merged ? columns : 0};
  for (uint32_t i = 0; i < columns && g->column < MOST_COLUMNS; i++)
    g->until[g->column++] = g->row + lines - 1;
  if (g->column > g->width)
    g->width = g->column;
}
