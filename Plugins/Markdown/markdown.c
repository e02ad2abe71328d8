/// Writes records as Markdown: an overview, and for each document its agreements, people,
/// agencies, places, facts, dates and figures, each with the words in which it was found.
#include "facts.h"
#include "numbers.h"
#include "report.h"

static void put_level(report *r, uint32_t level) {
  cell(r);
  put(r->out, level < DK_COUNT(r->words->levels) ? r->words->levels[level] : "");
}

static void put_agreement_title(report *r, dk_str title) {
  if (!title.off)
    return;
  put(r->out, "《");
  put_string(r, title);
  put(r->out, "》");
}

/// An ISO 8601 duration of one part in words, such as 3年 for P3Y; any other as it stands.
static void duration_cell(report *r, dk_str term) {
  cell(r);
  const char *text = dk_string(r->image, term);
  uint32_t digits = 1;
  while (text && digits < term.len && text[digits] >= '0' && text[digits] <= '9')
    digits++;
  const char *unit = text && digits > 1 && digits + 1 == term.len
                         ? duration_unit(r->words, text[digits])
                         : NULL;
  if (!unit) {
    put_string(r, term);
    return;
  }
  put_bytes(r->out, text + 1, digits - 1);
  put(r->out, unit);
}

static void sector_cell(report *r, dk_str sector) {
  const char *text = dk_string(r->image, sector);
  const char *name = text ? sector_name(r->words, text, sector.len) : NULL;
  if (!name) {
    string_cell(r, sector);
    return;
  }
  cell(r);
  put(r->out, name);
}

static void write_agreements(report *r, uint32_t document) {
  uint32_t count = group_size(&r->agreements, document);
  if (count)
    heading(r, r->words->agreements, r->words->head_agreements);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t index = group_index(&r->agreements, document, i);
    const dk_agreement *row = group_row(&r->agreements, document, i);
    put(r->out, "| ");
    put_agreement_title(r, row->title);
    cell(r);
    put(r->out, row->status < DK_COUNT(r->words->statuses)
                    ? r->words->statuses[row->status]
                    : "");
    if (DK_HAS(row, 6)) {
      put(r->out, " ");
      put_day(r->out, row->signed_on);
    }
    cell(r);
    for (uint32_t n = 0; n < group_size(&r->parties, index); n++) {
      const dk_party *party = group_row(&r->parties, index, n);
      put(r->out, n ? r->words->separator : "");
      put_string(r, name_of(r, party->party));
    }
    duration_cell(r, row->term);
    cell(r);
    put_agreement_title(r, name_of(r, row->implements));
    evidence_cell(r, &row->row);
    notes_cell(r, &row->row);
  }
}

static void write_positions(report *r, uint32_t document) {
  uint32_t count = group_size(&r->positions, document);
  if (count)
    heading(r, r->words->people, r->words->head_positions);
  for (uint32_t i = 0; i < count; i++) {
    const dk_position *row = group_row(&r->positions, document, i);
    put(r->out, "| ");
    put_string(r, name_of(r, row->person));
    string_cell(r, row->title);
    string_cell(r, name_of(r, row->agency));
    evidence_cell(r, &row->row);
    notes_cell(r, &row->row);
  }
}

/// Where nobody's position is known, at least the names.
static void write_people(report *r, uint32_t document) {
  uint32_t count = group_size(&r->people, document);
  if (count == 0 || group_size(&r->positions, document) > 0)
    return;
  heading(r, r->words->people, r->words->head_people);
  for (uint32_t i = 0; i < count; i++) {
    const dk_person *row = group_row(&r->people, document, i);
    put(r->out, "| ");
    put_string(r, row->name);
    evidence_cell(r, &row->row);
    notes_cell(r, &row->row);
  }
}

