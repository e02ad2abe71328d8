/// Files that are made to take long or much, are cut off at each of their bytes, or are in UTF-16.
#include "office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CELL(attributes) DATA("<row><c " attributes "><v>1</v></c></row>")
#define TYPE(part, type)                                                                 \
  "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"         \
  "<Override PartName='" part "' ContentType='application/vnd." type "'/></Types>"

/// A text of one part that is repeated.
static char *repeated(const char *before, const char *part, size_t count,
                      const char *after, size_t *len) {
  size_t size = strlen(part), start = strlen(before);
  *len = start + size * count + strlen(after);
  char *text = malloc(*len + 1);
  if (!text)
    abort();
  memcpy(text, before, start);
  for (size_t i = 0; i < count; i++)
    memcpy(text + start + i * size, part, size);
  strcpy(text + start + size * count, after);
  return text;
}

#define SPACED(name) "<" name " xmlns:w='" WORD_SPACE "'>"

/// Documents of one part that is repeated.
static const struct {
  const char *name, *before, *part;
  size_t count;
  const char *after;
  dk_status status;
  const char *word;
} large[] = {
    {"a bomb of zeros", "", "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t", 18 << 16, "",
     DK_RESOURCE_EXHAUSTED, "200 times"},
    {"elements as deep as they go", SPACED("w:document"), "<w:p>", 1000000, "",
     DK_RESOURCE_EXHAUSTED, "256 deep"},
    {"tables in tables", SPACED("w:document"), "<w:tbl><w:tr><w:tc>", 100000, "",
     DK_RESOURCE_EXHAUSTED, "256 deep"},
    {"many attributes", "<w:document ", "a='>' ", 1000, "/>", DK_RESOURCE_EXHAUSTED,
     "attributes"},
    {"an attribute of 20 MB", "<w:document a='", "aaaaaaaaaaaaaaaa", 20 << 16, "'/>",
     DK_INVALID_ARGUMENT, "damaged"},
    {"a name of 20 MB", "<", "aaaaaaaaaaaaaaaa", 20 << 16, "/>", DK_INVALID_ARGUMENT,
     "damaged"},
    {"a comment of 12 MB", "<!--", "aaaaaaaaaaaaaaaa", 12 << 16, "--><a/>",
     DK_INVALID_ARGUMENT, "damaged"},
};

static int test_large(const reader *r) {
  int failed = 0;
  for (size_t i = 0; i < sizeof large / sizeof *large; i++) {
    size_t len;
    char *xml =
        repeated(large[i].before, large[i].part, large[i].count, large[i].after, &len);
    // The bomb alone is packed: others must not be taken for one.
    zip_part parts[OFFICE_PARTS] = {
        {"word/document.xml", xml, len, i == 0 ? ZIP_DEFLATED : 0}};
    reading found = read_office(r, parts);
    failed += check_reading(large[i].name, &found, NULL, large[i].status, large[i].word);
    reading_free(&found);
    free(xml);
  }
  return failed;
}

static int test_sheet_name(const reader *r) {
  size_t len;
  char *book = repeated("<workbook xmlns='" SHEET_SPACE "'><sheets><sheet name='", "京",
                        350000, "'/></sheets></workbook>", &len);
  reading found = read_office(
      r, (zip_part[OFFICE_PARTS]){{"xl/workbook.xml", book, len, 0},
                                  {"xl/worksheets/sheet1.xml", CELL(""), 0, 0}});
  int failed = found.status != DK_OK || found.count != 2 || found.pieces[0].end != 1024;
  if (failed)
    fprintf(stderr, "a sheet's name of 1 MB: %d %s\n", found.status, found.message);
  reading_free(&found);
  free(book);
  return failed;
}

/// Strings that many cells share: their text is larger than the file by far.
static int test_shared_bomb(const reader *r) {
  size_t len, strings_len;
  char *sheet =
      repeated("<worksheet xmlns='" SHEET_SPACE "'><sheetData><row>",
               "<c t='s'><v>0</v></c>", 1000, "</row></sheetData></worksheet>", &len);
  char *strings = repeated("<sst xmlns='" SHEET_SPACE "'><si><t>", "aaaaaaaaaaaaaaaa",
                           1 << 16, "</t></si></sst>", &strings_len);
  reading found = read_office(
      r, (zip_part[OFFICE_PARTS]){{"xl/workbook.xml", ONE_SHEET, 0, 0},
                                  {"xl/worksheets/sheet1.xml", sheet, len, 0},
                                  {"xl/sharedStrings.xml", strings, strings_len, 0}});
  int failed = check_reading("a string of 1 MB in a thousand cells", &found, NULL,
                             DK_RESOURCE_EXHAUSTED, "MB of text");
  reading_free(&found);
  free(sheet);
  free(strings);
  return failed;
}

