/// One story of a document: its body, its notes, a header. Paragraphs become pieces as they end; what is within
/// a cell becomes the cell's value.
#ifndef OFFICE_WORD_STORY_H
#define OFFICE_WORD_STORY_H

#include "pieces.h"
#include "word_styles.h"
#include "word_table.h"

enum { BOXES_MAX = 8, SEEN_MAX = 512 };

typedef struct paragraph {
  text text;
  uint32_t kind;
  int is_hidden;     ///< by its style
  int is_run_hidden; ///< the run that is being read
  int in_properties, in_run, in_text;
  int has_begun; ///< a part of it has been appended, on an earlier page or as too long
} paragraph;

typedef struct story {
  job *job;
  pieces *out;
  const word_styles *styles;
  int is_furniture; ///< told once, and without its tables
  int has_pages;    ///< page breaks count
  uint32_t page;    ///< from 1; 0: not known
  int is_at_break;  ///< nothing was read since a page break that the author made
  uint32_t depth,
      skipped_from; ///< elements around; that of the one which is skipped, or 0
  paragraph now;
  paragraph outer[BOXES_MAX]; ///< paragraphs that hold the text box being read
  uint32_t boxes,
      flat_boxes; ///< how many are open: of their own; counted as part of the paragraph
  word_table table;
  uint32_t tables;
  uint32_t fields;         ///< how many are open
  uint64_t instructions;   ///< a bit for each of which the result is still to come
  uint32_t alternatives;   ///< how many are open
  uint64_t taken[5];       ///< a bit for each of which one was taken
  uint32_t numbered;       ///< paragraphs of lists
  uint64_t seen[SEEN_MAX]; ///< hashes of furniture
  uint32_t seen_count;
} story;

/// Tells a story by the elements of its part.
extern const xml_handler story_handler;

/// Fails the job where there was no memory.
void story_check(story *s, int has_memory);

/// Whether text is told: it is not hidden, and no instruction of a field.
int story_is_told(const story *s);

/// Adds text to the paragraph or the cell.
void story_add(story *s, const char *bytes, uint32_t len);

void story_begin_paragraph(story *s);
void story_end_paragraph(story *s);

/// Begins a page where the author wants one.
void story_break_by_author(story *s);

/// Begins a page where the last one ended when the document was laid out; behind a break of the author that is
/// the same one.
void story_break_by_layout(story *s);

/// Begins a text box: paragraphs of its own in the middle of one, which come before it.
void story_begin_box(story *s);
void story_end_box(story *s);

/// Ends what is still open, in a part that is cut off too.
void story_finish(story *s);

void story_free(story *s);

#endif