static void write_agencies(report *r, uint32_t document) {
  uint32_t count = group_size(&r->agencies, document);
  if (count)
    heading(r, r->words->agencies, r->words->head_agencies);
  for (uint32_t i = 0; i < count; i++) {
    const dk_agency *row = group_row(&r->agencies, document, i);
    put(r->out, "| ");
    put_string(r, row->name);
    put_level(r, row->level);
    sector_cell(r, row->sector);
    cell(r);
    put_number(r->out, r->agency_mentions[group_index(&r->agencies, document, i)]);
    evidence_cell(r, &row->row);
    notes_cell(r, &row->row);
  }
}

/// The division above a place, by name where the document names it, by code otherwise.
static void put_parent(report *r, uint32_t document, const dk_place *place) {
  if (!DK_HAS(place, 2))
    return;
  const dk_place *above = find_division(r->image, &r->divisions, document, place->parent);
  if (above)
    put_string(r, above->name);
  else
    put_number(r->out, place->parent);
}

static void write_places(report *r, uint32_t document) {
  uint32_t count = group_size(&r->places, document);
  if (count)
    heading(r, r->words->places, r->words->head_places);
  for (uint32_t i = 0; i < count; i++) {
    const dk_place *row = group_row(&r->places, document, i);
    put(r->out, "| ");
    put_string(r, row->name);
    cell(r);
    put_number(r->out, row->code);
    put_level(r, row->level);
    cell(r);
    put_parent(r, document, row);
    cell(r);
    put_number(r->out, r->place_mentions[group_index(&r->places, document, i)]);
    evidence_cell(r, &row->row);
    notes_cell(r, &row->row);
  }
}

static void put_run_name(report *r, const dk_run *run) {
  put_string(r, run->plugin);
  put(r->out, "/");
  put_string(r, run->method);
}

/// What failed stands first, so that nobody takes the records for complete.
static void write_failures(report *r, uint32_t document) {
  for (uint32_t i = 0; i < group_size(&r->runs, document); i++) {
    const dk_run *run = group_row(&r->runs, document, i);
    if (run->status == DK_OK)
      continue;
    put(r->out, "\n> ");
    put(r->out, r->words->failed);
    put(r->out, r->words->colon);
    put_run_name(r, run);
    put(r->out, r->words->colon);
    put_string(r, run->message);
    put(r->out, "\n");
  }
}

static void write_stages(report *r, uint32_t document) {
  uint32_t count = group_size(&r->runs, document);
  if (count)
    heading(r, r->words->stages, r->words->head_stages);
  for (uint32_t i = 0; i < count; i++) {
    const dk_run *run = group_row(&r->runs, document, i);
    put(r->out, "| ");
    put_string(r, run->plugin);
    string_cell(r, run->version);
    string_cell(r, run->method);
    cell(r);
    put_number(r->out, run->rows);
    cell(r);
    if (run->status == DK_OK)
      put(r->out, "✓");
    else
      put_string(r, run->message);
    put(r->out, " |\n");
  }
}

static void write_dates(report *r, uint32_t document) {
  uint32_t count = group_size(&r->dates, document);
  if (count)
    heading(r, r->words->dates, r->words->head_dates);
  for (uint32_t i = 0; i < count; i++) {
    const dk_date *row = group_row(&r->dates, document, i);
    put(r->out, "| ");
    if (DK_HAS(row, 1))
      put_day(r->out, row->start);
    if (!DK_HAS(row, 1) || !DK_HAS(row, 2) || row->start != row->end)
      put(r->out, " – ");
    if (DK_HAS(row, 2) && (!DK_HAS(row, 1) || row->start != row->end))
      put_day(r->out, row->end);
    cell(r);
    put(r->out, row->precision < DK_COUNT(r->words->precisions)
                    ? r->words->precisions[row->precision]
                    : "");
    evidence_cell(r, &row->row);
    notes_cell(r, &row->row);
  }
}

