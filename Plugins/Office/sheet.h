/// The cells of a sheet.
#ifndef OFFICE_SHEET_H
#define OFFICE_SHEET_H

#include "merges.h"
#include "number_formats.h"
#include "pieces.h"
#include "shared_strings.h"

/// What the sheets of a workbook have in common, and what was strange in them.
typedef struct workbook {
  job *job;
  zip *zip;
  pieces out;
  shared_strings strings;
  number_formats formats;
  int since_1904;
  uint32_t cells;     ///< that hold something
  uint32_t without;   ///< formulas without a value
  uint32_t strangers; ///< cells whose shared string is missing
  uint32_t misplaced; ///< cells whose reference is none
  uint32_t unordered; ///< rows and cells that stand before others of lower number
} workbook;

/// Appends the cells of the sheet in a part, which is the workbook's `number`th.
xml_result read_sheet(workbook *w, uint32_t part, uint32_t number, char problem[160]);

#endif
