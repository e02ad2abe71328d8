/// Reads PDF files: their text in the order in which poppler finds it, lines joined to paragraphs again, with
/// headings, and what repeats from page to page, marked.
#include "columns.h"
#include "flow.h"
#include "furniture.h"
#include "headings.h"
#include "opening.h"
#include "page.h"
#include "title.h"
#include "warm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Pages that are looked at together; fewer where they hold much text.
enum { WINDOW_PAGES = 32, WINDOW_TEXT = 4 << 20 };

static const dk_host *log_host;

/// A file on its way to text.
typedef struct reading {
  dk_call *call;
  opened file;
  window window;
  furniture furniture;
  headings headings;
  pieces pieces;
  flow flow;
  uint32_t lost;  ///< pages that cannot be read
  uint32_t empty; ///< pages without text
  uint32_t first_lost, first_empty;
  uint64_t characters,
      unknown; ///< all, and those of which the file does not say which they are
} reading;

/// Writes a line to the host's log, behind the file's name.
static void warn(const dk_call *call, const char *sentence) {
  if (!log_host || !log_host->log)
    return;
  const dk_table *documents = dk_find(call->image, DK_DOCUMENT);
  const dk_document *row =
      documents && documents->row_count ? dk_row_at(call->image, documents, 0) : NULL;
  const char *name = row ? dk_string(call->image, row->uri) : NULL;
  uint32_t len = !name ? 0 : row->uri.len < 200 ? row->uri.len : 200;
  while (len > 0 && len < row->uri.len && ((unsigned char)name[len] & 0xc0) == 0x80)
    len--;
  char line[512];
  snprintf(line, sizeof line, "%.*s: %s", len ? (int)len : 8, len ? name : "the file",
           sentence);
  log_host->log(log_host, DK_LOG_WARNING, line, (uint32_t)strlen(line));
}

static void warn_of_pages(const dk_call *call, uint32_t count, uint32_t first,
                          const char *what) {
  char sentence[200];
  if (count == 0)
    return;
  snprintf(sentence, sizeof sentence, "%u pages %s; the first is page %u", count, what,
           first);
  warn(call, sentence);
}

static void note(uint32_t *count, uint32_t *first, uint32_t page) {
  if ((*count)++ == 0)
    *first = page;
}

static dk_status empty_window(reading *r) {
  mark_furniture(&r->furniture, &r->window);
  mark_headings(&r->headings, &r->window);
  if (!measure_columns(&r->window))
    return DK_RESOURCE_EXHAUSTED;
  dk_status status = flow_put(&r->flow, &r->window);
  window_clear(&r->window);
  pieces_flush(&r->pieces);
  return status == DK_OK ? r->pieces.status : status;
}

static dk_status read_one(reading *r, int index) {
  uint32_t number = (uint32_t)index + 1;
  PopplerPage *page = poppler_document_get_page(r->file.document, index);
  if (!page) {
    note(&r->lost, &r->first_lost, number);
    return DK_OK;
  }
  size_t before = r->window.count;
  dk_status status = read_page(&r->window, page, number);
  g_object_unref(page);
  if (status == DK_OUT_OF_RANGE)
    return fail_with(
        r->call, DK_RESOURCE_EXHAUSTED,
        "page %u holds more than 4 MB of text: it is no document for reading; "
        "split it",
        number);
  if (r->window.count == before)
    note(&r->empty, &r->first_empty, number);
  for (size_t i = before; i < r->window.count; i++) {
    r->characters += r->window.lines[i].characters;
    r->unknown += r->window.lines[i].unknown;
  }
  return status;
}

static dk_status read_pages(reading *r) {
  int pages = r->file.page_count, held = 0;
  for (int i = 0; i < pages; i++) {
    if (dk_cancelled(r->call))
      return DK_CANCELLED;
    dk_status status = read_one(r, i);
    if (status == DK_OK &&
        (++held == WINDOW_PAGES || i + 1 == pages || r->window.text_len >= WINDOW_TEXT)) {
      status = empty_window(r);
      held = 0;
    }
    if (status != DK_OK)
      return status;
    r->call->progress(r->call, (uint64_t)i + 1, (uint64_t)pages);
  }
  return flow_end(&r->flow);
}

