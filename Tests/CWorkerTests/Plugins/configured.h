/// The configuration of configured.c, which its test hands it.
#ifndef WORKER_TESTS_CONFIGURED_H
#define WORKER_TESTS_CONFIGURED_H

#include "duikou.h"

enum { CONFIGURED_TYPE = 0x10000 };

typedef struct configured {
  dk_row row;
  dk_str name;
  uint32_t number;
  uint32_t reserved;
} configured;

#endif
