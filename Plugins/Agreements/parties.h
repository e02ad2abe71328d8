/// Who signs: the agencies named before the verb that stands before a title.
#ifndef AGREEMENTS_PARTIES_H
#define AGREEMENTS_PARTIES_H

#include "duikou.h"
#include "text.h"

enum { PARTIES_MAX = 16 };

/// An agency or a place named in the document.
typedef struct named {
  range at;
  dk_ref entity;
} named;

typedef struct parties {
  dk_ref entity[PARTIES_MAX];
  uint32_t count;
} parties;

/// The verb of signing right before `title` (the bytes within 《》), as in 签署了《…》; 0 when there is
/// none. A title behind another one shares its verb: 签署了《甲》和《乙》.
int signing_verb(text t, range title, range *verb);

/// Finds the parties named before `verb`, first named first. `names` are in the order of the text.
void find_parties(text t, range verb, const named *names, uint32_t count, parties *found);

#endif
