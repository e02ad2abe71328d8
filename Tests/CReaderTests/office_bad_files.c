/// Files that are broken, cut off, something else, or made to do harm.
#include "office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENT(bytes)                                                                  \
  {                                                                                      \
    { "word/document.xml", bytes, 0, 0 }                                                 \
  }
#define WORKBOOK(sheet)                                                                  \
  {                                                                                      \
    {"xl/workbook.xml", ONE_SHEET, 0, 0}, {                                              \
      "xl/worksheets/sheet1.xml", sheet, 0, 0                                            \
    }                                                                                    \
  }
#define CELL(attributes) DATA("<row><c " attributes "><v>1</v></c></row>")
#define TYPE(part, type)                                                                 \
  "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"         \
  "<Override PartName='" part "' ContentType='application/vnd." type "'/></Types>"
#define HEAD "H1 @甲 甲\n"

static const char laughs[] =
    "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>" BODY(P("&c;"));

/// Files of parts, with the pieces that come of them, or with their status and a part of the message.
static const struct {
  const char *name;
  zip_part parts[OFFICE_PARTS];
  const char *expected;
  dk_status status;
  const char *word;
} files[] = {
    {"entities that laugh", DOCUMENT(laughs), NULL, DK_INVALID_ARGUMENT, "document type"},
    {"an external entity",
     DOCUMENT("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" BODY(P("&e;"))),
     NULL, DK_INVALID_ARGUMENT, "document type"},
    {"an external document type",
     DOCUMENT("<!DOCTYPE a SYSTEM 'http://localhost/a'>" BODY(P("a"))), NULL,
     DK_INVALID_ARGUMENT, "document type"},
    {"an entity that nobody has declared", DOCUMENT(BODY(P("&e;"))), NULL,
     DK_INVALID_ARGUMENT, "save it again"},
    {"a document type in the relationships",
     {{"_rels/.rels", laughs, 0, 0}, {"word/document.xml", BODY(P("a")), 0, 0}},
     NULL,
     DK_INVALID_ARGUMENT,
     "document type"},
    {"no part of a document",
     {{"a.txt", "a", 0, 0}},
     NULL,
     DK_INVALID_ARGUMENT,
     "no document"},
    {"no XML", DOCUMENT("a"), NULL, DK_INVALID_ARGUMENT, "damaged"},
    {"an archive in the place of a part", DOCUMENT("PK\003\004\024"), NULL,
     DK_INVALID_ARGUMENT, "damaged"},
    {"an archive beside the parts",
     {{"word/document.xml", BODY(P("一")), 0, 0},
      {"word/embeddings/a.docx", "PK\003\004", 0, 0}},
     "T1 一\n",
     DK_OK,
     ""},
    {"XML that ends early", DOCUMENT("<w:document xmlns:w='" WORD_SPACE "'>" P("一")),
     NULL, DK_INVALID_ARGUMENT, "damaged"},
    {"elements that do not close", DOCUMENT(BODY("<w:p><w:r></w:p>")), NULL,
     DK_INVALID_ARGUMENT, "line 1"},
    {"bytes that are no UTF-8", DOCUMENT(BODY(P("\xff\xfe"))), NULL, DK_INVALID_ARGUMENT,
     "damaged"},
    {"half a surrogate pair as a reference", DOCUMENT(BODY(P("&#xD800;"))), NULL,
     DK_INVALID_ARGUMENT, "damaged"},
    {"half a surrogate pair in UTF-8", DOCUMENT(BODY(P("\xed\xa0\x80"))), NULL,
     DK_INVALID_ARGUMENT, "damaged"},
    {"a NUL as a reference", DOCUMENT(BODY(P("&#0;"))), NULL, DK_INVALID_ARGUMENT,
     "damaged"},
    {"a mark of the byte order", DOCUMENT("\xef\xbb\xbf" BODY(P("一"))), "T1 一\n", DK_OK,
     ""},
    {"a declaration of another encoding, in UTF-8",
     DOCUMENT("<?xml version='1.0' encoding='UTF-16'?>" BODY(P("一"))), "T1 一\n", DK_OK,
     ""},
    {"an encrypted part",
     {{"word/document.xml", BODY(P("一")), 0, ZIP_ENCRYPTED}},
     NULL,
     DK_UNIMPLEMENTED,
     "password"},
    {"compression that Office does not use",
     {{"word/document.xml", BODY(P("一")), 0, ZIP_OTHER_METHOD}},
     NULL,
     DK_UNIMPLEMENTED,
     "compressed"},
    {"a wrong checksum",
     {{"word/document.xml", BODY(P("一")), 0, ZIP_WRONG_SUM}},
     "T1 一\n",
     DK_OK,
     ""},
    {"two parts of one name",
     {{"word/document.xml", BODY(P("一")), 0, 0},
      {"WORD/document.xml", BODY(P("二")), 0, 0}},
     NULL,
     DK_INVALID_ARGUMENT,
     "one name"},
    {"a name that leads out of the file",
     {{"word/document.xml", BODY(P("一")), 0, 0}, {"../a", "a", 0, 0}},
     NULL,
     DK_INVALID_ARGUMENT,
     "leads out"},
    {"the same with the other slashes",
     {{"word/document.xml", BODY(P("一")), 0, 0}, {"a\\..\\..\\b", "a", 0, 0}},
     NULL,
     DK_INVALID_ARGUMENT,
     "leads out"},
    {"an absolute name",
     {{"word/document.xml", BODY(P("一")), 0, 0}, {"/etc/passwd", "a", 0, 0}},
     NULL,
     DK_INVALID_ARGUMENT,
     "leads out"},
    {"relationships that lead out of the file",
     {{"_rels/.rels", RELATIONSHIPS(TO("a", "officeDocument", "../../../etc/passwd")), 0,
       0},
      {"word/document.xml", BODY(P("一")), 0, 0}},
     "T1 一\n",
     DK_OK,
     ""},
    {"relationships that lead nowhere",
     {{"_rels/.rels", RELATIONSHIPS(TO("a", "officeDocument", "a.xml")), 0, 0},
      {"word/document.xml", BODY(P("一")), 0, 0}},
     "T1 一\n",
     DK_OK,
     ""},
    {"a workbook under the name of a document",
     {{"[Content_Types].xml",
       TYPE("/a", "openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), 0, 0},
      {"a", ONE_SHEET, 0, 0}},
     NULL,
     DK_INVALID_ARGUMENT,
     ".xlsx"},
    {"a document under the name of a workbook",
     {{"[Content_Types].xml",
       TYPE("/a", "openxmlformats-officedocument.wordprocessingml.document.main+xml"), 0,
       0},
      {"a", BODY(P("一")), 0, 0},
      {"xl/a", "a", 0, 0}},
     NULL,
     DK_INVALID_ARGUMENT,
     ".docx"},
    {"a presentation",
     {{"[Content_Types].xml",
       TYPE("/a", "openxmlformats-officedocument.presentationml.presentation.main+xml"),
       0, 0},
      {"a", "<a/>", 0, 0}},
     NULL,
     DK_UNIMPLEMENTED,
     "presentation"},
    {"a binary workbook",
     {{"[Content_Types].xml",
       TYPE("/xl/workbook.bin", "ms-excel.sheet.binary.macroEnabled.main"), 0, 0},
      {"xl/workbook.bin", "a", 0, 0}},
     NULL,
     DK_UNIMPLEMENTED,
     "binary"},
    {"a workbook with macros",
     {{"[Content_Types].xml",
       TYPE("/xl/workbook.xml", "ms-excel.sheet.macroEnabled.main+xml"), 0, 0},
      {"xl/workbook.xml", ONE_SHEET, 0, 0},
      {"xl/worksheets/sheet1.xml", CELL(""), 0, 0},
      {"xl/vbaProject.bin", "a", 0, 0}},
     HEAD "|C1 0:1:1 @甲 1\n",
     DK_OK,
     ""},
    {"a workbook without its list of sheets",
     {{"xl/worksheets/sheet1.xml", CELL(""), 0, 0}},
     NULL,
     DK_INVALID_ARGUMENT,
     "no workbook"},
    {"a sheet that is missing", {{"xl/workbook.xml", ONE_SHEET, 0, 0}}, "", DK_OK, ""},
    {"one sheet listed twice",
     {{"xl/workbook.xml",
       SHEETS("<sheet name='甲' r:id='a'/><sheet name='乙' r:id='a'/>"), 0, 0},
      {"xl/_rels/workbook.xml.rels", RELATIONSHIPS(TO("a", "worksheet", "s.xml")), 0, 0},
      {"xl/s.xml", CELL(""), 0, 0}},
     HEAD "|C1 0:1:1 @甲 1\n",
     DK_OK,
     ""},
    {"a shared string that is not there", WORKBOOK(CELL("t='s'")), HEAD, DK_OK, ""},
    {"an index that is no number",
     WORKBOOK(DATA(
         "<row><c t='s'><v>-1</v></c><c t='s'><v>99999999999999999999999</v></c></row>")),
     HEAD, DK_OK, ""},
    {"references beyond any sheet",
     WORKBOOK(
         DATA("<row r='99999999'><c r='ZZZ99999999'><v>1</v></c><c r='XFE1'><v>2</v></c>"
              "<c r='A0'><v>3</v></c><c r='A1048577'><v>4</v></c></row>")),
     HEAD "|C1 0:1:1 @甲 1\t|C1 0:1:2 @甲 2\t|C1 0:1:3 @甲 3\t|C1 0:1:4 @甲 4\n", DK_OK,
     ""},
    {"the last cell that a sheet has", WORKBOOK(CELL("r='XFD1048576'")),
     HEAD "|C1 0:1048576:16384 @甲 1\n", DK_OK, ""},
    {"rows and cells out of order",
     WORKBOOK(DATA("<row r='2'><c r='B2'><v>1</v></c><c r='A2'><v>2</v></c></row>"
                   "<row r='1'><c r='A1'><v>3</v></c></row>")),
     HEAD "|C1 0:2:2 @甲 1\t|C1 0:2:1 @甲 2\n|C1 0:1:1 @甲 3\n", DK_OK, ""},
    {"two cells at one place stay apart",
     WORKBOOK(DATA("<row><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>")),
     HEAD "|C1 0:1:1 @甲 1\t|C1 0:1:1 @甲 2\n", DK_OK, ""},
    {"two values of one cell do not become one",
     WORKBOOK(DATA("<row><c><v>1</v><v>2</v></c></row>")), HEAD "|C1 0:1:1 @甲 2\n",
     DK_OK, ""},
    {"a sheet that is broken", WORKBOOK("<worksheet>"), NULL, DK_INVALID_ARGUMENT, "甲"},
    {"merged cells without end", WORKBOOK(SHEET("<mergeCells><mergeCell ref='A1:A9'/>")),
     NULL, DK_INVALID_ARGUMENT, "甲"},
};

/// Bytes as they are, with what comes of them.
static const struct {
  const char *name, *bytes;
  size_t len;
  dk_status status;
  const char *word;
} plain[] = {
    {"nothing", "", 0, DK_INVALID_ARGUMENT, "empty"},
    {"text", "abc", 3, DK_INVALID_ARGUMENT, "no Office file"},
    {"the start of an archive", "PK\003\004", 4, DK_INVALID_ARGUMENT, "no Office file"},
    {"an archive without parts", "PK\005\006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22,
     DK_INVALID_ARGUMENT, "no Office file"},
    {"an old Office file", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, DK_UNIMPLEMENTED,
     "password"},
};

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

int test_bad_office_files(const reader *r) {
  int failed = 0;
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    reading found = read_office(r, files[i].parts);
    // What is no workbook's part is read as a document.
    failed += check_reading(files[i].name, &found, files[i].expected, files[i].status,
                            files[i].word);
    reading_free(&found);
  }
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    reading found =
        read_bytes(r, i % 2 ? "Docx" : "Xlsx", "", "file", plain[i].bytes, plain[i].len);
    failed += check_reading(plain[i].name, &found, NULL, plain[i].status, plain[i].word);
    reading_free(&found);
  }
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
  return failed + test_large(r) + test_sheet_name(r) + test_shared_bomb(r) +
         test_wide(r) + test_cut(r, "Docx", document) + test_cut(r, "Xlsx", workbook) +
         test_many_parts(r);
}
