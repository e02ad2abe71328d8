#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
  return fuzz_reader("Html", "text/html", bytes, len);
}
