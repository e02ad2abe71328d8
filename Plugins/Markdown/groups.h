/// Rows of a table, sorted into groups by a number: the rows of each document, the parties of each
/// agreement.
#ifndef DUIKOU_MARKDOWN_GROUPS_H
#define DUIKOU_MARKDOWN_GROUPS_H

#include "duikou.h"

typedef struct groups {
  const dk_image *image;
  const dk_table *table; ///< NULL: the image has no such table
  uint32_t *first; ///< by group: where its rows begin in `rows`; one more than groups
  uint32_t *rows;  ///< indices of rows, in their order within each group
} groups;

/// A row's group; rows whose number is not below `count` are left out.
typedef uint32_t (*group_of)(const void *row);

/// Sorts the rows of a type into `count` groups, in time linear in both. Returns 0 when the host
/// has no memory.
int group_rows(dk_call *call, uint32_t type, uint32_t count, group_of of, groups *result);

/// How many rows a group has.
static inline uint32_t group_size(const groups *g, uint32_t group) {
  return g->table ? g->first[group + 1] - g->first[group] : 0;
}

/// The index in its table of row `n` of a group.
static inline uint32_t group_index(const groups *g, uint32_t group, uint32_t n) {
  return g->rows[g->first[group] + n];
}

/// Row `n` of a group.
static inline const void *group_row(const groups *g, uint32_t group, uint32_t n) {
  return dk_row_at(g->image, g->table, group_index(g, group, n));
}

/// The group of a row by its document.
uint32_t document_index(const void *row);

#endif
