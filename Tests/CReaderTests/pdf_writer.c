#include "pdf_writer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

void put(bytes *to, const void *from, size_t len) {
  if (to->len + len > to->room) {
    to->room = (to->len + len) * 2 + 256;
    to->at = realloc(to->at, to->room);
    if (!to->at)
      exit(2);
  }
  if (len)
    memcpy(to->at + to->len, from, len);
  to->len += len;
}

void put_text(bytes *to, const char *format, ...) {
  char line[4096];
  va_list arguments;
  va_start(arguments, format);
  int len = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  put(to, line, len < (int)sizeof line ? (size_t)len : sizeof line - 1);
}

static int begin_object(pdf *file) {
  if (file->count + 1 >= PDF_OBJECTS_MAX)
    exit(2);
  file->offsets[++file->count] = file->out.len;
  put_text(&file->out, "%d 0 obj\n", file->count);
  return file->count;
}

int pdf_object(pdf *file, const char *body) {
  int number = begin_object(file);
  put(&file->out, body, strlen(body));
  put_text(&file->out, "\nendobj\n");
  return number;
}

int pdf_stream(pdf *file, const char *entries, const void *data, size_t len) {
  int number = begin_object(file);
  put_text(&file->out, "<</Length %zu %s>>\nstream\n", len, entries);
  put(&file->out, data, len);
  put_text(&file->out, "\nendstream\nendobj\n");
  return number;
}

int pdf_flate(pdf *file, const char *entries, const void *data, size_t len) {
  char with_filter[512];
  snprintf(with_filter, sizeof with_filter, "/Filter/FlateDecode %s", entries);
  uLongf packed_len = compressBound(len);
  Bytef *packed = malloc(packed_len);
  if (!packed || compress(packed, &packed_len, data, len) != Z_OK)
    exit(2);
  int number = pdf_stream(file, with_filter, packed, packed_len);
  free(packed);
  return number;
}

static const char to_unicode[] =
    "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
    "/CMapName/Test def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    "1 beginbfrange <0000> <ffff> <0000> endbfrange\n"
    "endcmap end end\n";

pdf *pdf_new(void) {
  pdf *file = calloc(1, sizeof *file);
  if (!file)
    exit(2);
  put_text(&file->out, "%%PDF-1.5\n%%\xe5\xaf\xb9\xe5\x8f\xa3\n");
  file->count = 2;
  pdf_object(
      file,
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"); // 3
  pdf_object(file, "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H"
                   "/DescendantFonts[5 0 R]/ToUnicode 6 0 R>>");
  pdf_object(file,
             "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000"
             "/W[32 126 500]/FontDescriptor 11 0 R"
             "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>");
  pdf_flate(file, "", to_unicode, sizeof to_unicode - 1);
  pdf_object(file, "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light"
                   "/Encoding/UniGB-UCS2-H/DescendantFonts[8 0 R]>>"); // 7
  pdf_object(file, "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
                   "/FontDescriptor 11 0 R"
                   "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>");
  pdf_object(file, "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H"
                   "/DescendantFonts[10 0 R]>>");
  pdf_object(file,
             "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000"
             "/FontDescriptor 11 0 R"
             "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>");
  pdf_object(file, "<</Type/FontDescriptor/FontName/Song/Flags 4/Ascent 880/Descent -120"
                   "/ItalicAngle 0/CapHeight 700/StemV 80/FontBBox[0 -120 1000 880]>>");
  pdf_object(file, "<</LATIN 3 0 R/UNICODE 4 0 R/GB1 7 0 R/BLIND 9 0 R>>"); // 12
  return file;
}

/// Writes the characters of a text as UTF-16 in hexadecimal; none is beyond the plane.
static void put_utf16(bytes *content, const char *text) {
  for (const unsigned char *at = (const unsigned char *)text; *at;) {
    uint32_t width = *at < 0x80 ? 1 : *at < 0xe0 ? 2 : 3;
    uint32_t scalar = width == 1 ? *at : *at & (0x7fu >> width);
    for (uint32_t i = 1; i < width; i++)
      scalar = scalar << 6 | (at[i] & 0x3f);
    put_text(content, "%04x", scalar);
    at += width;
  }
}

void pdf_show(bytes *content, enum pdf_font font, double size, double x, double y,
              const char *text) {
  static const char *const names[] = {"LATIN", "UNICODE", "GB1", "BLIND"};
  put_text(content, "BT /%s %g Tf %g %g Td <", names[font], size, x, y);
  if (font == LATIN)
    for (const char *at = text; *at; at++)
      put_text(content, "%02x", (unsigned char)*at);
  else
    put_utf16(content, text);
  put_text(content, "> Tj ET\n");
}

void pdf_page(pdf *file, bytes *content) {
  char body[256];
  int stream = pdf_flate(file, "", content->at ? content->at : "", content->len);
  snprintf(body, sizeof body,
           "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
           "/Resources<</Font 12 0 R>>>>",
           stream);
  put_text(&file->pages, "%d 0 R ", pdf_object(file, body));
  file->page_count++;
  free(content->at);
  *content = (bytes){NULL, 0, 0};
}

bytes pdf_end(pdf *file, const char *trailer) {
  put_text(&file->pages, "%s", "");
  bytes tree = {NULL, 0, 0};
  put_text(&tree, "<</Type/Pages/Count %d/Kids[", file->page_count);
  put(&tree, file->pages.at, file->pages.len);
  put(&tree, "]>>", 4);
  const char *bodies[] = {file->catalog ? file->catalog : "<</Type/Catalog/Pages 2 0 R>>",
                          file->tree ? file->tree : tree.at};
  for (int i = 0; i < 2; i++) {
    file->offsets[i + 1] = file->out.len;
    put_text(&file->out, "%d 0 obj\n", i + 1);
    put(&file->out, bodies[i], strlen(bodies[i]));
    put_text(&file->out, "\nendobj\n");
  }
  free(tree.at);
  size_t table = file->out.len;
  put_text(&file->out, "xref\n0 %d\n0000000000 65535 f \n", file->count + 1);
  for (int i = 1; i <= file->count; i++)
    put_text(&file->out, "%010zu 00000 n \n", file->offsets[i]);
  put_text(&file->out, "trailer\n<</Size %d/Root 1 0 R %s>>\nstartxref\n%zu\n%%%%EOF\n",
           file->count + 1, trailer, table);
  bytes out = file->out;
  free(file->pages.at);
  free(file);
  return out;
}

bytes pdf_of_lines(enum pdf_font font, const char *const *lines, int count) {
  pdf *file = pdf_new();
  bytes content = {NULL, 0, 0};
  for (int i = 0; i < count; i++)
    pdf_show(&content, font, 12, 72, 760 - 20 * i, lines[i]);
  pdf_page(file, &content);
  return pdf_end(file, "");
}
