/// How a line goes on in the next.
#ifndef PDF_JOINTS_H
#define PDF_JOINTS_H

#include "window.h"

enum joint {
  BREAK,  ///< it does not
  CELL,   ///< the next stands beside it
  SEAM,   ///< the next follows at once
  SPACE,  ///< the next follows behind a space
  HYPHEN, ///< the same word goes on; the hyphen at the line's end is not part of it
};

/// How a line, with its text, goes on in the next that is no furniture.
enum joint joint_of(const line *l, const char *text, const line *next,
                    const char *next_text);

#endif
