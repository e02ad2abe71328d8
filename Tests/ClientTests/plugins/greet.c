/// Comes and goes: says which version of it answers.
#include "plugin.h"

#ifndef VERSION
#define VERSION "1.0.0"
#endif

enum { NOTHING = 0x76ee7001, GREETING = 0x76ee7002 };

typedef struct greeting {
  dk_row row;
  dk_str version;
} greeting;

static const dk_field fields[] = {
    DK_FIELD(greeting, version, 1, DK_STRING, "Of the plugin.")};
static const dk_type types[] = {
    TYPE("cn.example.greet.nothing", NOTHING, greeting, fields),
    TYPE("cn.example.greet.greeting", GREETING, greeting, fields)};

static dk_status greet(void *self, dk_call *call) {
  (void)self;
  greeting *greeting = response_row(call);
  if (!greeting)
    return DK_RESOURCE_EXHAUSTED;
  greeting->version = call->intern(call, VERSION, sizeof VERSION - 1);
  return DK_OK;
}

USES(uses, greeting, NOTHING, greeting, GREETING);
static const dk_method methods[] = {METHOD("Greet", 0, uses, NOTHING, GREETING, greet)};

PLUGIN("cn.example.greet", VERSION)
