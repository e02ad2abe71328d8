/// Lines of pages as they stand there, kept until it is known what they are.
#ifndef PDF_WINDOW_H
#define PDF_WINDOW_H

#include <stddef.h>
#include <stdint.h>

/// A line, with what it is set in. Lengths are in points, heights count from the page's top.
typedef struct line {
  uint32_t off, len;   ///< in the window's text, without white space around it
  uint32_t characters; ///< that can be seen
  uint32_t unknown;    ///< of these, those of which the file does not say which they are
  uint32_t page;       ///< from 1
  uint32_t kind;       ///< DK_PIECE_TEXT and so on
  int is_row;          ///< parts of it stand far from each other
  uint32_t other_half; ///< `off` + 1 of the line that poppler had before it in one; or 0
  float left, right, top, bottom;
  float size;       ///< of the font; 0 where nothing is known of the line's place
  float page_width; ///< of its page
  float page_height;
  float
      margin; ///< where the lines of its column end on the right; 0 where that is not clear
  float indent; ///< where they begin
  float pitch;  ///< from line to line in its column; 0 where that is not clear
} line;

/// Some pages.
typedef struct window {
  char *text;
  size_t text_len, text_room;
  line *lines;
  size_t count, room;
} window;

/// Both return 0 where there is no memory.
int window_put(window *w, const char *text, size_t len);
line *window_add(window *w);

/// Forgets the pages, not the memory.
void window_clear(window *w);
void window_free(window *w);

#endif
