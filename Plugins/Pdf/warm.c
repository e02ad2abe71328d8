#include "warm.h"

#include <poppler.h>
#include <stdlib.h>
#include <string.h>

typedef struct warmth {
  PopplerDocument *document; ///< poppler forgets its tables with the last one
  guint handler;
} warmth;

static _Thread_local unsigned unknown_fonts;

/// poppler reports each fault of a file on a line of its own, and a hostile one has millions. One kind says
/// what the file is not to blame for.
static void on_report(const char *domain, GLogLevelFlags level, const char *line,
                      void *unused) {
  (void)domain;
  (void)level;
  (void)unused;
  unknown_fonts += strstr(line, "Missing language pack") != NULL;
}

unsigned take_unknown_fonts(void) {
  unsigned count = unknown_fonts;
  unknown_fonts = 0;
  return count;
}

void *warm_up(void) {
  static const char blank[] =
      "%PDF-1.4\n"
      "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
      "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
      "trailer<</Root 1 0 R/Size 4>>\n%%EOF\n";
  warmth *w = malloc(sizeof *w);
  if (!w)
    return NULL;
  w->handler = g_log_set_handler("Poppler", G_LOG_LEVEL_MASK, on_report, NULL);
  GBytes *bytes = g_bytes_new_static(blank, strlen(blank));
  w->document = poppler_document_new_from_bytes(bytes, NULL, NULL);
  g_bytes_unref(bytes);
  return w;
}

void cool_down(void *kept) {
  warmth *w = kept;
  if (!w)
    return;
  g_clear_object(&w->document);
  g_log_remove_handler("Poppler", w->handler);
  free(w);
}
