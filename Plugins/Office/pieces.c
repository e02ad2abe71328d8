#include "pieces.h"

/// When to hand over, and when at the latest.
enum { BYTES = 1 << 20, ROWS = 1 << 13, LATEST = 8 };

void pieces_in(pieces *p, const char *part, uint32_t len) {
  pieces_end_row(p);
  p->part = part;
  p->part_len = len;
  p->part_string = (dk_str){0, 0};
}

static void hand_over(pieces *p) {
  dk_status status = p->job->call->flush(p->job->call);
  p->rows = p->bytes = 0;
  p->part_string = (dk_str){0, 0};
  p->handed_over++;
  if (status != DK_OK && p->job->status == DK_OK)
    p->job->status = status;
}

static uint64_t bit(uint32_t field, uint32_t value) {
  return value ? DK_BIT(field) : 0;
}

static void add(pieces *p, const place *at, const char *bytes, uint32_t len) {
  dk_call *call = p->job->call;
  uint32_t times = p->is_held ? LATEST : 1;
  if (p->bytes >= BYTES * times || p->rows >= ROWS * times)
    hand_over(p);
  if (!job_goes_on(p->job))
    return;
  if (p->part && !p->part_string.off) {
    p->part_string = call->intern(call, p->part, p->part_len);
    p->bytes += p->part_len;
  }
  dk_piece *row = call->append(call, DK_PIECE, 1, NULL);
  dk_str string = call->intern(call, bytes, len);
  if (!row || !string.off) {
    p->job->status = DK_RESOURCE_EXHAUSTED;
    return;
  }
  row->text = string;
  row->part = p->part_string;
  row->kind = at->kind;
  row->page = at->page;
  row->table = at->table;
  row->line = at->line;
  row->column = at->column;
  row->lines = at->lines;
  row->columns = at->columns;
  row->row.has = DK_BIT(3) | bit(4, at->page) | bit(5, at->table) | bit(6, at->line) |
                 bit(7, at->column) | bit(8, at->lines) | bit(9, at->columns);
  p->count++;
  p->total += len;
  if (p->total > TEXT_MAX)
    job_fail(p->job, DK_RESOURCE_EXHAUSTED,
             "the file holds more than %d MB of text: split it", TEXT_MAX >> 20);
  p->rows++;
  p->bytes += len;
  if (at->row) {
    *at->row = row;
    *at->when = p->handed_over;
  }
}

static void add_all(pieces *p, const place *at, const char *bytes, uint32_t len) {
  while (len > 0 && p->job->status == DK_OK) {
    uint32_t fitting = text_fitting(bytes, len, PIECE_MAX);
    add(p, at, bytes, fitting);
    bytes += fitting;
    len -= fitting;
  }
}

/// Appends the cell that waits, with what follows it.
static void close_cell(pieces *p, const char *end, uint32_t end_len) {
  if (!p->has_cell)
    return;
  p->has_cell = 0;
  if (!text_add(&p->cell, end, end_len))
    job_fail_memory(p->job);
  add_all(p, &p->cell_place, p->cell.bytes, p->cell.len);
  p->cell.len = 0;
}

void pieces_put(pieces *p, const place *at, const char *bytes, uint32_t len) {
  close_cell(p, "\n", 1);
  add_all(p, at, bytes, len);
}

void pieces_cell(pieces *p, const place *at, text *value, int goes_on) {
  close_cell(p, "\t", !goes_on);
  text taken = p->cell;
  p->cell = *value;
  p->cell_place = *at;
  p->has_cell = 1;
  *value = taken;
  value->len = 0;
}

void pieces_end_row(pieces *p) {
  close_cell(p, "\n", 1);
}

void pieces_free(pieces *p) {
  text_free(&p->cell);
}
