#include "function.h"

#include <string.h>

const dk_field *dkr_add_field(dkr_making *m, dk_type *row, const char *row_name,
                              const dk_field *field) {
  // The row's fields are written here only; others see them as constant.
  dk_field *fields = (dk_field *)(uintptr_t)row->fields;
  for (uint32_t i = 0; i < row->field_count; i++)
    if (strcmp(fields[i].name, field->name) == 0) {
      dkr_refuse(m, "the %s would have two fields called %s", row_name, field->name);
      return NULL;
    }
  if (row->field_count == DKR_FIELDS_MAX) {
    dkr_refuse(m, "the %s would have more than %d fields", row_name, DKR_FIELDS_MAX);
    return NULL;
  }
  dk_field *added = &fields[row->field_count++];
  *added = *field;
  added->number = row->field_count;
  added->offset = row->size;
  row->size += 8;
  return added;
}
