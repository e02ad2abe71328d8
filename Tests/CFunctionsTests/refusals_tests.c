/// Descriptions that cannot be true, and the sentence that each is refused with.
#include "check.h"
#include "harness.h"
#include "tests.h"

/// A plugin with a good function, to be spoilt.
typedef struct sample {
  dk_value values[2];
  dk_field members[3], own_field;
  dk_argument arguments[70]; ///< the first four are used
  dk_argument result;
  dk_function function, other;
  dk_type type;
  dk_use use;
  dk_method methods[2]; ///< the first is used
  dk_plugin plugin;
  char names[70][16];
} sample;

typedef struct pair {
  int32_t a;
  int32_t b;
  double c;
} pair;

static void is_not_called(void) {}

static dk_status does_nothing(void *self, dk_call *call) {
  (void)self, (void)call;
  return DK_OK;
}

enum { NUMBER = 0, TEXT = 1, STRUCT = 2, ROOM = 3 };

static void make_sample(sample *s) {
  *s = (sample){
      .values = {{"no", NULL, 0}, {"yes", NULL, 1}},
      .members = {DK_FIELD(pair, a, 0, DK_I32, NULL), DK_FIELD(pair, b, 0, DK_I32, NULL),
                  DK_FIELD(pair, c, 0, DK_F64, NULL)},
      .arguments = {DK_ARGUMENT_ENUM(number, DK_VALUE, DK_I32, s->values, NULL),
                    DK_ARGUMENT(text, DK_VALUE, DK_STRING, NULL, NULL),
                    DK_ARGUMENT_STRUCT(pair, DK_VALUE, pair, s->members, NULL),
                    DK_ARGUMENT_TEXT(room, 16, NULL)},
      .result = DK_ARGUMENT(result, DK_VALUE, DK_F64, NULL, NULL),
      .function = DK_FUNCTION(is_not_called, s->arguments, &s->result, 0x10001, 0x10002),
      .other = DK_FUNCTION(is_not_called, s->arguments, &s->result, 0x10003, 0x10004),
      .own_field = {.name = "a", .number = 1, .offset = 32, .kind = DK_I64},
      .use = {0x20000, 40, DK_READ, 0},
      .type = {"cn.example.sky.star", "A star.", 0x20000, 40, &s->own_field, 1,
               sizeof(dk_field)},
      .methods = {{.name = "Look", .function = &s->function},
                  {.name = "Listen", .function = &s->other}},
      .plugin = {.size = sizeof(dk_plugin),
                 .id = "cn.example.sky",
                 .version = "1.0.0",
                 .types = &s->type,
                 .type_count = 1,
                 .type_stride = sizeof(dk_type),
                 .methods = s->methods,
                 .method_count = 1,
                 .method_stride = sizeof(dk_method)}};
  s->function.argument_count = s->other.argument_count = 4;
}

/// Sets `count` numbers as arguments.
static void set_numbers(sample *s, uint32_t count, uint32_t passing) {
  for (uint32_t i = 0; i < count; i++) {
    snprintf(s->names[i], sizeof s->names[i], "n%u", i);
    s->arguments[i] =
        (dk_argument){.name = s->names[i], .kind = DK_I32, .passing = passing};
  }
  s->function.argument_count = count;
}

#define SPOILS(name, ...)                                                                \
  static void name(sample *s) {                                                          \
    __VA_ARGS__;                                                                         \
  }
#define AT(index) s->arguments[index]

// The method.
SPOILS(both, s->methods[0].invoke = does_nothing)
SPOILS(an_extractor, s->methods[0].role = DK_EXTRACTOR)
SPOILS(with_uses, s->methods[0].use_count = 1; s->methods[0].uses = &s->use;
       s->methods[0].use_stride = sizeof s->use)
SPOILS(streaming, s->methods[0].flags = DK_STREAMING)
SPOILS(other_request, s->methods[0].request = 0x20000)
SPOILS(no_method_name, s->methods[0].name = NULL)
SPOILS(bad_method_name, s->methods[0].name = "look_up")
SPOILS(no_id, s->plugin.id = NULL)

