/// Runs the plugins written in C over texts and images of all kinds, under the sanitizers: the
/// files named on the command line behind the libraries, whole, cut and with bytes changed,
/// together with rows that point anywhere they may; then over images that are made to take long.
///
///     c-plugins LIBRARY.so… -- TEXT…
#include "builder.h"
#include "duikou_runtime.h"
#include "hostile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 150, ROWS = 40 };

static uint64_t seed = 20180704;

/// xorshift64*: Marsaglia, "Xorshift RNGs"; the same numbers in each run.
static uint32_t random_below(uint32_t limit) {
  seed ^= seed >> 12;
  seed ^= seed << 25;
  seed ^= seed >> 27;
  return (uint32_t)((seed * 0x2545f4914f6cdd1dULL) >> 33) % limit;
}

static char *read_file(const char *path, uint32_t *len) {
  FILE *file = fopen(path, "rb");
  char *bytes = malloc(1 << 20);
  if (!file || !bytes) {
    fprintf(stderr, "%s cannot be read\n", path);
    exit(2);
  }
  *len = (uint32_t)fread(bytes, 1, 1 << 20, file);
  fclose(file);
  return bytes;
}

static int is_boundary(const char *text, uint32_t len, uint32_t at) {
  return at == len || ((unsigned char)text[at] & 0xc0) != 0x80;
}

/// Changes some characters to others of the same length, and cuts the text somewhere.
static uint32_t mutate(char *text, uint32_t len) {
  static const char *const characters[] = {"《", "》", "、", "与", "和", "\n", "签",
                                           "署", "。", "市", "旗", " ",  "|"};
  for (uint32_t n = random_below(40); n > 0 && len > 8; n--) {
    const char *character = characters[random_below(DK_COUNT(characters))];
    uint32_t size = (uint32_t)strlen(character), at = random_below(len - size);
    if (is_boundary(text, len, at) && is_boundary(text, len, at + size))
      memcpy(text + at, character, size);
  }
  uint32_t end = random_below(4) ? len : random_below(len + 1);
  while (!is_boundary(text, len, end))
    end--;
  return end;
}

static dk_span random_span(const builder *b) {
  uint32_t start = random_below(b->len + 1), end = start + random_below(60);
  if (end > b->len)
    end = b->len;
  while (start > 0 && !is_boundary(b->text, b->len, start))
    start--;
  while (end > start && !is_boundary(b->text, b->len, end))
    end--;
  return (dk_span){start, end - start};
}

/// Fills rows by their descriptor, with what the host's validator would let pass.
static void add_rows(builder *b, const dk_type *type, const dk_type *types,
                     uint32_t count) {
  char *row = add_table(b, type->id, type->size, ROWS);
  for (uint32_t i = 0; i < ROWS; i++, row += type->size) {
    dk_row *header = (dk_row *)(void *)row;
    *header = (dk_row){.has = UINT64_MAX,
                       .evidence = random_span(b),
                       .document = random_below(2),
                       .confidence = random_below(1000001),
                       .flags = random_below(256)};
    for (uint32_t f = 0; f < type->field_count; f++) {
      const dk_field *field = &type->fields[f];
      void *at = row + field->offset;
      dk_str string = string_of_pool(random_below(POOL_STRINGS));
      dk_span span = random_span(b);
      dk_ref ref = {field->target ? field->target : types[random_below(count)].id,
                    random_below(ROWS + 1)};
      uint32_t number = random_below(8);
      double degrees = random_below(180);
      switch (field->kind) {
      case DK_STRING:
      case DK_BYTES:
        memcpy(at, &string, sizeof string);
        break;
      case DK_SPAN:
        memcpy(at, &span, sizeof span);
        break;
      case DK_REF:
        memcpy(at, &ref, sizeof ref);
        break;
      case DK_F64:
        memcpy(at, &degrees, sizeof degrees);
        break;
      default:
        memcpy(at, &number, sizeof number);
      }
    }
  }
}

