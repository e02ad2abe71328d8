/// Names, and one kind made from another.
#ifndef DUIKOU_NAMES_H
#define DUIKOU_NAMES_H

#include <stddef.h>

enum {
  DKR_NAME_MAX = 64,               ///< bytes of a method's, argument's or member's name
  DKR_PLUGIN_ID_MAX = 128,         ///< bytes of the id of a plugin
  DKR_SNAKE_MAX = 2 * DKR_NAME_MAX ///< of a method's name in lower_snake_case
};

/// Whether a name is lower_snake_case, or UpperCamelCase, of 1 to DKR_NAME_MAX bytes. NULL is not.
int dkr_is_snake_name(const char *name);
int dkr_is_camel_name(const char *name);

/// Writes an UpperCamelCase name in lower_snake_case: AngularDistance gives angular_distance,
/// HTTPServer gives http_server, Wgs84Point gives wgs84_point.
void dkr_snake_of(const char *camel, char snake[DKR_SNAKE_MAX]);

/// Whether two names in lower_snake_case are the same in lowerCamelCase, as JSON has them: so are foo_1
/// and foo1, but not foo_a and fooa.
int dkr_is_same_in_json(const char *one, const char *other);

#endif