static void write_figures(report *r, uint32_t document) {
  uint32_t count = group_size(&r->figures, document);
  if (count)
    heading(r, r->words->figures, r->words->head_figures);
  for (uint32_t i = 0; i < count; i++) {
    const dk_figure *row = group_row(&r->figures, document, i);
    put(r->out, "| ");
    if (row->comparator && row->comparator < DK_COUNT(r->words->comparators))
      put(r->out, r->words->comparators[row->comparator]);
    put_decimal(r->out, row->value, row->exponent);
    if (DK_HAS(row, 2)) {
      put(r->out, "–");
      put_decimal(r->out, row->upper, row->exponent);
    }
    string_cell(r, row->unit);
    string_cell(r, row->indicator);
    string_cell(r, name_of(r, row->scope));
    const dk_date *date = dk_deref(r->image, row->as_of);
    words_cell(r, date && row->as_of.type == DK_DATE ? &date->row : NULL);
    evidence_cell(r, &row->row);
    notes_cell(r, &row->row);
  }
}

static void write_document(report *r, const dk_document *row, uint32_t document) {
  put(r->out, "\n## ");
  put_number(r->out, document + 1);
  put(r->out, ". ");
  put_string(r, row->title);
  put(r->out, "\n\n");
  put(r->out, r->words->source);
  put(r->out, r->words->colon);
  put_string(r, row->uri);
  put(r->out, "\n");
  write_failures(r, document);
  uint32_t found = group_size(&r->agreements, document) +
                   group_size(&r->people, document) + group_size(&r->agencies, document) +
                   group_size(&r->places, document) + group_size(&r->dates, document) +
                   group_size(&r->figures, document) + count_facts(r, document);
  if (found == 0) {
    put(r->out, "\n");
    put(r->out, r->words->nothing);
    put(r->out, "\n");
  }
  write_agreements(r, document);
  write_positions(r, document);
  write_people(r, document);
  write_agencies(r, document);
  write_places(r, document);
  write_facts(r, document);
  write_dates(r, document);
  write_figures(r, document);
  write_stages(r, document);
}

static void write_overview(report *r, const dk_table *documents) {
  put(r->out, "# ");
  put(r->out, r->words->title);
  put(r->out, "\n\n");
  put_number(r->out, documents->row_count);
  put(r->out, r->words->documents);
  put(r->out, "\n\n");
  put(r->out, r->words->head_overview);
  for (uint32_t i = 0; i < documents->row_count; i++) {
    const dk_document *row = dk_row_at(r->image, documents, i);
    const groups *counted[] = {&r->places, &r->agencies, &r->people, &r->agreements};
    put(r->out, "| ");
    put_string(r, row->title);
    for (uint32_t n = 0; n < DK_COUNT(counted); n++) {
      cell(r);
      put_number(r->out, group_size(counted[n], i));
    }
    put(r->out, " |\n");
  }
}

static uint32_t agreement_index(const void *row) {
  dk_ref agreement = ((const dk_party *)row)->agreement;
  return agreement.type == DK_AGREEMENT ? agreement.row - 1 : UINT32_MAX;
}

/// Sorts all rows by document, once.
static int gather(report *r, dk_call *call, uint32_t documents) {
  struct {
    uint32_t type;
    groups *into;
  } tables[] = {{DK_AGREEMENT, &r->agreements}, {DK_POSITION, &r->positions},
                {DK_PERSON, &r->people},        {DK_AGENCY, &r->agencies},
                {DK_PLACE, &r->places},         {DK_DATE, &r->dates},
                {DK_FIGURE, &r->figures},       {DK_RUN, &r->runs}};
  for (uint32_t i = 0; i < DK_COUNT(tables); i++)
    if (!group_rows(call, tables[i].type, documents, document_index, tables[i].into))
      return 0;
  if (!gather_facts(r, call, documents) || !sort_divisions(call, &r->divisions))
    return 0;
  return group_rows(call, DK_PARTY, dk_count(r->image, DK_AGREEMENT), agreement_index,
                    &r->parties);
}

