#define _GNU_SOURCE
#include "duikou_runtime.h"
#include "region.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

/// Rows of the first piece of a table; each further piece has twice as many.
enum { FIRST_ROWS = 16, LAST_ROWS = 1 << 20 };

/// A table that the running method appends to.
typedef struct writer {
  uint32_t type, row_size;
  uint8_t *at, *end;    ///< what is left of the current piece
  uint8_t *dirty_end;   ///< bytes of the piece before it may be other than zero
  uint32_t next_row;    ///< index of the next row, counted over image and output
  uint32_t piece_rows;  ///< rows of the next piece
  dkr_segment *segment; ///< the current piece; NULL before the first append
} writer;

struct dkr_context {
  dk_call call; ///< first, so that a plugin's dk_call leads back here
  writer *last; ///< the writer used last: most methods append in runs
  uint32_t writer_count;
  dk_status failed; ///< not DK_OK: the call has failed, whatever the method returns
  dkr_output *output;
  char *message;
  uint8_t *trailers;
  dkr_segment *segments;
  dkr_hooks hooks;
  dkr_region rows, pool, scratch;
  uint64_t owned_size; ///< of the block, if it is this context's own; 0 for a lent one
  writer writers[DKR_WRITES_MAX];
};

static const uint64_t page_size = 4096;
static const uint32_t never_cancelled = 0;

static uint64_t round_to_page(uint64_t size) {
  return (size + page_size - 1) & ~(page_size - 1);
}

static dkr_context *context_of(dk_call *call) {
  return (dkr_context *)(void *)call;
}

static void set_message(dkr_context *context, const char *message, uint64_t len) {
  if (len > DKR_MESSAGE_MAX) {
    len = DKR_MESSAGE_MAX;
    // Not within a character of UTF-8.
    while (len > 0 && ((uint8_t)message[len] & 0xc0) == 0x80)
      len--;
  }
  if (len)
    memcpy(context->message, message, len);
  context->output->message_len = (uint32_t)len;
}

static dk_status fail(dkr_context *context, dk_status code, const char *message) {
  if (context->failed == DK_OK) {
    context->failed = code;
    set_message(context, message, strlen(message));
  }
  return code;
}

static writer *find_writer(dkr_context *context, uint32_t type) {
  for (uint32_t i = 0; i < context->writer_count; i++)
    if (context->writers[i].type == type)
      return &context->writers[i];
  return NULL;
}

/// Starts a new piece with room for at least `count` rows.
static int grow(dkr_context *context, writer *w, uint32_t count) {
  dkr_output *output = context->output;
  if (output->segment_count == DKR_SEGMENTS_MAX) {
    fail(context, DK_RESOURCE_EXHAUSTED,
         "too many pieces of tables: append more rows at once");
    return 0;
  }
  uint64_t left = dkr_region_left(&context->rows, 8) / w->row_size;
  uint32_t rows = left < w->piece_rows ? (uint32_t)left : w->piece_rows;
  if (rows < count)
    rows = count;
  uint8_t *dirty_end = context->rows.base + context->rows.dirty;
  uint8_t *piece = dkr_region_take(&context->rows, (uint64_t)rows * w->row_size, 8);
  if (!piece) {
    fail(context, DK_RESOURCE_EXHAUSTED,
         "the call's quota of rows is used up: flush, or append less");
    return 0;
  }
  if (w->piece_rows < LAST_ROWS)
    w->piece_rows *= 2;
  w->segment = &context->segments[output->segment_count++];
  *w->segment = (dkr_segment){.type = w->type,
                              .row_size = w->row_size,
                              .rows_off = (uint64_t)(piece - (uint8_t *)output)};
  w->at = piece;
  w->end = piece + (uint64_t)rows * w->row_size;
  w->dirty_end = dirty_end;
  return 1;
}

static void *call_append(dk_call *call, uint32_t type, uint32_t count, dk_ref *first) {
  dkr_context *context = context_of(call);
  writer *w = context->last;
  if (!w || w->type != type) {
    w = find_writer(context, type);
    if (!w) {
      fail(context, DK_INTERNAL,
           "the method appends to a type that it does not declare to write");
      return NULL;
    }
    context->last = w;
  }
  if (UINT32_MAX - count <= w->next_row) {
    fail(context, DK_RESOURCE_EXHAUSTED, "a table cannot have more than 4294967294 rows");
    return NULL;
  }
  uint64_t size = (uint64_t)count * w->row_size;
  if (!w->segment || size > (uint64_t)(w->end - w->at)) {
    if (!grow(context, w, count))
      return NULL;
  }
  uint8_t *rows = w->at;
  w->at += size;
  // Rows are cleared one by one, while they are about to be written to, not a piece at once.
  if (rows < w->dirty_end) {
    uint64_t dirty = (uint64_t)(w->dirty_end - rows);
    memset(rows, 0, dirty < size ? dirty : size);
  }
  w->segment->row_count += count;
  if (first)
    *first = (dk_ref){type, w->next_row + 1};
  w->next_row += count;
  return rows;
}

