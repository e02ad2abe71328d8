/// What the tests of the reader of office files have in common.
#ifndef DUIKOU_OFFICE_TESTS_H
#define DUIKOU_OFFICE_TESTS_H

#include "reading.h"
#include "zip_writer.h"

#define WORD_SPACE  "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define SHEET_SPACE "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATION    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

#define BODY(xml)                                                                        \
  "<w:document xmlns:w='" WORD_SPACE "' xmlns:mc='http://schemas.openxmlformats.org/"    \
  "markup-compatibility/2006' xmlns:m='http://schemas.openxmlformats.org/"               \
  "officeDocument/2006/math'><w:body>" xml "</w:body></w:document>"
#define P(text)    "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define SHEET(xml) "<worksheet xmlns='" SHEET_SPACE "'>" xml "</worksheet>"
#define DATA(rows) SHEET("<sheetData>" rows "</sheetData>")
#define SHEETS(xml)                                                                      \
  "<workbook xmlns='" SHEET_SPACE "' xmlns:r='" RELATION "'><sheets>" xml                \
  "</sheets></workbook>"
#define ONE_SHEET SHEETS("<sheet name='甲' r:id='r1'/>")
#define RELATIONSHIPS(xml)                                                               \
  "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/"                \
  "relationships'>" xml "</Relationships>"
#define TO(id, type, target)                                                             \
  "<Relationship Id='" id "' Type='" RELATION "/" type "' Target='" target "'/>"

enum { OFFICE_PARTS = 8 };

/// Reads a file of some parts by the method of their kind: a workbook where one of them is in the folder xl.
/// Its result is freed by `reading_free`.
reading read_office(const reader *r, const zip_part parts[OFFICE_PARTS]);

/// Writes pieces as a line for each test: `kind page.table.line.column+lines+columns part text`, with | between
/// pieces, without what is 0 or absent.
void write_pieces(const reading *found, char *out, size_t size);

/// Checks what came of it; returns how many checks failed. `expected` is as above, or NULL where the
/// reader fails with that status and a message that has `word` in it.
int check_reading(const char *name, const reading *found, const char *expected,
                  dk_status status, const char *word);

int test_documents(const reader *r);
int test_workbooks(const reader *r);
int test_bad_office_files(const reader *r);
int test_hostile_office_files(const reader *r);

#endif
