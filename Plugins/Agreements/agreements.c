/// Finds agreements: titles in 《》 that end as agreements do, whether they are signed, by whom, and which
/// other agreement they carry out. Reads the agencies that another plugin found.
#include "duikou.h"
#include "parties.h"
#include "titles.h"

#include <stdlib.h>

static const char *const planned[] = {"拟",   "擬",   "将",   "將", "计划",
                                      "計劃", "准备", "推动", NULL};
static const char *const carrying_out[] = {"落实", "落實", "贯彻", "貫徹", "根据", "根據",
                                           "按照", "依据", "依據", "履行", "执行", NULL};

/// One document of a call.
typedef struct document {
  dk_call *call;
  text text;
  uint32_t base;   ///< of the document in the text section
  uint32_t number; ///< index + 1
  const range *skipped;
  uint32_t skipped_count;
  const named *names;
  uint32_t name_count;
} document;

/// An agreement found in the document; its row may be written to until the call ends.
typedef struct found {
  dk_agreement *row;
  dk_ref ref;
  const char *key;
  uint32_t key_len;
} found;

static uint32_t document_of(const dk_row *row) {
  return row->document ? row->document : 1;
}

/// A row's evidence as a range of the document.
static range evidence(const document *d, const dk_row *row) {
  uint32_t start = row->evidence.off - d->base;
  return (range){start, start + row->evidence.len};
}

static dk_row row_at(const document *d, range r) {
  return (dk_row){.evidence = {d->base + r.start, range_len(r)},
                  .document = d->number,
                  .confidence = 950000};
}

static dk_str interned(const document *d, range r) {
  return d->call->intern(d->call, d->text.bytes + r.start, range_len(r));
}

static int is_skipped(const document *d, range r) {
  for (uint32_t i = 0; i < d->skipped_count; i++)
    if (r.start < d->skipped[i].end && r.end > d->skipped[i].start)
      return 1;
  return 0;
}

/// The agreement of this title, new or found before; NULL when the host has no more memory.
static found *find_or_add(document *d, range title, found *all, uint32_t *count) {
  char *key = d->call->scratch(d->call, range_len(title));
  if (!key)
    return NULL;
  uint32_t len = normalise(d->text, title, key);
  for (uint32_t i = 0; i < *count; i++)
    if (all[i].key_len == len && memcmp(all[i].key, key, len) == 0)
      return &all[i];
  found *f = &all[(*count)++];
  *f = (found){.key = key, .key_len = len};
  f->row = d->call->append(d->call, DK_AGREEMENT, 1, &f->ref);
  if (!f->row)
    return NULL;
  char term[8];
  f->row->row = row_at(d, (range){title.start - 3, title.end + 3});
  f->row->title = interned(d, title);
  f->row->normal_title = d->call->intern(d->call, key, len);
  if (term_of(d->text, title, term))
    f->row->term = d->call->intern(d->call, term, (uint32_t)strlen(term));
  return f;
}

static dk_status add_mention(document *d, range title, dk_ref agreement) {
  dk_mention *mention = d->call->append(d->call, DK_MENTION, 1, NULL);
  if (!mention)
    return DK_RESOURCE_EXHAUSTED;
  mention->row = row_at(d, (range){title.start - 3, title.end + 3});
  mention->entity = agreement;
  mention->kind = DK_NAME;
  return DK_OK;
}

static dk_status add_parties(document *d, range verb, range title, dk_ref agreement) {
  parties list;
  find_parties(d->text, verb, d->names, d->name_count, &list);
  for (uint32_t i = 0; i < list.count; i++) {
    dk_party *party = d->call->append(d->call, DK_PARTY, 1, NULL);
    if (!party)
      return DK_RESOURCE_EXHAUSTED;
    uint32_t start = sentence_start(d->text, verb.start);
    party->row = row_at(d, (range){start, title.end + 3});
    party->agreement = agreement;
    party->party = list.entity[i];
    party->order = i + 1;
    party->row.has = DK_BIT(3);
  }
  return DK_OK;
}

/// Notes what the words before a title say of its signing.
static dk_status read_signing(document *d, range title, found *f) {
  range verb;
  if (!signing_verb(d->text, title, &verb))
    return DK_OK;
  uint32_t before = verb.start > 12 ? verb.start - 12 : 0;
  int is_planned = contains(d->text, (range){before, verb.start}, planned);
  if (f->row->status != DK_SIGNED)
    f->row->status = is_planned ? DK_PROPOSED : DK_SIGNED;
  return add_parties(d, verb, title, f->ref);
}

/// Whether the words before a title say that what follows carries it out.
static int is_basis(const document *d, range title) {
  uint32_t end = title.start - 3, start = sentence_start(d->text, end);
  if (end - start > 90)
    start = end - 90;
  return contains(d->text, (range){start, end}, carrying_out);
}