static int count_mentions(report *r, dk_call *call) {
  uint32_t places = dk_count(r->image, DK_PLACE),
           agencies = dk_count(r->image, DK_AGENCY);
  r->place_mentions = call->scratch(call, ((uint64_t)places + 1) * sizeof(uint32_t));
  r->agency_mentions = call->scratch(call, ((uint64_t)agencies + 1) * sizeof(uint32_t));
  if (!r->place_mentions || !r->agency_mentions)
    return 0;
  const dk_table *table = dk_find(r->image, DK_MENTION);
  for (uint32_t i = 0; table && i < table->row_count; i++) {
    dk_ref entity = ((const dk_mention *)dk_row_at(r->image, table, i))->entity;
    if (entity.type == DK_PLACE && entity.row && entity.row <= places)
      r->place_mentions[entity.row - 1]++;
    if (entity.type == DK_AGENCY && entity.row && entity.row <= agencies)
      r->agency_mentions[entity.row - 1]++;
  }
  return 1;
}

static dk_status markdown(void *self, dk_call *call) {
  (void)self;
  writer out = writer_begin(call);
  report r = {.out = &out, .words = words_of(call), .image = call->image};
  const dk_table *documents = dk_find(call->image, DK_DOCUMENT);
  if (out.status != DK_OK || !documents)
    return out.status;
  if (!gather(&r, call, documents->row_count) || !count_mentions(&r, call))
    return DK_RESOURCE_EXHAUSTED;
  write_overview(&r, documents);
  for (uint32_t i = 0; i < documents->row_count; i++) {
    if (dk_cancelled(call))
      return DK_CANCELLED;
    write_document(&r, dk_row_at(call->image, documents, i), i);
    call->progress(call, i + 1, documents->row_count);
  }
  return writer_end(&out);
}

static const dk_use uses[] = {
    {DK_DOCUMENT, sizeof(dk_document), DK_READ, 0},
    {DK_RUN, sizeof(dk_run), DK_USE, 0},
    {DK_MENTION, sizeof(dk_mention), DK_USE, 0},
    {DK_PLACE, sizeof(dk_place), DK_USE, 0},
    {DK_AGENCY, sizeof(dk_agency), DK_USE, 0},
    {DK_PERSON, sizeof(dk_person), DK_USE, 0},
    {DK_POSITION, sizeof(dk_position), DK_USE, 0},
    {DK_AGREEMENT, sizeof(dk_agreement), DK_USE, 0},
    {DK_PARTY, sizeof(dk_party), DK_USE, 0},
    {DK_DATE, sizeof(dk_date), DK_USE, 0},
    {DK_FIGURE, sizeof(dk_figure), DK_USE, 0},
    {DK_ORGANISATION, sizeof(dk_organisation), DK_USE, 0},
    {DK_PAIRING, sizeof(dk_pairing), DK_USE, 0},
    {DK_EVENT, sizeof(dk_event), DK_USE, 0},
    {DK_PARTICIPANT, sizeof(dk_participant), DK_USE, 0},
    {DK_COMMITMENT, sizeof(dk_commitment), DK_USE, 0},
    {DK_PROJECT, sizeof(dk_project), DK_USE, 0},
    {DK_BRAND, sizeof(dk_brand), DK_USE, 0},
    {DK_NEED, sizeof(dk_need), DK_USE, 0},
    {DK_FLOW, sizeof(dk_flow), DK_USE, 0},
    {DK_CONTENT, sizeof(dk_content), DK_WRITE, 0},
};

static const dk_method methods[] = {{
    .name = "Markdown",
    .doc = "Writes the records of documents as Markdown tables with their evidence.",
    .media = "text/markdown; charset=utf-8",
    .role = DK_REPORT,
    .flags = DK_PURE | DK_STREAMING,
    .use_count = DK_COUNT(uses),
    .uses = uses,
    .use_stride = sizeof(dk_use),
    .invoke = markdown,
}};

#define ID      "org.duikou.markdown"
#define VERSION "0.1.0"

static const dk_plugin plugin = {
    .size = sizeof(dk_plugin),
    .abi_built = DK_ABI_MINOR,
    .id = ID,
    .version = VERSION,
    .doc = "Reports in Markdown.",
    .methods = methods,
    .method_count = DK_COUNT(methods),
    .method_stride = sizeof(dk_method),
};

DK_NOTE(ID, VERSION);

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return &plugin;
}
