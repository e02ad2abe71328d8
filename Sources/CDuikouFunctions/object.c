#include "function.h"
#include "names.h"

#include <stdio.h>
#include <string.h>

enum { SIZE_MAX_OF_STRUCT = 65536 };

static int goes_in(uint32_t passing) {
  return passing != DK_OUT;
}

static int goes_out(uint32_t passing, int is_result) {
  return is_result || passing == DK_OUT || passing == DK_INOUT;
}

/// Checks how a kind is passed, and what an argument of that kind may not have.
static int check_passing(dkr_making *m, const dk_argument *a, int is_result) {
  int is_text = a->kind == DK_STRING, is_struct = a->kind == DK_STRUCT;
  if (!is_text && !is_struct && a->kind != DK_BYTES && !dkr_type_of_number(a->kind))
    return dkr_refuse(m, "kind %u cannot be passed; numbers, text, bytes and structs can",
                      a->kind);
  if (a->passing > DK_INOUT)
    return dkr_refuse(m, "there is no passing %u", a->passing);
  if (is_result && a->kind == DK_BYTES)
    return dkr_refuse(m, "bytes cannot be a result: nothing says how many they are");
  if (is_result && a->passing != DK_VALUE)
    return dkr_refuse(m, "a result is passed as DK_VALUE");
  if (is_text && a->passing != DK_VALUE && a->passing != DK_OUT)
    return dkr_refuse(m, "text is passed as DK_VALUE or DK_OUT");
  if (a->kind == DK_BYTES && a->passing != DK_VALUE)
    return dkr_refuse(m, "bytes are passed as DK_VALUE");
  if (is_text && a->passing == DK_OUT && (a->size == 0 || a->size > DKR_TEXT_MAX))
    return dkr_refuse(m, "its size is the room for text, 1 to %d bytes; it is %u",
                      DKR_TEXT_MAX, a->size);
  if (!is_struct && !(is_text && a->passing == DK_OUT) && a->size)
    return dkr_refuse(m, "its size is %u; only a struct and text that goes out have one",
                      a->size);
  if (!is_struct && a->member_count)
    return dkr_refuse(m, "only a struct has members");
  if (is_struct && a->value_count)
    return dkr_refuse(m, "a struct has no named values; its members may have");
  return 1;
}

/// Checks the named values of a field.
static int check_values(dkr_making *m, const dk_field *field) {
  char name[2 * DKR_NAME_MAX + 24];
  snprintf(name, sizeof name, "its values of %s", field->name);
  dkr_list list = {(const char *)field->values, field->value_count, field->value_stride};
  if (!dkr_check_list(m, list, DK_VALUE_SIZE_V1, DKR_VALUES_MAX, name, "dk_value"))
    return 0;
  if (field->value_count && (field->kind < DK_I32 || field->kind > DK_U64))
    return dkr_refuse(m, "only whole numbers have named values");
  return 1;
}

static int names_zero(const dk_field *field) {
  const char *at = (const char *)field->values;
  for (uint32_t i = 0; i < field->value_count; i++, at += field->value_stride) {
    dk_value value;
    dkr_read_prefix(&value, sizeof value, at, field->value_stride);
    if (value.value == 0)
      return 1;
  }
  return 0;
}

/// Adds a part at an offset of the object, with its field in each row that it belongs to.
static int add_part(dkr_making *m, dkr_function *f, dkr_object *object, int is_result,
                    const dk_field *field, uint32_t offset) {
  dkr_part *part = &object->parts[object->part_count++];
  part->offset = offset;
  if (!check_values(m, field))
    return 0;
  part->zero_is_named = (uint32_t)names_zero(field);
  if (!is_result && goes_in(object->passing))
    part->request = dkr_add_field(m, &f->rows[0], "request", field);
  if (goes_out(object->passing, is_result))
    part->response = dkr_add_field(m, &f->rows[1], "response", field);
  return m->status == DK_OK;
}

/// The field of an argument that is no struct.
static int add_whole(dkr_making *m, const dk_argument *a, int is_result, dkr_function *f,
                     dkr_object *object) {
  object->parts = dkr_make(m, 1, sizeof *object->parts);
  if (!object->parts)
    return 0;
  object->type = dkr_type_of_number(a->kind);
  if (object->type)
    object->size = (uint32_t)object->type->size;
  dk_field field = {.name = a->name,
                    .doc = a->doc,
                    .unit = a->unit,
                    .values = a->values,
                    .kind = a->kind,
                    .value_count = a->value_count,
                    .value_stride = a->value_stride};
  return add_part(m, f, object, is_result, &field, 0);
}

