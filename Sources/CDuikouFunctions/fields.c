#include "function.h"
#include "names.h"

#include <string.h>

/// What every row has, under these names.
static const char *const header[] = {"evidence", "document", "confidence", "flags",
                                     "run"};

/// Refuses a name that another field of the row has already. A field's name in JSON is its own too.
static int check_name(dkr_making *m, const dk_type *row, const char *row_name,
                      const char *name) {
  for (uint32_t i = 0; i < DK_COUNT(header); i++)
    if (dkr_is_same_in_json(header[i], name))
      return dkr_refuse(m,
                        "the %s would have a field called %s, which is the name of a "
                        "field of every row (%s); choose another",
                        row_name, name, header[i]);
  for (uint32_t i = 0; i < row->field_count; i++) {
    const char *other = row->fields[i].name;
    if (strcmp(other, name) == 0)
      return dkr_refuse(m, "the %s would have two fields called %s", row_name, name);
    if (dkr_is_same_in_json(other, name))
      return dkr_refuse(m,
                        "the %s would have fields called %s and %s, which are the same "
                        "name in JSON; choose another",
                        row_name, other, name);
  }
  return 1;
}

const dk_field *dkr_add_field(dkr_making *m, dk_type *row, const char *row_name,
                              const dk_field *field) {
  if (!check_name(m, row, row_name, field->name))
    return NULL;
  if (row->field_count == DKR_FIELDS_MAX) {
    dkr_refuse(m, "the %s would have more than %d fields", row_name, DKR_FIELDS_MAX);
    return NULL;
  }
  // The row's fields are written here only; others see them as constant.
  dk_field *fields = (dk_field *)(uintptr_t)row->fields;
  dk_field *added = &fields[row->field_count++];
  *added = *field;
  added->number = row->field_count;
  added->offset = row->size;
  row->size += 8;
  return added;
}
