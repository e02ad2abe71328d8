/// Who signs: the agencies named before the verb that stands before a title.
#ifndef AGREEMENTS_PARTIES_H
#define AGREEMENTS_PARTIES_H

#include "duikou.h"
#include "names.h"
#include "text.h"

enum { PARTIES_MAX = 16 };

typedef struct parties {
  dk_ref entity[PARTIES_MAX];
  uint32_t count;
} parties;

/// The verb of signing right before `list`, where a title's list begins, and not before `start`, as
/// in 签署了《甲》和《乙》; 0 when there is none.
int signing_verb(text t, uint32_t start, uint32_t list, range *verb);

/// Finds the parties named before `verb` and not before `start`, first named first.
void find_parties(text t, uint32_t start, range verb, const names *names, parties *found);

/// Whether the clause of `verb`, which does not begin before `start`, says that two do it whose names end as those of firms
/// and schools do, or that are `names`: 首旅集团与阿拉善盟行政公署在北京签署.
int is_between_bodies(text t, uint32_t start, range verb, const names *names);

/// Finds the last two names in a part of the text that 与, a dash or a blank joins; with `is_loose`, also those that
/// words such as 带队到 do. Returns where they end, or 0.
uint32_t find_pair(text t, range in, const names *names, int is_loose, parties *found);

#endif
