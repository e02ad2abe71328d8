#include "tagger_model.h"

// The compiler takes a file's bytes as they are far sooner than a literal of as many numbers.
static const uint8_t model[] = {
#embed "names.model"
};

const uint8_t *tagger_model(void) {
  return model;
}

uint32_t tagger_model_size(void) {
  return sizeof model;
}