static dk_status read_document(document *d) {
  uint32_t count = 0, titles = 0, at = 0;
  range title;
  while (next_title(d->text, &at, &title))
    titles++;
  found *all = d->call->scratch(d->call, (uint64_t)titles * sizeof *all);
  if (titles && !all)
    return DK_RESOURCE_EXHAUSTED;
  dk_ref basis = {0, 0};
  uint32_t basis_sentence = 0;
  at = 0;
  while (next_title(d->text, &at, &title)) {
    if (is_skipped(d, title))
      continue;
    found *f = find_or_add(d, title, all, &count);
    if (!f)
      return DK_RESOURCE_EXHAUSTED;
    uint32_t sentence = sentence_start(d->text, title.start);
    range verb;
    if (basis.row && basis_sentence == sentence && basis.row != f->ref.row &&
        signing_verb(d->text, title, &verb))
      f->row->implements = basis;
    if (is_basis(d, title)) {
      basis = f->ref;
      basis_sentence = sentence;
    }
    dk_status status = add_mention(d, title, f->ref);
    if (status == DK_OK)
      status = read_signing(d, title, f);
    if (status != DK_OK)
      return status;
  }
  return DK_OK;
}

/// Collects the segments that are not to be read.
static int collect_skipped(document *d) {
  const dk_image *image = d->call->image;
  const dk_table *table = dk_find(image, DK_SEGMENT);
  if (!table || table->row_count == 0)
    return 1;
  range *skipped = d->call->scratch(d->call, table->row_count * sizeof *skipped);
  for (uint32_t i = 0; skipped && i < table->row_count; i++) {
    const dk_segment *segment = dk_row_at(image, table, i);
    if (document_of(&segment->row) == d->number)
      skipped[d->skipped_count++] = evidence(d, &segment->row);
  }
  d->skipped = skipped;
  return skipped != NULL;
}

static int by_start(const void *a, const void *b) {
  uint32_t left = ((const named *)a)->at.start, right = ((const named *)b)->at.start;
  return (left > right) - (left < right);
}

/// Collects where agencies and places are named, in the order of the text.
static int collect_names(document *d) {
  const dk_image *image = d->call->image;
  const dk_table *table = dk_find(image, DK_MENTION);
  if (!table || table->row_count == 0)
    return 1;
  named *names = d->call->scratch(d->call, table->row_count * sizeof *names);
  for (uint32_t i = 0; names && i < table->row_count; i++) {
    const dk_mention *mention = dk_row_at(image, table, i);
    int fits = mention->entity.type == DK_AGENCY || mention->entity.type == DK_PLACE;
    if (fits && mention->row.evidence.len && document_of(&mention->row) == d->number)
      names[d->name_count++] = (named){evidence(d, &mention->row), mention->entity};
  }
  if (names)
    qsort(names, d->name_count, sizeof *names, by_start);
  d->names = names;
  return names != NULL;
}

static dk_status agreements(void *self, dk_call *call) {
  (void)self;
  const dk_image *image = call->image;
  const dk_table *documents = dk_find(image, DK_DOCUMENT);
  for (uint32_t i = 0; documents && i < documents->row_count; i++) {
    if (dk_cancelled(call))
      return DK_CANCELLED;
    const dk_document *row = dk_row_at(image, documents, i);
    document d = {.call = call,
                  .text = {dk_text(image) + row->text.off, row->text.len},
                  .base = row->text.off,
                  .number = i + 1};
    if (!collect_skipped(&d) || !collect_names(&d))
      return DK_RESOURCE_EXHAUSTED;
    dk_status status = read_document(&d);
    if (status != DK_OK)
      return status;
  }
  return DK_OK;
}

static const dk_use uses[] = {
    {DK_DOCUMENT, sizeof(dk_document), DK_READ, 0},
    {DK_SEGMENT, sizeof(dk_segment), DK_USE, 0},
    {DK_PLACE, sizeof(dk_place), DK_USE, 0},
    {DK_AGENCY, sizeof(dk_agency), DK_USE, 0},
    {DK_MENTION, sizeof(dk_mention), DK_USE | DK_WRITE, 0},
    {DK_AGREEMENT, sizeof(dk_agreement), DK_WRITE, 0},
    {DK_PARTY, sizeof(dk_party), DK_WRITE, 0},
};

static const dk_method methods[] = {{
    .name = "Agreements",
    .doc = "Finds agreements with their parties.",
    .role = DK_EXTRACTOR,
    .flags = DK_PURE,
    .use_count = DK_COUNT(uses),
    .uses = uses,
    .use_stride = sizeof(dk_use),
    .invoke = agreements,
}};

static const dk_plugin plugin = {
    .size = sizeof(dk_plugin),
    .abi_built = DK_ABI_MINOR,
    .id = "org.duikou.agreements",
    .version = "0.1.0",
    .doc = "Finds agreements, memoranda and declarations in 《》, and who signed them.",
    .methods = methods,
    .method_count = DK_COUNT(methods),
    .method_stride = sizeof(dk_method),
};

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return &plugin;
}
