/// What elements of a page mean, by their names and attributes.
#ifndef TEXTS_ELEMENTS_H
#define TEXTS_ELEMENTS_H

#include <stdint.h>

enum {
  BLOCK = 1,       ///< begins a line, and ends one
  HIDDEN = 1 << 1, ///< not shown
  HEADING = 1 << 2,
  CAPTION = 1 << 3,
  FURNITURE = 1 << 4, ///< navigation and the like
  HEADER = 1 << 5,    ///< the same, unless it is an article's
  PRE = 1 << 6,       ///< white space stays
  LINK = 1 << 7,
  TABLE = 1 << 8,
  ROW = 1 << 9,
  CELL = 1 << 10,
  VOID = 1 << 11, ///< has no content
  ARTICLE = 1 << 12,
  FRAME = 1 << 13, ///< what the text is in, whatever its class says
  IMAGE = 1 << 14,
  SCRIPT = 1 << 15,
  CONTENT = 1 << 16,    ///< the article of a WeChat page
  PAGE_TITLE = 1 << 17, ///< holds what the page is called
  RICH_TITLE = 1 << 18, ///< the same, of a WeChat page
  DATE = 1 << 19,       ///< holds the day of publication
  LAYOUT = 1 << 20      ///< a table that is none
};

/// Attributes in pairs of name and value, ended by NULL, as libxml2 gives them; NULL for none.
typedef const unsigned char **attributes;

/// The value of an attribute; "" where it has none, NULL where it is not there.
const char *attribute(attributes all, const char *name);

uint32_t element_traits(const char *name, attributes all);

#endif
