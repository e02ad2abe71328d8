/// What all parts of a report write with: its tables, their cells, and the words in which a record was found.
#ifndef DUIKOU_MARKDOWN_REPORT_H
#define DUIKOU_MARKDOWN_REPORT_H

#include "divisions.h"
#include "duikou.h"
#include "groups.h"
#include "words.h"
#include "writer.h"

/// One report.
typedef struct report {
  writer *out;
  const words *words;
  const dk_image *image;
  groups agreements, parties, positions, people, agencies, places, dates, figures, runs;
  groups facts[FACTS];
  groups participants; ///< by event
  divisions divisions;
  uint32_t *place_mentions, *agency_mentions; ///< by row: how often it is named
} report;

/// Begins a section with its table.
void heading(report *r, const char *text, const char *head);

/// Begins a table's cell.
void cell(report *r);

void put_string(report *r, dk_str string);
void string_cell(report *r, dk_str string);

/// The words in which a record was found; nothing for NULL.
void words_cell(report *r, const dk_row *row);

/// The same within what stands around them: …会上，〔敖汉旗〕介绍了….
void evidence_cell(report *r, const dk_row *row);

/// How sure the record is, and how its statement differs from a plain one; ends the row.
void notes_cell(report *r, const dk_row *row);

/// The name of what a reference names, such as a place or an agreement.
dk_str name_of(report *r, dk_ref ref);

#endif
