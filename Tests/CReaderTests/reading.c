#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *sentence, const char *detail) {
  fprintf(stderr, "%s: %s\n", sentence, detail);
  exit(2);
}

static void *more(void *old, size_t size) {
  void *new = realloc(old, size);
  if (!new)
    die("no memory", "");
  return new;
}

/// Rounds up to a power of two, so that what grows piece by piece is seldom moved.
static size_t rounded(size_t size) {
  size_t room = 64;
  while (room < size)
    room *= 2;
  return room;
}

/// Makes room for `size` bytes where there has been room for `before`.
static void *grown(void *old, size_t before, size_t size) {
  return old && rounded(size) == rounded(before) ? old : more(old, rounded(size));
}

reader open_reader(const char *library) {
  char message[DKR_MESSAGE_MAX];
  dkr_entry entry;
  if (dkr_open(library, &entry, message) != DK_OK)
    die(library, message);
  static const dk_host host = {sizeof(dk_host), 0, DKR_VERSION, NULL, NULL};
  reader r = {entry(&host), NULL};
  if (!r.plugin || (r.plugin->create && r.plugin->create(&host, NULL, &r.self) != DK_OK))
    die(library, "cannot be made");
  return r;
}

void close_reader(reader *r) {
  if (r->plugin->destroy)
    r->plugin->destroy(r->self);
}

/// The file is one row of `duikou.content`, and a document row has its name.
dk_image *image_with_room(const char *media, const char *name, size_t len, char **bytes) {
  size_t media_len = strlen(media), name_len = strlen(name);
  size_t rows = sizeof(dk_image) + 2 * sizeof(dk_table);
  size_t pool = rows + sizeof(dk_document) + sizeof(dk_content);
  size_t pool_size = 1 + media_len + name_len + len;
  size_t size = (pool + pool_size + 7) / 8 * 8;
  char *block = calloc(1, size);
  if (!block)
    die("no memory", "");
  dk_image *image = (dk_image *)(void *)block;
  *image = (dk_image){.magic = DK_IMAGE_MAGIC,
                      .table_stride = sizeof(dk_table),
                      .size = size,
                      .tables_off = sizeof(dk_image),
                      .table_count = 2,
                      .pool_off = pool,
                      .pool_size = pool_size,
                      .text_off = size};
  dk_table tables[] = {
      {DK_DOCUMENT, sizeof(dk_document), rows, 1, 0},
      {DK_CONTENT, sizeof(dk_content), rows + sizeof(dk_document), 1, 0}};
  memcpy(block + image->tables_off, tables, sizeof tables);
  dk_document document = {
      .uri = {(uint32_t)(1 + media_len), (uint32_t)name_len},
  };
  memcpy(block + tables[0].rows_off, &document, sizeof document);
  dk_content content = {.media = {1, (uint32_t)media_len},
                        .bytes = {(uint32_t)(1 + media_len + name_len), (uint32_t)len}};
  memcpy(block + tables[1].rows_off, &content, sizeof content);
  memcpy(block + pool + 1, media, media_len);
  memcpy(block + pool + 1 + media_len, name, name_len);
  *bytes = block + pool + 1 + media_len + name_len;
  return image;
}

static int is_utf8(const unsigned char *at, size_t len) {
  for (const unsigned char *end = at + len; at < end;) {
    uint32_t width = *at < 0x80 ? 1 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;
    if ((size_t)(end - at) < width || (width > 1 && *at < 0xc2) || *at > 0xf4)
      return 0;
    uint32_t scalar = width == 1 ? *at : *at & (0x7fu >> width);
    for (uint32_t i = 1; i < width; i++) {
      if ((at[i] & 0xc0) != 0x80)
        return 0;
      scalar = scalar << 6 | (at[i] & 0x3f);
    }
    static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (scalar < lowest[width] || scalar > 0x10ffff ||
        (scalar >= 0xd800 && scalar <= 0xdfff))
      return 0;
    at += width;
  }
  return 1;
}

typedef struct receiver {
  reading found;
  const dk_image *image;
} receiver;

/// A string of an output or of the image, checked as the host does.
static const char *string_of(const receiver *r, const dkr_output *output, dk_str string) {
  if (!string.off)
    return NULL;
  const char *bytes = dk_string(r->image, string);
  if (string.off >= output->pool_base) {
    if ((uint64_t)string.off - output->pool_base + string.len > output->pool_size)
      die("a string lies in no pool", "");
    bytes = (const char *)output + output->pool_off + (string.off - output->pool_base);
  }
  if (string.len > 65536)
    die("a string has more than 65536 bytes", "");
  if (!is_utf8((const unsigned char *)bytes, string.len))
    die("a string is not UTF-8", "");
  return bytes;
}

