/// Finds agreements: titles that end as agreements do, in 《》 or behind a verb of signing, whether they are signed, by whom, and which
/// other agreement they carry out. Reads the agencies that another plugin found.
#include "duikou.h"
#include "entries.h"
#include "reading.h"
#include "skipped.h"

static dk_status read_document(document *d, skipped *skipped) {
  entries entries;
  if (!read_entries(d->call, d->text, d->number, skipped, &entries))
    return DK_RESOURCE_EXHAUSTED;
  found *all =
      d->call->scratch(d->call, ((uint64_t)entries.agreement_count + 1) * sizeof *all);
  if (!all)
    return DK_RESOURCE_EXHAUSTED;
  basis b = {{0, 0}, 0};
  for (uint32_t i = 0; i < entries.count; i++) {
    if (dk_cancelled(d->call))
      return DK_CANCELLED;
    const entry *e = &entries.all[i];
    dk_status status = read_title(d, e, &all[e->agreement], &b);
    if (status != DK_OK)
      return status;
  }
  return DK_OK;
}

static dk_status agreements(void *self, dk_call *call) {
  (void)self;
  const dk_image *image = call->image;
  const dk_table *documents = dk_find(image, DK_DOCUMENT);
  skipped skipped;
  names rest;
  dates days;
  if (!collect_skipped(call, &skipped) || !collect_names(call, &rest) ||
      !collect_dates(call, &days))
    return DK_RESOURCE_EXHAUSTED;
  for (uint32_t i = 0; documents && i < documents->row_count; i++) {
    if (dk_cancelled(call))
      return DK_CANCELLED;
    const dk_document *row = dk_row_at(image, documents, i);
    document d = {.call = call,
                  .text = {dk_text(image) + row->text.off, row->text.len},
                  .base = row->text.off,
                  .number = i + 1,
                  .names = take_names(&rest, i + 1),
                  .dates = take_dates(&days, i + 1)};
    dk_status status = read_document(&d, &skipped);
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
    {DK_DATE, sizeof(dk_date), DK_USE, 0},
    {DK_MENTION, sizeof(dk_mention), DK_USE | DK_WRITE, 0},
    {DK_AGREEMENT, sizeof(dk_agreement), DK_WRITE, 0},
    {DK_PARTY, sizeof(dk_party), DK_WRITE, 0},
};

static const dk_method methods[] = {{
    .name = "Agreements",
    .doc = "Finds agreements with their parties.",
    .role = DK_EXTRACTOR,
    .flags = DK_PURE | DK_BATCHED,
    .use_count = DK_COUNT(uses),
    .uses = uses,
    .use_stride = sizeof(dk_use),
    .invoke = agreements,
}};

#define ID      "org.duikou.agreements"
#define VERSION "0.1.0"

static const dk_plugin plugin = {
    .size = sizeof(dk_plugin),
    .abi_built = DK_ABI_MINOR,
    .id = ID,
    .version = VERSION,
    .doc = "Finds agreements, memoranda and declarations, and who signed them.",
    .methods = methods,
    .method_count = DK_COUNT(methods),
    .method_stride = sizeof(dk_method),
};

DK_NOTE(ID, VERSION);

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return &plugin;
}
