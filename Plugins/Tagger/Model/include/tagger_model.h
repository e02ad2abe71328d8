/// The model that comes with the plugin, as `duikou train tagger` wrote it.
#ifndef TAGGER_MODEL_H
#define TAGGER_MODEL_H

#include <stdint.h>

/// Lives as long as the library.
const uint8_t *tagger_model(void);

/// Bytes of the model.
uint32_t tagger_model_size(void);

#endif