static char *copied(const char *bytes, uint32_t len) {
  char *copy = more(NULL, (size_t)len + 1);
  if (len)
    memcpy(copy, bytes, len);
  copy[len] = 0;
  return copy;
}

static void take_piece(receiver *r, const dkr_output *output, const dk_piece *row) {
  reading *found = &r->found;
  const char *text = string_of(r, output, row->text);
  const char *part = string_of(r, output, row->part);
  found->text =
      grown(found->text, (size_t)found->len + 1, (size_t)found->len + row->text.len + 1);
  if (text)
    memcpy(found->text + found->len, text, row->text.len);
  found->pieces = grown(found->pieces, found->count * sizeof *found->pieces,
                        (found->count + 1) * sizeof *found->pieces);
  found->pieces[found->count++] = (read_piece){copied(part, part ? row->part.len : 0),
                                               found->len,
                                               found->len + row->text.len,
                                               row->kind,
                                               row->page,
                                               row->table,
                                               row->line,
                                               row->column,
                                               row->lines,
                                               row->columns};
  found->len += row->text.len;
  found->text[found->len] = 0;
}

static void take_document(receiver *r, const dkr_output *output, const dk_document *row) {
  const char *title = string_of(r, output, row->title);
  free(r->found.title);
  r->found.title = copied(title, title ? row->title.len : 0);
  if (DK_HAS(row, 5))
    r->found.published = row->published;
  r->found.script = row->script;
}

static dk_status take(void *context, const dkr_output *output) {
  receiver *r = context;
  const dkr_segment *segments =
      (const dkr_segment *)(const void *)((const char *)output + output->segments_off);
  for (uint32_t s = 0; s < output->segment_count; s++)
    for (uint32_t i = 0; i < segments[s].row_count; i++) {
      const void *row = (const char *)output + segments[s].rows_off +
                        (uint64_t)i * segments[s].row_size;
      if (segments[s].type == DK_PIECE)
        take_piece(r, output, row);
      else if (segments[s].type == DK_DOCUMENT)
        take_document(r, output, row);
      else
        die("a reader appends rows of another type", "");
    }
  return DK_OK;
}

/// Calls a reader. What it has appended since the last flush waits in what is returned.
static const dkr_output *call(const reader *r, const char *method, const dk_image *image,
                              dkr_hooks hooks, dk_status *status) {
  const dk_method *called = NULL;
  for (uint32_t i = 0; i < r->plugin->method_count; i++)
    if (strcmp(r->plugin->methods[i].name, method) == 0)
      called = &r->plugin->methods[i];
  if (!called || called->role != DK_READER)
    die(method, "there is no such reader");
  dkr_limits limits = {64u << 20, 64u << 20, 256u << 20};
  // One for all calls: to reserve its memory takes longer than most of them.
  static dkr_context *context;
  if (!context && !(context = dkr_context_create(&limits)))
    die("no memory", "");
  dkr_request request = {.image = image, .deadline_ns = INT64_MAX, .hooks = hooks};
  *status = dkr_invoke(context, called, r->self, &request);
  return dkr_context_output(context);
}

static void take_message(const dkr_output *output, char message[DKR_MESSAGE_MAX + 1]) {
  if (output->message_len)
    memcpy(message, (const char *)output + output->message_off, output->message_len);
}

static dk_status forget(void *context, const dkr_output *output) {
  (void)context;
  (void)output;
  return DK_OK;
}

dk_status read_image(const reader *r, const char *method, const dk_image *image,
                     char message[DKR_MESSAGE_MAX + 1]) {
  dk_status status;
  take_message(call(r, method, image, (dkr_hooks){NULL, forget, NULL}, &status), message);
  return status;
}

reading read_bytes(const reader *r, const char *method, const char *media,
                   const char *name, const void *bytes, size_t len) {
  char *room;
  dk_image *image = image_with_room(media, name, len, &room);
  memcpy(room, bytes, len);
  receiver taken = {.found = {.text = grown(NULL, 0, 1),
                              .title = copied("", 0),
                              .published = INT32_MIN},
                    .image = image};
  taken.found.text[0] = 0;
  const dkr_output *output =
      call(r, method, image, (dkr_hooks){&taken, take, NULL}, &taken.found.status);
  take_message(output, taken.found.message);
  if (taken.found.status == DK_OK)
    take(&taken, output);
  free(image);
  return taken.found;
}

const char *piece_text(const reading *found, uint32_t index) {
  return found->text + found->pieces[index].start;
}

void reading_free(reading *found) {
  for (uint32_t i = 0; i < found->count; i++)
    free((char *)(uintptr_t)found->pieces[i].part);
  free(found->pieces);
  free(found->text);
  free(found->title);
}