static dk_str call_intern(dk_call *call, const char *bytes, uint32_t len) {
  dkr_context *context = context_of(call);
  dkr_output *output = context->output;
  uint64_t off = output->pool_base + output->pool_size;
  uint8_t *to = off + len <= UINT32_MAX ? dkr_region_take(&context->pool, len, 1) : NULL;
  if (!to) {
    fail(context, DK_RESOURCE_EXHAUSTED,
         "the call's quota of text is used up: flush, or intern less");
    return (dk_str){0, 0};
  }
  if (len)
    memcpy(to, bytes, len);
  output->pool_size += len;
  return (dk_str){(uint32_t)off, len};
}

static void begin_output(dkr_context *context) {
  dkr_region_reset(&context->rows);
  dkr_region_reset(&context->pool);
  context->output->segment_count = 0;
  context->output->pool_size = 0;
  for (uint32_t i = 0; i < context->writer_count; i++) {
    writer *w = &context->writers[i];
    w->segment = NULL;
    w->at = w->end = NULL;
    w->piece_rows = FIRST_ROWS;
  }
}

static dk_status call_flush(dk_call *call) {
  dkr_context *context = context_of(call);
  if (context->failed != DK_OK)
    return context->failed;
  if (!context->hooks.flush)
    return DK_OK;
  dk_status status = context->hooks.flush(context->hooks.context, context->output);
  if (status != DK_OK)
    return fail(context, status, "the receiver does not take the rows any more");
  context->output->pool_base += context->output->pool_size;
  begin_output(context);
  return DK_OK;
}

static void *call_scratch(dk_call *call, uint64_t size) {
  dkr_context *context = context_of(call);
  void *memory = dkr_region_take_zeroed(&context->scratch, size, 16);
  if (!memory)
    fail(context, DK_RESOURCE_EXHAUSTED, "the call's quota of scratch memory is used up");
  return memory;
}

static dk_status call_fail(dk_call *call, dk_status code, const char *message,
                           uint32_t len) {
  dkr_context *context = context_of(call);
  if (code <= DK_OK || code > DK_UNAUTHENTICATED)
    code = DK_UNKNOWN;
  if (context->failed == DK_OK) {
    context->failed = code;
    set_message(context, message, message ? len : 0);
  }
  return code;
}

static void call_progress(dk_call *call, uint64_t done, uint64_t total) {
  dkr_context *context = context_of(call);
  if (context->hooks.progress)
    context->hooks.progress(context->hooks.context, done, total);
}

/// Whether HTTP/2 and gRPC let a call have this trailer.
static int is_trailer(const char *name, size_t name_len, const char *value,
                      uint32_t len) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
  if (!name_len || strspn(name, letters) != name_len || !strncmp(name, "grpc-", 5) ||
      !strncmp(name, "duikou-", 7) || !strcmp(name, "-bin"))
    return 0;
  if (name_len > 4 && !strcmp(name + name_len - 4, "-bin"))
    return 1;
  for (uint32_t i = 0; i < len; i++)
    if (value[i] < 0x20 || value[i] > 0x7e)
      return 0;
  return 1;
}

static dk_status call_trailer(dk_call *call, const char *name, const char *value,
                              uint32_t len) {
  dkr_context *context = context_of(call);
  dkr_output *output = context->output;
  size_t name_len = name ? strlen(name) : 0;
  if (!name || !is_trailer(name, name_len, value, len))
    return fail(context, DK_INTERNAL,
                "the method sets a trailer whose name or value gRPC does not allow");
  uint32_t lengths[2] = {(uint32_t)name_len, len};
  if (name_len + len + sizeof lengths > DKR_TRAILERS_MAX - output->trailers_size)
    return fail(context, DK_RESOURCE_EXHAUSTED,
                "the call's trailers take more than 4096 bytes");
  uint8_t *at = context->trailers + output->trailers_size;
  memcpy(at, lengths, sizeof lengths);
  memcpy(at + sizeof lengths, name, name_len);
  if (len)
    memcpy(at + sizeof lengths + name_len, value, len);
  output->trailers_size += (uint32_t)(sizeof lengths + name_len + len);
  return DK_OK;
}

/// Where the parts of a block lie.
typedef struct layout {
  uint64_t message, trailers, segments, rows, pool, size;
} layout;