/// An image with one document, and, if `with_rows`, with rows of all domain types.
static dk_image *new_image(const char *text, uint32_t len, int with_rows) {
  uint32_t count;
  const dk_type *types = dkr_domain_types(&count);
  builder b = builder_begin(text, len, 1 << 18);
  dk_document *document = add_table(&b, DK_DOCUMENT, sizeof *document, 1);
  *document = (dk_document){
      .text = {0, len}, .uri = string_of_pool(2), .title = string_of_pool(2)};
  for (uint32_t i = 0; with_rows && i < count; i++)
    if (types[i].id != DK_DOCUMENT)
      add_rows(&b, &types[i], types, count);
  return builder_end(&b);
}

static dk_status take(void *context, const dkr_output *output) {
  (void)context;
  (void)output;
  return DK_OK;
}

/// Runs all methods of a plugin that read images; returns how many calls did not end with DK_OK.
static int run(const dk_plugin *plugin, dkr_context *context, const dk_image *image) {
  int failed = 0;
  static const dk_metadata english = {"lang", "en", 2, 0};
  for (uint32_t i = 0; i < plugin->method_count; i++) {
    if (!plugin->methods[i].invoke)
      continue;
    dkr_request request = {.image = image,
                           .deadline_ns = INT64_MAX,
                           .metadata = &english,
                           .metadata_stride = sizeof english,
                           .metadata_count = random_below(2),
                           .hooks = {.flush = take}};
    dk_status status = dkr_invoke(context, &plugin->methods[i], NULL, &request);
    // A reader finds no file in these images: that it says so is enough.
    if (status != DK_OK && plugin->methods[i].role != DK_READER) {
      fprintf(stderr, "%s/%s ended with %d\n", plugin->id, plugin->methods[i].name,
              status);
      failed++;
    }
  }
  return failed;
}

/// The plugins under test, and what they have done.
typedef struct suite {
  const dk_plugin *plugins[16];
  int count, passed, failed;
  dkr_context *context;
} suite;

static void run_all(suite *s, const dk_image *image) {
  for (int i = 0; i < s->count; i++) {
    int bad = run(s->plugins[i], s->context, image);
    s->failed += bad;
    s->passed += !bad;
  }
}

static void run_over_file(suite *s, const char *path) {
  uint32_t len;
  char *text = read_file(path, &len);
  char *changed = malloc(len + 1);
  for (int round = 0; changed && round < ROUNDS; round++) {
    memcpy(changed, text, len);
    uint32_t end = round == 0 ? len : mutate(changed, len);
    dk_image *image = new_image(changed, end, round % 2);
    run_all(s, image);
    free(image);
  }
  free(changed);
  free(text);
}

static void run_over_hostile(suite *s) {
  for (uint32_t i = 0; i < hostile_count(); i++) {
    int failed = s->failed;
    dk_image *image = hostile_image(i);
    run_all(s, image);
    free(image);
    if (s->failed > failed)
      fprintf(stderr, "over %s\n", hostile_name(i));
  }
}

int main(int count, char **arguments) {
  static const dk_host host = {.size = sizeof host, .abi_minor = DK_ABI_MINOR};
  suite s = {.count = 0};
  int at = 1;
  for (; at < count && strcmp(arguments[at], "--") != 0 && s.count < 16; at++) {
    dkr_entry entry;
    char message[DKR_MESSAGE_MAX];
    if (dkr_open(arguments[at], &entry, message) != DK_OK) {
      fprintf(stderr, "%s\n", message);
      return 2;
    }
    s.plugins[s.count++] = entry(&host);
  }
  dkr_limits limits = {
      .rows_size = 1 << 26, .pool_size = 1 << 26, .scratch_size = 1 << 26};
  s.context = dkr_context_create(&limits);
  if (!s.context)
    return 2;
  for (at++; at < count; at++)
    run_over_file(&s, arguments[at]);
  run_over_hostile(&s);
  dkr_context_destroy(s.context);
  printf("%d passed, %d failed\n", s.passed, s.failed);
  return s.failed || s.passed == 0;
}
