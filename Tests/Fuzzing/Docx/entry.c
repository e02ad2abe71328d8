#include "parts.h"

static const char *const names[] = {
    "word/document.xml",
    "word/styles.xml",
    "word/footnotes.xml",
    "word/header1.xml",
    "word/_rels/document.xml.rels",
    "docProps/core.xml",
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
  return fuzz_parts("Docx", names, sizeof names / sizeof *names, bytes, len);
}
