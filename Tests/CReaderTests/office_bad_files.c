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
    {"a document with macros",
     {{"[Content_Types].xml",
       TYPE("/word/document.xml", "ms-word.document.macroEnabled.main+xml"), 0, 0},
      {"word/document.xml", BODY(P("一")), 0, 0},
      {"word/vbaProject.bin", "a", 0, 0}},
     "T1 一\n",
     DK_OK,
     ""},
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
  return failed;
}