/// Checks that a member is a number that lies in its struct and on no other member.
static int check_member(dkr_making *m, const dk_argument *a, const dk_field *members,
                        uint32_t index) {
  const dk_field *member = &members[index];
  if (!dkr_is_snake_name(member->name))
    return dkr_refuse(m, "the name of member %u is not in lower_snake_case", index + 1);
  const ffi_type *type = dkr_type_of_number(member->kind);
  if (!type)
    return dkr_refuse(m, "member %s has kind %u; only numbers can be members",
                      member->name, member->kind);
  if (member->offset > a->size || a->size - member->offset < type->size)
    return dkr_refuse(m, "member %s at offset %u lies outside of the struct",
                      member->name, member->offset);
  if (member->offset % type->alignment || a->size % type->alignment)
    return dkr_refuse(m, "member %s at offset %u of a struct of %u bytes is not aligned",
                      member->name, member->offset, a->size);
  for (uint32_t i = 0; i < index; i++) {
    uint64_t end =
        (uint64_t)members[i].offset + dkr_type_of_number(members[i].kind)->size;
    if (member->offset < end && members[i].offset < member->offset + type->size)
      return dkr_refuse(m, "members %s and %s overlap", members[i].name, member->name);
  }
  return 1;
}

/// Reads the members of a struct into an array of this program's.
static int read_members(dkr_making *m, const dk_argument *a,
                        dk_field members[DKR_FIELDS_MAX]) {
  if (a->size == 0 || a->size > SIZE_MAX_OF_STRUCT)
    return dkr_refuse(m, "its struct has %u bytes; set the size to sizeof the struct",
                      a->size);
  if (a->member_count == 0)
    return dkr_refuse(m, "its struct has no members");
  dkr_list list = {(const char *)a->members, a->member_count, a->member_stride};
  if (!dkr_check_list(m, list, DK_FIELD_SIZE_V1, DKR_FIELDS_MAX, "its members",
                      "dk_field"))
    return 0;
  for (uint32_t i = 0; i < list.count; i++, list.at += list.stride) {
    dkr_read_prefix(&members[i], sizeof members[i], list.at, list.stride);
    if (!check_member(m, a, members, i))
      return 0;
  }
  return 1;
}

static char *joined(dkr_making *m, const char *argument, const char *member) {
  size_t size = strlen(argument) + strlen(member) + 2;
  char *name = dkr_make(m, 1, size);
  if (name)
    snprintf(name, size, "%s_%s", argument, member);
  return name;
}

static int add_struct(dkr_making *m, const dk_argument *a, int is_result, dkr_function *f,
                      dkr_object *object) {
  dk_field members[DKR_FIELDS_MAX];
  if (!read_members(m, a, members))
    return 0;
  if (a->passing == DK_VALUE &&
      !(object->type = dkr_type_of_struct(m, members, a->member_count, a->size)))
    return 0;
  object->parts = dkr_make(m, a->member_count, sizeof *object->parts);
  if (!object->parts)
    return 0;
  for (uint32_t i = 0; i < a->member_count; i++) {
    const dk_field *member = &members[i];
    dk_field field = {.name = joined(m, a->name, member->name),
                      .doc = member->doc ? member->doc : a->doc,
                      .unit = member->unit ? member->unit : a->unit,
                      .values = member->values,
                      .kind = member->kind,
                      .value_count = member->value_count,
                      .value_stride = member->value_stride};
    if (!field.name || !add_part(m, f, object, is_result, &field, member->offset))
      return 0;
  }
  return 1;
}

int dkr_make_object(dkr_making *m, const dk_argument *a, int is_result, dkr_function *f,
                    dkr_object *object) {
  if (!check_passing(m, a, is_result))
    return 0;
  *object = (dkr_object){
      .name = a->name, .kind = a->kind, .passing = a->passing, .size = a->size};
  return a->kind == DK_STRUCT ? add_struct(m, a, is_result, f, object)
                              : add_whole(m, a, is_result, f, object);
}