// The function.
SPOILS(short_function, s->function.size = 40)
SPOILS(odd_function, s->function.size = 52)
SPOILS(no_address, s->function.address = NULL)
SPOILS(no_arguments, s->function.arguments = NULL)
SPOILS(short_stride, s->function.argument_stride = 64)
SPOILS(odd_stride, s->function.argument_stride = 76)
SPOILS(long_stride, s->function.argument_stride = 65544)
SPOILS(no_stride_for_result, s->function.argument_count = s->function.argument_stride = 0)
SPOILS(too_many_arguments, s->function.argument_count = 127)
SPOILS(too_many_in, set_numbers(s, 64, DK_VALUE))
SPOILS(too_many_out, set_numbers(s, 63, DK_OUT))
SPOILS(reserved_type, s->function.request_type = 0xffff)
SPOILS(same_types, s->function.response_type = 0x10001)
SPOILS(type_of_another, s->function.response_type = 0x20000)
SPOILS(types_of_another, s->plugin.method_count = 2; s->other.response_type = 0x10001)
SPOILS(name_of_another, s->type.name = "cn.example.sky.look_response")
SPOILS(same_method, s->plugin.method_count = 2; s->methods[1].name = "Look")

// Names.
SPOILS(no_name, AT(TEXT).name = NULL)
SPOILS(empty_name, AT(TEXT).name = "")
SPOILS(capital_name, AT(TEXT).name = "Text")
SPOILS(digit_name, AT(TEXT).name = "2nd")
SPOILS(chinese_name, AT(TEXT).name = "文本")
SPOILS(long_name, AT(TEXT).name =
                      "a2345678901234567890123456789012345678901234567890123456789012345")
SPOILS(result_name, s->result.name = "The result")
SPOILS(member_name, s->members[1].name = NULL)
SPOILS(same_names, AT(TEXT).name = "number")
SPOILS(same_joined, AT(TEXT).name = "pair_a")
SPOILS(same_in_json, AT(NUMBER).name = "foo1"; AT(TEXT).name = "foo_1")
SPOILS(same_end_in_json, AT(NUMBER).name = "a_b"; AT(TEXT).name = "a__b_")
SPOILS(same_member_in_json, s->members[0].name = "a_2"; s->members[1].name = "a2")
SPOILS(of_every_row, AT(TEXT).name = "evidence")
SPOILS(of_every_row_in_json, AT(TEXT).name = "document_")
SPOILS(of_every_row_by_pointer, AT(NUMBER).name = "confidence";
       AT(NUMBER).passing = DK_POINTER)
SPOILS(of_every_row_out, AT(ROOM).name = "flags")
SPOILS(of_every_row_as_result, s->result.name = "run")
SPOILS(same_out, AT(ROOM).name = "result")

// Kinds and passings.
SPOILS(no_kind, AT(NUMBER).kind = 0)
SPOILS(span_kind, AT(NUMBER).kind = DK_SPAN)
SPOILS(late_kind, AT(NUMBER).kind = 17)
SPOILS(late_passing, AT(NUMBER).passing = 4)
SPOILS(text_by_pointer, AT(TEXT).passing = DK_POINTER)
SPOILS(text_in_out, AT(ROOM).passing = DK_INOUT)
SPOILS(bytes_out, AT(TEXT).kind = DK_BYTES; AT(TEXT).passing = DK_OUT)
SPOILS(result_out, s->result.passing = DK_OUT)
SPOILS(result_bytes, s->result.kind = DK_BYTES)
SPOILS(result_room, s->result.kind = DK_STRING; s->result.size = 16)
SPOILS(result_span, s->result.kind = DK_REF)
SPOILS(no_room, AT(ROOM).size = 0)
SPOILS(too_much_room, AT(ROOM).size = 65537)
SPOILS(sized_number, AT(NUMBER).size = 4)
SPOILS(number_with_members, AT(NUMBER).members = s->members; AT(NUMBER).member_count = 1)

