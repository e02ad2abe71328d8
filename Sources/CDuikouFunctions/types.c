#include "function.h"

#include <string.h>

ffi_type *dkr_type_of_number(uint32_t kind) {
  switch (kind) {
  case DK_I32:
    return &ffi_type_sint32;
  case DK_I64:
    return &ffi_type_sint64;
  case DK_U32:
    return &ffi_type_uint32;
  case DK_U64:
    return &ffi_type_uint64;
  case DK_F64:
    return &ffi_type_double;
  default:
    return NULL;
  }
}

/// The index of the member with the lowest offset that is not below `least`.
static uint32_t next_member(const dk_field *members, uint32_t count, uint32_t least) {
  uint32_t next = count;
  for (uint32_t i = 0; i < count; i++)
    if (members[i].offset >= least &&
        (next == count || members[i].offset < members[next].offset))
      next = i;
  return next;
}

ffi_type *dkr_type_of_struct(dkr_making *m, const dk_field *members, uint32_t count,
                             uint32_t size) {
  ffi_type *type = dkr_make(m, 1, sizeof *type);
  ffi_type **elements = dkr_make(m, count + 1, sizeof *elements);
  if (!type || !elements)
    return NULL;
  uint32_t order[DKR_FIELDS_MAX];
  for (uint32_t i = 0, least = 0; i < count; i++) {
    order[i] = next_member(members, count, least);
    elements[i] = dkr_type_of_number(members[order[i]].kind);
    least = members[order[i]].offset + 1;
  }
  *type = (ffi_type){.type = FFI_TYPE_STRUCT, .elements = elements};
  size_t offsets[DKR_FIELDS_MAX];
  int agrees = ffi_get_struct_offsets(FFI_DEFAULT_ABI, type, offsets) == FFI_OK &&
               type->size == size;
  for (uint32_t i = 0; agrees && i < count; i++)
    agrees = offsets[i] == members[order[i]].offset;
  if (!agrees) {
    dkr_refuse(m, "its members leave out a part of the struct, which is passed by value; "
                  "describe all of them");
    return NULL;
  }
  return type;
}
