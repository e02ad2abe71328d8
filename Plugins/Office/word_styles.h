/// The styles of a document: which paragraphs are headings or captions, and which text is hidden.
#ifndef OFFICE_WORD_STYLES_H
#define OFFICE_WORD_STYLES_H

#include "xml.h"

/// What a style says, together with those that it is based on.
typedef struct word_look {
  uint32_t kind; ///< DK_PIECE_TEXT, DK_PIECE_HEADING or DK_PIECE_CAPTION
  int is_hidden;
} word_look;

typedef struct word_style word_style;

typedef struct word_styles {
  word_style *all; ///< in the order of their ids, once read
  uint32_t count, capacity;
} word_styles;

/// Reads the part of styles; none where it is broken, which is noted.
void read_word_styles(job *j, zip *z, uint32_t part, word_styles *styles);
void free_word_styles(word_styles *styles);

/// The look of a style by its id. One that no style has is taken for a name: "Heading1", "标题 1".
word_look look_of_style(const word_styles *styles, xml_value id);

#endif