// Values.
SPOILS(no_values, AT(NUMBER).values = NULL)
SPOILS(values_stride, AT(NUMBER).value_stride = 16)
SPOILS(many_values, AT(NUMBER).value_count = 4097)
SPOILS(values_of_double, AT(NUMBER).kind = DK_F64)
SPOILS(values_of_struct, AT(STRUCT).values = s->values; AT(STRUCT).value_count = 2)
SPOILS(member_values, s->members[2].value_count = 2; s->members[2].values = s->values;
       s->members[2].value_stride = sizeof(dk_value))

// Structs.
SPOILS(no_struct_size, AT(STRUCT).size = 0)
SPOILS(huge_struct, AT(STRUCT).size = 65544)
SPOILS(no_members, AT(STRUCT).member_count = 0)
SPOILS(many_members, AT(STRUCT).member_count = 64)
SPOILS(null_members, AT(STRUCT).members = NULL)
SPOILS(members_stride, AT(STRUCT).member_stride = 56)
SPOILS(text_member, s->members[2].kind = DK_STRING)
SPOILS(struct_member, s->members[2].kind = DK_STRUCT)
SPOILS(overlap, s->members[1].offset = 0)
SPOILS(overlap_by_half, s->members[2].offset = 0)
SPOILS(outside, s->members[2].offset = 16)
SPOILS(far_outside, s->members[2].offset = UINT32_MAX - 7)
SPOILS(misaligned, s->members[1].offset = 6)
SPOILS(odd_struct, AT(STRUCT).size = 20)
SPOILS(left_out, AT(STRUCT).members++; AT(STRUCT).member_count = 2)
SPOILS(left_out_at_end, AT(STRUCT).member_count = 2)
SPOILS(too_large, AT(STRUCT).size = 24)
SPOILS(result_left_out, s->result = AT(STRUCT); s->result.name = "result";
       s->result.member_count = 1; s->result.size = 8; AT(STRUCT).passing = DK_OUT)

typedef struct refusal {
  void (*spoil)(sample *s);
  const char *sentence;
} refusal;

#define LOOK     "cn.example.sky/Look: "
#define OF_ARRAY "set the stride to sizeof"
#define OF_EVERY "which is the name of a field of every row "

