/// How a verb of signing is meant: as done, as to be done, or as neither.
#ifndef AGREEMENTS_MOOD_H
#define AGREEMENTS_MOOD_H

#include "text.h"

typedef enum mood {
  MOOD_DONE,    ///< 双方签署
  MOOD_PLANNED, ///< 将签署, 应于6月30日前签署
  MOOD_UNSAID,  ///< 未签署, 如双方签署, 推迟签署: neither is known
} mood;

/// What the words of its sentence from `start` on, and those right behind, say of `verb`, which signs
/// `titles`: one, or a list up to one of them.
mood mood_of(text t, uint32_t start, range verb, range titles);

#endif
