#include "report.h"

enum { CONTEXT = 12 }; ///< characters to both sides of a quotation

/// Bytes of the longest quotation: 1000 characters. A thousand rows that each have the whole of a
/// long document as their evidence would make a report a thousand times as long.
enum { QUOTATION_MAX = 3000 };

void put_string(report *r, dk_str string) {
  if (string.off)
    put_escaped(r->out, dk_string(r->image, string), string.len);
}

void cell(report *r) {
  put(r->out, " | ");
}

void string_cell(report *r, dk_str string) {
  cell(r);
  put_string(r, string);
}

static int continues(char byte) {
  return ((unsigned char)byte & 0xc0) == 0x80;
}

/// Up to CONTEXT characters before `start` on its line, not before `least`.
static uint32_t context_start(const char *text, uint32_t start, uint32_t least) {
  for (int n = 0; n < CONTEXT && start > least && text[start - 1] != '\n'; n++) {
    do
      start--;
    while (start > least && continues(text[start]));
  }
  return start;
}

/// Up to CONTEXT characters behind `end` on its line, not behind `most`.
static uint32_t context_end(const char *text, uint32_t end, uint32_t most) {
  for (int n = 0; n < CONTEXT && end < most && text[end] != '\n'; n++) {
    do
      end++;
    while (end < most && continues(text[end]));
  }
  return end;
}

static void put_quotation(report *r, const char *text, uint32_t len) {
  uint32_t shown = len;
  if (len > QUOTATION_MAX)
    for (shown = QUOTATION_MAX; shown > 0 && continues(text[shown]); shown--)
      ;
  put_escaped(r->out, text, shown);
  put(r->out, shown < len ? "…" : "");
}

/// The document in whose text a record was found; NULL where it was found in none.
static const dk_document *document_of(report *r, const dk_row *row) {
  const dk_table *documents = dk_find(r->image, DK_DOCUMENT);
  if (!row->evidence.len || !documents || document_index(row) >= documents->row_count)
    return NULL;
  return dk_row_at(r->image, documents, document_index(row));
}

void words_cell(report *r, const dk_row *row) {
  cell(r);
  if (row && document_of(r, row))
    put_quotation(r, dk_text(r->image) + row->evidence.off, row->evidence.len);
}

void evidence_cell(report *r, const dk_row *row) {
  cell(r);
  const dk_document *document = document_of(r, row);
  if (!document)
    return;
  const char *text = dk_text(r->image);
  uint32_t start = row->evidence.off, end = start + row->evidence.len;
  uint32_t from = context_start(text, start, document->text.off);
  uint32_t to = context_end(text, end, document->text.off + document->text.len);
  put_escaped(r->out, text + from, start - from);
  put(r->out, "〔");
  put_quotation(r, text + start, end - start);
  put(r->out, "〕");
  put_escaped(r->out, text + end, to - end);
}

void notes_cell(report *r, const dk_row *row) {
  cell(r);
  int first = 1;
  for (uint32_t bit = 0; bit < DK_COUNT(r->words->flags); bit++) {
    if (!(row->flags & (1u << bit)))
      continue;
    put(r->out, first ? "" : r->words->separator);
    put(r->out, r->words->flags[bit]);
    first = 0;
  }
  if (row->confidence && row->confidence < 900000) {
    put(r->out, first ? "" : r->words->separator);
    put_number(r->out, (row->confidence + 5000) / 10000);
    put(r->out, "%");
  }
  put(r->out, " |\n");
}

void heading(report *r, const char *text, const char *head) {
  put(r->out, "\n### ");
  put(r->out, text);
  put(r->out, "\n\n");
  put(r->out, head);
}

dk_str name_of(report *r, dk_ref ref) {
  const void *row = dk_deref(r->image, ref);
  if (row && ref.type == DK_AGENCY)
    return ((const dk_agency *)row)->name;
  if (row && ref.type == DK_PLACE)
    return ((const dk_place *)row)->name;
  if (row && ref.type == DK_PERSON)
    return ((const dk_person *)row)->name;
  if (row && ref.type == DK_AGREEMENT)
    return ((const dk_agreement *)row)->title;
  if (row && ref.type == DK_ORGANISATION)
    return ((const dk_organisation *)row)->name;
  return (dk_str){0, 0};
}
