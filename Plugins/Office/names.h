/// Names of parts, which are paths with ASCII letters of either case alike.
#ifndef OFFICE_NAMES_H
#define OFFICE_NAMES_H

#include <stdint.h>

/// As strcmp, with ASCII letters of either case alike.
int name_compare(const char *a, const char *b);

/// Whether a string ends with another, with letters as above.
int name_ends_with(const char *name, const char *end);

enum { NAME_SIZE = 1025 };

/// Writes the name that a relationship's target has, seen from the part `base` ("" for the file itself):
/// without a slash in front, "." and "..". Returns 0 for one that leads out of the file or is too long.
int name_resolve(const char *base, const char *target, uint32_t len,
                 char name[NAME_SIZE]);

/// Writes the name of the part that holds a part's relationships; "" for the file itself. Returns 0 where it
/// is too long.
int name_of_relationships(const char *part, char name[NAME_SIZE]);

#endif
