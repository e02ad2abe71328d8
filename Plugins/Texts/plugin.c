/// Plain text, tables in text, and pages: files whose bytes are characters.
#include "texts.h"

#include <libxml/parser.h>
#include <stdlib.h>

static const dk_use uses[] = {
    {DK_CONTENT, sizeof(dk_content), DK_READ, 0},
    {DK_DOCUMENT, sizeof(dk_document), DK_READ | DK_WRITE, 0},
    {DK_PIECE, sizeof(dk_piece), DK_WRITE, 0},
};

#define READER(method, types, sentence, function)                                        \
  {                                                                                      \
    .name = method, .doc = sentence, .media = types, .role = DK_READER,                  \
    .flags = DK_PURE | DK_STREAMING, .use_count = DK_COUNT(uses), .uses = uses,          \
    .use_stride = sizeof(dk_use), .invoke = function                                     \
  }

static const dk_method methods[] = {
    READER("Text", "text/plain",
           "Reads plain text in UTF-8, GB18030, Big5 or UTF-16, line by line.",
           read_text),
    READER("Csv", "text/csv text/tab-separated-values",
           "Reads tables in text, cell by cell, with commas, tabs or semicolons.",
           read_csv),
    READER(
        "Html", "text/html application/xhtml+xml",
        "Reads web pages without what is hidden in them, and tells navigation from text.",
        read_html),
};

static dk_status create(const dk_host *host, const dk_image *config, void **self) {
  (void)config;
  texts *made = calloc(1, sizeof *made);
  codes *c = codes_create();
  if (!made || !c) {
    static const char why[] = "the C library has no conversion from GB18030 or "
                              "BIG5-HKSCS: install its gconv modules";
    if (host->log)
      host->log(host, DK_LOG_ERROR, why, sizeof why - 1);
    free(made);
    free(c);
    return DK_FAILED_PRECONDITION;
  }
  xmlInitParser();
  *made = (texts){host, c};
  *self = made;
  return DK_OK;
}

static void destroy(void *self) {
  texts *made = self;
  free(made->codes);
  free(made);
}

#define ID      "org.duikou.texts"
#define VERSION "0.1.0"

static const dk_plugin plugin = {
    .size = sizeof(dk_plugin),
    .abi_built = DK_ABI_MINOR,
    .id = ID,
    .version = VERSION,
    .doc = "Reads plain text, tables in text and web pages.",
    .methods = methods,
    .method_count = DK_COUNT(methods),
    .method_stride = sizeof(dk_method),
    .create = create,
    .destroy = destroy,
};

DK_NOTE(ID, VERSION);

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return &plugin;
}