static layout layout_of(const dkr_limits *limits) {
  layout l = {.message = sizeof(dkr_output)};
  l.trailers = l.message + DKR_MESSAGE_MAX;
  l.segments = l.trailers + DKR_TRAILERS_MAX;
  l.rows = round_to_page(l.segments + DKR_SEGMENTS_MAX * sizeof(dkr_segment));
  l.pool = l.rows + round_to_page(limits->rows_size);
  l.size = l.pool + round_to_page(limits->pool_size);
  return l;
}

uint64_t dkr_block_size(const dkr_limits *limits) {
  return layout_of(limits).size;
}

static void *map(uint64_t size) {
  void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

dkr_context *dkr_context_create_in(void *block, const dkr_limits *limits) {
  layout l = layout_of(limits);
  uint64_t scratch = round_to_page(limits->scratch_size);
  dkr_context *context = calloc(1, sizeof *context);
  uint8_t *base = block, *scratch_base = context ? map(scratch) : NULL;
  if (!scratch_base) {
    free(context);
    return NULL;
  }
  context->output = (dkr_output *)(void *)base;
  *context->output = (dkr_output){.message_off = l.message,
                                  .segments_off = l.segments,
                                  .pool_off = l.pool,
                                  .block_size = l.size,
                                  .trailers_off = l.trailers};
  context->message = (char *)base + l.message;
  context->trailers = base + l.trailers;
  context->segments = (dkr_segment *)(void *)(base + l.segments);
  context->rows =
      (dkr_region){.base = base + l.rows, .size = l.pool - l.rows, .is_shared = 1};
  context->pool =
      (dkr_region){.base = base + l.pool, .size = l.size - l.pool, .is_shared = 1};
  context->scratch = (dkr_region){.base = scratch_base, .size = scratch};
  return context;
}

dkr_context *dkr_context_create(const dkr_limits *limits) {
  uint64_t size = dkr_block_size(limits);
  void *block = map(size);
  dkr_context *context = block ? dkr_context_create_in(block, limits) : NULL;
  if (context) {
    context->owned_size = size;
    context->rows.is_shared = context->pool.is_shared = 0;
  } else if (block) {
    munmap(block, size);
  }
  return context;
}

void dkr_context_destroy(dkr_context *context) {
  if (!context)
    return;
  munmap(context->scratch.base, context->scratch.size);
  if (context->owned_size)
    munmap(context->output, context->owned_size);
  free(context);
}

const dkr_output *dkr_context_output(const dkr_context *context) {
  return context->output;
}

/// Notes the tables that the method declared to write, each to go on where the image ends.
static dk_status begin_writers(dkr_context *context, const dk_method *method,
                               const dk_image *image) {
  context->writer_count = 0;
  context->last = NULL;
  const char *at = (const char *)method->uses;
  for (uint32_t i = 0; i < method->use_count; i++, at += method->use_stride) {
    const dk_use *use = (const dk_use *)(const void *)at;
    if (!(use->access & DK_WRITE))
      continue;
    if (context->writer_count == DKR_WRITES_MAX)
      return fail(context, DK_FAILED_PRECONDITION,
                  "the method declares to write too many types");
    context->writers[context->writer_count++] =
        (writer){.type = use->type,
                 .row_size = use->row_size,
                 .next_row = dk_count(image, use->type)};
  }
  return DK_OK;
}

dk_status dkr_invoke(dkr_context *context, const dk_method *method, void *self,
                     const dkr_request *request) {
  dkr_output *output = context->output;
  const dk_image *image = request->image;
  context->failed = DK_OK;
  context->hooks = request->hooks;
  output->status = DK_OK;
  output->message_len = output->trailers_size = 0;
  output->pool_base = image->pool_size ? image->pool_size : 1;
  dkr_region_reset(&context->scratch);
  dk_status status = begin_writers(context, method, image);
  begin_output(context);
  context->call = (dk_call){
      .size = sizeof(dk_call),
      .metadata_count = request->metadata_count,
      .image = image,
      .deadline_ns = request->deadline_ns,
      .cancelled = request->cancelled ? request->cancelled : &never_cancelled,
      .metadata = request->metadata,
      .metadata_stride = request->metadata_stride,
      .method = method,
      .append = call_append,
      .intern = call_intern,
      .flush = call_flush,
      .scratch = call_scratch,
      .fail = call_fail,
      .progress = call_progress,
      .trailer = call_trailer,
  };
  if (status == DK_OK)
    status = method->invoke(self, &context->call);
  if (context->failed != DK_OK)
    status = context->failed;
  if (status < DK_OK || status > DK_UNAUTHENTICATED) {
    fail(context, DK_UNKNOWN, "the method returned a number that is not a status code");
    status = DK_UNKNOWN;
  }
  if (status != DK_OK) {
    output->segment_count = 0;
    output->pool_size = 0;
  }
  output->status = status;
  return status;
}

int64_t dkr_now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