/// Says what is not in the text. Fails where nothing is.
static dk_status conclude(reading *r) {
  if (r->lost == (uint32_t)r->file.page_count)
    return fail_damaged(r->call, &r->file);
  unsigned unknown_fonts = take_unknown_fonts();
  if (r->characters == 0 && unknown_fonts)
    return fail_with(
        r->call, DK_FAILED_PRECONDITION,
        "the PDF's fonts are not in it, and this machine does not know their "
        "characters: install poppler-data");
  if (r->characters == 0)
    return fail_with(r->call, DK_UNIMPLEMENTED,
                     "the PDF has no text layer, as a scan has none: run OCR first");
  if (unknown_fonts)
    warn(r->call,
         "text is left out whose fonts are not in the PDF: install poppler-data");
  if (r->file.is_cut)
    warn(r->call, "the PDF is cut off: what is left of it is read");
  else if (r->file.salvaged)
    warn(r->call,
         "the PDF is damaged: its pages are read in the order in which they stand in it");
  warn_of_pages(r->call, r->lost, r->first_lost, "are damaged and left out");
  warn_of_pages(r->call, r->empty, r->first_empty,
                "have no text: run OCR first if they are scans");
  if (r->unknown * 4 > r->characters)
    warn(r->call,
         "for many characters the PDF does not say which they are: their text cannot be "
         "used");
  return DK_OK;
}

static dk_status read_file(dk_call *call, const char *bytes, size_t len) {
  reading *r = calloc(1, sizeof *r);
  if (!r)
    return DK_RESOURCE_EXHAUSTED;
  r->call = r->pieces.call = call;
  r->flow.pieces = &r->pieces;
  take_unknown_fonts();
  dk_status status = open_file(call, bytes, len, &r->file);
  if (status == DK_OK) {
    status = state_title(call, r->file.document);
    if (status == DK_OK)
      status = read_pages(r);
    if (status == DK_OK)
      status = conclude(r);
    close_file(&r->file);
  }
  flow_free(&r->flow);
  window_free(&r->window);
  free(r);
  return status;
}

static dk_status pdf(void *self, dk_call *call) {
  (void)self;
  const dk_table *contents = dk_find(call->image, DK_CONTENT);
  const dk_content *content =
      contents && contents->row_count ? dk_row_at(call->image, contents, 0) : NULL;
  const char *bytes = content ? dk_string(call->image, content->bytes) : NULL;
  if (!bytes)
    return fail_with(call, DK_INVALID_ARGUMENT,
                     "there is no file: send it as duikou.content");
  return read_file(call, bytes, content->bytes.len);
}

static dk_status create(const dk_host *host, const dk_image *config, void **self) {
  (void)host;
  (void)config;
  *self = warm_up();
  return DK_OK;
}

static void destroy(void *self) {
  cool_down(self);
}

static const dk_use uses[] = {
    {DK_DOCUMENT, sizeof(dk_document), DK_USE | DK_WRITE, 0},
    {DK_CONTENT, sizeof(dk_content), DK_READ, 0},
    {DK_PIECE, sizeof(dk_piece), DK_WRITE, 0},
};

static const dk_method methods[] = {{
    .name = "Pdf",
    .doc = "Reads the text of PDF files, in paragraphs, with headings and page numbers "
           "marked.",
    .media = "application/pdf",
    .role = DK_READER,
    .flags = DK_PURE | DK_STREAMING,
    .use_count = DK_COUNT(uses),
    .uses = uses,
    .use_stride = sizeof(dk_use),
    .invoke = pdf,
}};

#define ID      "org.duikou.pdf"
#define VERSION "0.1.0"

static const dk_plugin plugin = {
    .size = sizeof(dk_plugin),
    .abi_built = DK_ABI_MINOR,
    .id = ID,
    .version = VERSION,
    .doc = "Reads PDF files.",
    .methods = methods,
    .method_count = DK_COUNT(methods),
    .method_stride = sizeof(dk_method),
    .create = create,
    .destroy = destroy,
};

DK_NOTE(ID, VERSION);

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  log_host = host;
  return &plugin;
}
