#include "facts.h"
#include "numbers.h"

/// Writes the cells of a row but for evidence and notes. `index` is its place in its table.
typedef void (*cells_writer)(report *r, const void *row, uint32_t index);

static void put_name(report *r, dk_ref ref) {
  put_string(r, name_of(r, ref));
}

static void name_cell(report *r, dk_ref ref) {
  cell(r);
  put_name(r, ref);
}

/// One of a field's values in words; nothing where it has none.
static void value_cell(report *r, const char *const names[], uint32_t count,
                       uint32_t value) {
  cell(r);
  put(r->out, value < count && names[value] ? names[value] : "");
}

#define VALUE_CELL(R, NAMES, VALUE)                                                      \
  value_cell(R, (R)->words->NAMES, DK_COUNT((R)->words->NAMES), VALUE)

static void day_cell(report *r, int has_day, int32_t day) {
  cell(r);
  if (has_day)
    put_day(r->out, day);
}

static void yuan_cell(report *r, int has_amount, int64_t fen) {
  cell(r);
  if (!has_amount)
    return;
  put_decimal(r->out, fen, -2);
  put(r->out, r->words->yuan);
}

static void pairing_cells(report *r, const void *any, uint32_t index) {
  (void)index;
  const dk_pairing *row = any;
  put_name(r, row->helper);
  name_cell(r, row->helped);
  string_cell(r, row->kind);
  day_cell(r, DK_HAS(row, 4) || DK_HAS(row, 6), DK_HAS(row, 4) ? row->since : row->as_of);
  cell(r);
  if (DK_HAS(row, 7))
    put_number(r->out, row->helper_units);
  if (DK_HAS(row, 7) && DK_HAS(row, 8))
    put(r->out, " → ");
  if (DK_HAS(row, 8))
    put_number(r->out, row->helped_units);
}

static void event_cells(report *r, const void *any, uint32_t index) {
  const dk_event *row = any;
  if (row->object.row)
    put_name(r, row->object);
  else
    put_string(r, row->name);
  VALUE_CELL(r, events, row->kind);
  day_cell(r, DK_HAS(row, 4), row->start);
  if (DK_HAS(row, 4) && DK_HAS(row, 5) && row->end != row->start) {
    put(r->out, " – ");
    put_day(r->out, row->end);
  }
  name_cell(r, row->place);
  cell(r);
  for (uint32_t i = 0; i < group_size(&r->participants, index); i++) {
    const dk_participant *participant = group_row(&r->participants, index, i);
    put(r->out, i ? r->words->separator : "");
    put_name(r, participant->who);
  }
}

static void commitment_cells(report *r, const void *any, uint32_t index) {
  (void)index;
  const dk_commitment *row = any;
  put_name(r, row->speaker);
  VALUE_CELL(r, commitments, row->kind);
  string_cell(r, row->action);
  day_cell(r, DK_HAS(row, 4), row->due);
}

static void project_cells(report *r, const void *any, uint32_t index) {
  (void)index;
  const dk_project *row = any;
  put_string(r, row->name);
  name_cell(r, row->place);
  yuan_cell(r, DK_HAS(row, 4), row->amount);
  VALUE_CELL(r, progress, row->status);
}

static void brand_cells(report *r, const void *any, uint32_t index) {
  (void)index;
  const dk_brand *row = any;
  put_string(r, row->name);
  VALUE_CELL(r, brands, row->kind);
  name_cell(r, row->of);
  name_cell(r, row->by);
}

static void need_cells(report *r, const void *any, uint32_t index) {
  (void)index;
  const dk_need *row = any;
  put_name(r, row->party);
  VALUE_CELL(r, needs, row->kind);
  string_cell(r, row->topic);
}

static void flow_cells(report *r, const void *any, uint32_t index) {
  (void)index;
  const dk_flow *row = any;
  put_name(r, row->to);
  name_cell(r, row->from);
  cell(r);
  if (DK_HAS(row, 5))
    put_decimal(r->out, row->visitors, 0);
  yuan_cell(r, DK_HAS(row, 6), row->spending);
}

static const struct {
  uint32_t type;
  cells_writer write;
} kinds[FACTS] = {
    [PAIRINGS] = {DK_PAIRING, pairing_cells},
    [EVENTS] = {DK_EVENT, event_cells},
    [COMMITMENTS] = {DK_COMMITMENT, commitment_cells},
    [PROJECTS] = {DK_PROJECT, project_cells},
    [BRANDS] = {DK_BRAND, brand_cells},
    [NEEDS] = {DK_NEED, need_cells},
    [FLOWS] = {DK_FLOW, flow_cells},
};

static uint32_t event_index(const void *row) {
  dk_ref event = ((const dk_participant *)row)->event;
  return event.type == DK_EVENT ? event.row - 1 : UINT32_MAX;
}

int gather_facts(report *r, dk_call *call, uint32_t documents) {
  for (uint32_t fact = 0; fact < FACTS; fact++)
    if (!group_rows(call, kinds[fact].type, documents, document_index, &r->facts[fact]))
      return 0;
  return group_rows(call, DK_PARTICIPANT, dk_count(r->image, DK_EVENT), event_index,
                    &r->participants);
}

uint32_t count_facts(report *r, uint32_t document) {
  uint32_t count = 0;
  for (uint32_t fact = 0; fact < FACTS; fact++)
    count += group_size(&r->facts[fact], document);
  return count;
}

void write_facts(report *r, uint32_t document) {
  for (uint32_t fact = 0; fact < FACTS; fact++) {
    const groups *rows = &r->facts[fact];
    uint32_t count = group_size(rows, document);
    if (count)
      heading(r, r->words->facts[fact].title, r->words->facts[fact].head);
    for (uint32_t i = 0; i < count; i++) {
      const dk_row *row = group_row(rows, document, i);
      put(r->out, "| ");
      kinds[fact].write(r, row, group_index(rows, document, i));
      evidence_cell(r, row);
      notes_cell(r, row);
    }
  }
}
