/// What stands between the cells of a table in text.
#ifndef TEXTS_DELIMITER_H
#define TEXTS_DELIMITER_H

#include "source.h"

/// Finds the delimiter of the records that begin at a place: a comma, tab, semicolon or full-width comma.
/// Takes a first line such as `sep=;`, which is not a record.
uint32_t find_delimiter(source *s, int prefers_tabs);

#endif