/// A part in UTF-16, by its mark of the byte order or without; and half a character in one.
static int test_wide(const reader *r) {
  // A mark of the byte order, and a character that is not ASCII, or half of one.
  static const char text[] =
      "!<w:document xmlns:w='" WORD_SPACE "'><w:p><w:r><w:t>A@</w:t>"
      "</w:r></w:p></w:document>";
  int failed = 0;
  for (int how = 0; how < 6; how++) {
    int is_big = how % 2, is_half = how >= 4;
    char wide[2 * sizeof text];
    size_t len = 0;
    for (const char *at = how < 2 ? text : text + 1; *at; at++) {
      uint32_t unit = *at == '!'   ? 0xfeff
                      : *at != '@' ? (unsigned char)*at
                      : is_half    ? 0xd801
                                   : 0x4eac;
      wide[len++] = (char)(is_big ? unit >> 8 : unit & 0xff);
      wide[len++] = (char)(is_big ? unit & 0xff : unit >> 8);
    }
    reading found =
        read_office(r, (zip_part[OFFICE_PARTS]){{"word/document.xml", wide, len, 0}});
    failed += check_reading("UTF-16", &found, is_half ? NULL : "T1 A京\n",
                            DK_INVALID_ARGUMENT, "half a character");
    reading_free(&found);
  }
  return failed;
}

/// A file cut off at each of its bytes is read as far as it goes, or refused; and with each of them changed.
static int test_cut(const reader *r, const char *method,
                    const zip_part parts[OFFICE_PARTS]) {
  int failed = 0;
  zip_file file = zip_write(parts, OFFICE_PARTS);
  uint32_t last = 0, step = 3;
  for (size_t len = 1; len < file.len; len += step) {
    reading found = read_bytes(r, method, "", "file", file.bytes, len);
    failed += found.status == DK_OK && found.count < last;
    failed += found.status != DK_OK && (last > 0 || !*found.message);
    last = found.status == DK_OK ? found.count : last;
    reading_free(&found);
  }
  failed += last == 0;
  for (size_t at = 0; at < file.len; at += step) {
    file.bytes[at] ^= 0x55;
    reading found = read_bytes(r, method, "", "file", file.bytes, file.len);
    failed += found.status != DK_OK && !*found.message;
    file.bytes[at] ^= 0x55;
    reading_free(&found);
  }
  free(file.bytes);
  if (failed)
    fprintf(stderr, "%s: %d failed where the file is cut or changed\n", method, failed);
  return failed;
}

/// More parts than a file may have.
static int test_many_parts(const reader *r) {
  enum { COUNT = 10001 };
  zip_part *parts = calloc(COUNT, sizeof *parts);
  char(*names)[16] = calloc(COUNT, sizeof *names);
  for (int i = 0; i < COUNT; i++) {
    snprintf(names[i], sizeof names[i], "a%d", i);
    parts[i] = (zip_part){names[i], "a", 1, 0};
  }
  zip_file file = zip_write(parts, COUNT);
  reading found = read_bytes(r, "Docx", "", "file", file.bytes, file.len);
  int failed =
      check_reading("10001 parts", &found, NULL, DK_RESOURCE_EXHAUSTED, "10000 parts");
  reading_free(&found);
  free(file.bytes);
  free(names);
  free(parts);
  return failed;
}

/// Sheets that lie in the reverse of their order, so that the directory is read once for each.
static int test_reverse(const reader *r) {
  enum { COUNT = 800 };
  zip_part *parts = calloc(COUNT + 1, sizeof *parts);
  char(*names)[32] = calloc(COUNT, sizeof *names);
  size_t len;
  char *book = repeated("<workbook xmlns='" SHEET_SPACE "'><sheets>", "<sheet name='a'/>",
                        COUNT, "</sheets></workbook>", &len);
  for (int i = 0; i < COUNT; i++) {
    snprintf(names[i], sizeof names[i], "xl/worksheets/sheet%d.xml", COUNT - i);
    parts[i] = (zip_part){names[i], CELL(""), 0, 0};
  }
  parts[COUNT] = (zip_part){"xl/workbook.xml", book, len, 0};
  zip_file file = zip_write(parts, COUNT + 1);
  reading found = read_bytes(r, "Xlsx", "", "file", file.bytes, file.len);
  int failed = check_reading("800 sheets in reverse", &found, NULL, DK_RESOURCE_EXHAUSTED,
                             "an order that takes long");
  reading_free(&found);
  free(file.bytes);
  free(book);
  free(names);
  free(parts);
  return failed;
}

int test_hostile_office_files(const reader *r) {
  const zip_part document[OFFICE_PARTS] = {
      {"[Content_Types].xml",
       TYPE("/word/document.xml",
            "openxmlformats-officedocument.wordprocessingml.document.main+xml"),
       0, ZIP_DEFLATED},
      {"word/document.xml", BODY(P("一") P("二") P("三") P("四") P("五")), 0, 0}};
  const zip_part workbook[OFFICE_PARTS] = {
      {"xl/worksheets/sheet1.xml",
       DATA("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"), 0, 0},
      {"xl/workbook.xml", ONE_SHEET, 0, ZIP_DEFLATED}};
  return test_large(r) + test_sheet_name(r) + test_shared_bomb(r) + test_wide(r) +
         test_cut(r, "Docx", document) + test_cut(r, "Xlsx", workbook) +
         test_many_parts(r) + test_reverse(r);
}