static const refusal all[] = {
    {both, LOOK "it has invoke and a function; leave one of them NULL"},
    {an_extractor, LOOK "its role is 1; only a custom method can be a function"},
    {with_uses, LOOK "it has a function, whose rows are its only uses; leave uses empty"},
    {streaming, LOOK "a function gives one row and cannot be streaming"},
    {other_request, LOOK "its function states request and response; leave them 0"},
    {no_method_name, "cn.example.sky: method 1: the name of a method with a function is "
                     "not in UpperCamelCase, of at most 64 letters"},
    {bad_method_name, "cn.example.sky: method 1: the name of a method with a function is "
                      "not in UpperCamelCase, of at most 64 letters"},
    {no_id, "the plugin: its id is NULL or has more than 128 bytes"},

    {short_function,
     LOOK "its dk_function has a size of 40 bytes; set it to sizeof(dk_function)"},
    {odd_function,
     LOOK "its dk_function has a size of 52 bytes; set it to sizeof(dk_function)"},
    {no_address, LOOK "the address of its function is NULL"},
    {no_arguments, LOOK "its arguments number 4, but the array is NULL"},
    {short_stride, LOOK "its arguments are 64 bytes apart; " OF_ARRAY "(dk_argument)"},
    {odd_stride, LOOK "its arguments are 76 bytes apart; " OF_ARRAY "(dk_argument)"},
    {long_stride, LOOK "its arguments are 65544 bytes apart; " OF_ARRAY "(dk_argument)"},
    {no_stride_for_result,
     LOOK "its arguments are 0 bytes apart; " OF_ARRAY "(dk_argument)"},
    {too_many_arguments, LOOK "its arguments number 127; 126 are allowed"},
    {too_many_in, LOOK "argument n63: the request would have more than 63 fields"},
    {too_many_out, LOOK "result result: the response would have more than 63 fields"},
    {reserved_type, LOOK "row type cn.example.sky.look_request has the reserved id "
                         "65535; choose one above 0xffff"},
    {same_types, LOOK "row types cn.example.sky.look_request and "
                      "cn.example.sky.look_response have the same id 0x10001"},
    {type_of_another, LOOK "row types cn.example.sky.star and "
                           "cn.example.sky.look_response have the same id 0x20000"},
    {types_of_another, "cn.example.sky/Listen: row types cn.example.sky.look_request and "
                       "cn.example.sky.listen_response have the same id 0x10001"},
    {name_of_another, LOOK "two row types are called cn.example.sky.look_response"},
    {same_method, LOOK "two row types are called cn.example.sky.look_request"},

    {no_name, LOOK "the name of argument 2 is not in lower_snake_case"},
    {empty_name, LOOK "the name of argument 2 is not in lower_snake_case"},
    {capital_name, LOOK "the name of argument 2 is not in lower_snake_case"},
    {digit_name, LOOK "the name of argument 2 is not in lower_snake_case"},
    {chinese_name, LOOK "the name of argument 2 is not in lower_snake_case"},
    {long_name, LOOK "the name of argument 2 is not in lower_snake_case"},
    {result_name, LOOK "the name of its result is not in lower_snake_case"},
    {member_name, LOOK "argument pair: the name of member 2 is not in lower_snake_case"},
    {same_names, LOOK "argument number: the request would have two fields called number"},
    {same_joined, LOOK "argument pair: the request would have two fields called pair_a"},
    {same_in_json, LOOK "argument foo_1: the request would have fields called foo1 and "
                        "foo_1, which are the same name in JSON; choose another"},
    {same_end_in_json, LOOK "argument a__b_: the request would have fields called a_b "
                            "and a__b_, which are the same name in JSON; choose another"},
    {same_member_in_json,
     LOOK "argument pair: the request would have fields called pair_a_2 and pair_a2, "
          "which are the same name in JSON; choose another"},
    {of_every_row,
     LOOK "argument evidence: the request would have a field called evidence, " OF_EVERY
          "(evidence); choose another"},
    {of_every_row_in_json,
     LOOK "argument document_: the request would have a field called document_, " OF_EVERY
          "(document); choose another"},
    {of_every_row_by_pointer,
     LOOK "argument confidence: the request would have a field called "
          "confidence, " OF_EVERY "(confidence); choose another"},
    {of_every_row_out, LOOK "argument flags: the response would have a field called "
                            "flags, " OF_EVERY "(flags); choose another"},
    {of_every_row_as_result, LOOK "result run: the response would have a field called "
                                  "run, " OF_EVERY "(run); choose another"},
    {same_out, LOOK "result result: the response would have two fields called result"},

    {no_kind, LOOK "argument number: kind 0 cannot be passed; numbers, text, bytes and "
                   "structs can"},
    {span_kind, LOOK "argument number: kind 8 cannot be passed; numbers, text, bytes and "
                     "structs can"},
    {late_kind, LOOK "argument number: kind 17 cannot be passed; numbers, text, bytes "
                     "and structs can"},
    {late_passing, LOOK "argument number: there is no passing 4"},
    {text_by_pointer, LOOK "argument text: text is passed as DK_VALUE or DK_OUT"},
    {text_in_out, LOOK "argument room: text is passed as DK_VALUE or DK_OUT"},
    {bytes_out, LOOK "argument text: bytes are passed as DK_VALUE"},
    {result_out, LOOK "result result: a result is passed as DK_VALUE"},
    {result_bytes,
     LOOK "result result: bytes cannot be a result: nothing says how many they are"},
    {result_room, LOOK "result result: its size is 16; only a struct and text that goes "
                       "out have one"},
    {result_span, LOOK "result result: kind 9 cannot be passed; numbers, text, bytes and "
                       "structs can"},
    {no_room,
     LOOK "argument room: its size is the room for text, 1 to 65536 bytes; it is 0"},
    {too_much_room,
     LOOK "argument room: its size is the room for text, 1 to 65536 bytes; it is 65537"},
    {sized_number, LOOK "argument number: its size is 4; only a struct and text that "
                        "goes out have one"},
    {number_with_members, LOOK "argument number: only a struct has members"},

    {no_values,
     LOOK "argument number: its values of number number 2, but the array is NULL"},
    {values_stride, LOOK "argument number: its values of number are 16 bytes "
                         "apart; " OF_ARRAY "(dk_value)"},
    {many_values,
     LOOK "argument number: its values of number number 4097; 4096 are allowed"},
    {values_of_double, LOOK "argument number: only whole numbers have named values"},
    {values_of_struct,
     LOOK "argument pair: a struct has no named values; its members may have"},
    {member_values, LOOK "argument pair: only whole numbers have named values"},

    {no_struct_size,
     LOOK "argument pair: its struct has 0 bytes; set the size to sizeof the struct"},
    {huge_struct,
     LOOK "argument pair: its struct has 65544 bytes; set the size to sizeof the struct"},
    {no_members, LOOK "argument pair: its struct has no members"},
    {many_members, LOOK "argument pair: its members number 64; 63 are allowed"},
    {null_members, LOOK "argument pair: its members number 3, but the array is NULL"},
    {members_stride,
     LOOK "argument pair: its members are 56 bytes apart; " OF_ARRAY "(dk_field)"},
    {text_member, LOOK "argument pair: member c has kind 6; only numbers can be members"},
    {struct_member,
     LOOK "argument pair: member c has kind 16; only numbers can be members"},
    {overlap, LOOK "argument pair: members a and b overlap"},
    {overlap_by_half, LOOK "argument pair: members a and c overlap"},
    {outside, LOOK "argument pair: member c at offset 16 lies outside of the struct"},
    {far_outside,
     LOOK "argument pair: member c at offset 4294967288 lies outside of the struct"},
    {misaligned,
     LOOK "argument pair: member b at offset 6 of a struct of 16 bytes is not "
          "aligned"},
    {odd_struct,
     LOOK "argument pair: member c at offset 8 of a struct of 20 bytes is not "
          "aligned"},
    {left_out, LOOK "argument pair: its members leave out a part of the struct, which is "
                    "passed by value; describe all of them"},
    {left_out_at_end, LOOK "argument pair: its members leave out a part of the struct, "
                           "which is passed by value; describe all of them"},
    {too_large,
     LOOK "argument pair: its members leave out a part of the struct, which is "
          "passed by value; describe all of them"},
    {result_left_out, LOOK "result result: its members leave out a part of the struct, "
                           "which is passed by value; describe all of them"},
};

