/// A function that is ready to be called: what of a row goes where in its arguments, and back.
#ifndef DUIKOU_FUNCTION_PLAN_H
#define DUIKOU_FUNCTION_PLAN_H

#include "making.h"

#include <ffi.h>

enum { DKR_TEXT_MAX = 65536 }; ///< bytes of text that goes out

/// A number, or the whole of a text: where it lies in C, and in which field of which row.
typedef struct dkr_part {
  uint32_t offset;                    ///< in the number or struct
  uint32_t zero_is_named;             ///< so that 0 is stated without a bit
  const dk_field *request, *response; ///< NULL where it is not in that row
} dkr_part;

/// One argument, or the result, in C.
typedef struct dkr_object {
  const char *name;
  uint32_t kind, passing; ///< as in dk_argument
  uint32_t size;          ///< bytes of the number or struct, or of the room for text
  uint32_t part_count;
  dkr_part *parts;
  ffi_type *type;     ///< of the number or struct
  uint64_t frame_off; ///< where in the frame it lies
} dkr_object;

typedef struct dkr_function {
  void (*address)(void);
  dkr_object *arguments;
  uint32_t argument_count;
  uint32_t value_count; ///< arguments in C: some take two
  dkr_object *result;   ///< NULL for void
  ffi_cif cif;
  ffi_type **types;    ///< of the arguments in C
  uint64_t frame_size; ///< bytes that a call needs
  uint32_t request, response;
  dk_type rows[2]; ///< of the request and the response
  dk_use uses[2];
} dkr_function;

/// What stands in the frame for each argument besides the object itself.
typedef struct dkr_cell {
  const void *pointer;
  size_t size;
} dkr_cell;

/// Reads and checks the function of a method of the plugin `id`. Returns NULL where something is wrong
/// with it, which `m` then says.
dkr_function *dkr_make_function(dkr_making *m, const char *id, const dk_method *method);

/// Reads and checks one argument, or the result, into `object`, and adds its fields to the rows.
int dkr_make_object(dkr_making *m, const dk_argument *argument, int is_result,
                    dkr_function *f, dkr_object *object);

/// Adds a field to a row; returns it with its number and place, or NULL.
const dk_field *dkr_add_field(dkr_making *m, dk_type *row, const char *row_name,
                              const dk_field *field);

/// The type of a number in C; NULL for what is no number.
ffi_type *dkr_type_of_number(uint32_t kind);

/// The type of a struct that is passed by value, from its members' kinds and offsets.
ffi_type *dkr_type_of_struct(dkr_making *m, const dk_field *members, uint32_t count,
                             uint32_t size);

/// Calls it: the row of the request becomes arguments, what comes back a row of the response.
dk_status dkr_call_function(const dkr_function *f, dk_call *call);

#endif
