/// Images made to take long: what a plugin reads over and over again takes it minutes or more here,
/// where all of them together should take it a second or two.
#ifndef C_PLUGIN_TESTS_HOSTILE_H
#define C_PLUGIN_TESTS_HOSTILE_H

#include "duikou.h"

/// How many there are.
uint32_t hostile_count(void);

/// What is odd about one of them.
const char *hostile_name(uint32_t index);

/// Makes one; free it with `free`.
dk_image *hostile_image(uint32_t index);

#endif