static void spoilt(void) {
  for (uint32_t i = 0; i < DK_COUNT(all); i++) {
    CASE(all[i].sentence);
    sample s;
    make_sample(&s);
    all[i].spoil(&s);
    char message[DKR_MESSAGE_MAX] = "";
    const dk_plugin *adopted = NULL;
    CHECK(dkr_adopt(&s.plugin, &adopted, message) == DK_INVALID_ARGUMENT);
    CHECK(adopted == &s.plugin && strcmp(message, all[i].sentence) == 0);
    if (strcmp(message, all[i].sentence) != 0)
      fprintf(stderr, "  %s\n", message);
  }
}

static void unspoilt(void) {
  CASE("what they spoil is good before");
  sample s;
  make_sample(&s);
  s.plugin.method_count = 2;
  char message[DKR_MESSAGE_MAX];
  CHECK(adopt(&s.plugin, message) != NULL && message[0] == 0);
  CASE("a member that is left out of a struct's padding, which cannot be seen");
  make_sample(&s);
  s.members[1] = s.members[2];
  s.arguments[STRUCT].member_count = 2;
  CHECK(adopt(&s.plugin, message) != NULL);
  CASE("names that differ in JSON");
  make_sample(&s);
  s.arguments[NUMBER].name = "foo_a";
  s.arguments[TEXT].name = "fooa";
  s.arguments[STRUCT].name = "run";
  s.arguments[ROOM].name = "flags_of";
  CHECK(adopt(&s.plugin, message) != NULL);
  CASE("the most fields there can be");
  make_sample(&s);
  set_numbers(&s, 63, DK_INOUT);
  s.function.result = NULL;
  CHECK(adopt(&s.plugin, message) != NULL);
}

counts test_refusals(void) {
  unspoilt();
  spoilt();
  return (counts){passed, failed};
}
