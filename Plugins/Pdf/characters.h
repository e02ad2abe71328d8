/// What characters are, as far as it matters for joining lines.
#ifndef PDF_CHARACTERS_H
#define PDF_CHARACTERS_H

#include <stddef.h>
#include <stdint.h>

/// Reads the character at `at`, which has `left` bytes, at least one, and says in `*len` how long it is. What is no UTF-8
/// is U+FFFD, and as long as one character.
uint32_t character_at(const char *at, size_t left, size_t *len);

/// The first and the last character of a text; 0 for an empty one.
uint32_t first_character(const char *text, size_t len);
uint32_t last_character(const char *text, size_t len);

/// Without white space around it.
void trim(const char **text, size_t *len);

int is_space(uint32_t character);
int is_digit(uint32_t character);

/// Letters and digits of scripts that put spaces between words.
int is_of_word(uint32_t character);

/// Lower-case letters of the same.
int is_lower(uint32_t character);

/// Ends a sentence or what introduces the next line.
int ends_sentence(uint32_t character);

/// Closes what may stand behind the end of a sentence: ” ’ 」 ） and the like.
int closes(uint32_t character);

#endif
