/// Functions as a client meets them: a request and a response written as text.
#ifndef FUNCTION_TESTS_HARNESS_H
#define FUNCTION_TESTS_HARNESS_H

#include "duikou_functions.h"

enum { ANSWER_SIZE = 4096 };

/// What a call ended with, and its response: "name=value" for each field that is stated, separated by
/// semicolons; or why it failed.
typedef struct answer {
  dk_status status;
  char text[ANSWER_SIZE];
} answer;

/// Adopts a plugin and keeps what is made, so that it is no leak. Returns NULL with a message where it
/// is refused.
const dk_plugin *adopt(const dk_plugin *plugin, char message[DKR_MESSAGE_MAX]);

/// Opens the library of a plugin and adopts it; ends the tests where that cannot be done.
const dk_plugin *adopt_library(const char *library);

/// The number that an answer gives for a field; NaN where it gives none.
double number_in(const answer *a, const char *field);

/// A method of an adopted plugin, and a row type of it by its id; both NULL where there is none.
const dk_method *find_method(const dk_plugin *plugin, const char *name);
const dk_type *find_type(const dk_plugin *plugin, uint32_t id);

/// Calls a method with `rows` equal rows of its request, written like a response; %XX is a byte.
answer call_with(dkr_context *context, const dk_plugin *plugin, const char *method,
                 const char *request, uint32_t rows);

/// The same with one row, in a context of its own.
answer ask(const dk_plugin *plugin, const char *method, const char *request);

/// A context for calls; ends the tests where there is no memory.
dkr_context *new_context(void);

#endif
