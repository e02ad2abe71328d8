#include "parties.h"

enum { VERB_TO_TITLE = 24, PARTY_TO_VERB = 48, PARTY_TO_PARTY = 90 };

static const char *const verbs[] = {"签署", "簽署", "签订", "簽訂", "签定", "签约",
                                    "簽約", "缔结", "达成", "達成", "订立", NULL};
static const char *const stops[] = {"。", "！", "？", "；", ";", "，", ",", "\n", NULL};
static const char *const joints[] = {"与", "與", "和", "同",   "跟",   "及", "以及",
                                     "、", ",",  "，", "分别", "分別", NULL};

/// The start of a list of titles: goes back over 》和《 to the first one.
static uint32_t list_start(text t, range title) {
  static const char *const closes[] = {"》", NULL};
  static const char *const opens[] = {"《", NULL};
  static const char *const between[] = {"和", "及", "以及", "、", "与", "與", NULL};
  uint32_t start = title.start - 3;
  for (;;) {
    uint32_t from = start > 9 ? start - 9 : 0;
    range close, open;
    if (!find_last(t, (range){from, start}, closes, &close))
      return start;
    if (close.end != start && !any_at(t, close.end, start, between))
      return start;
    if (!find_last(t, (range){sentence_start(t, close.start), close.start}, opens, &open))
      return start;
    start = open.start;
  }
}

int signing_verb(text t, range title, range *verb) {
  uint32_t end = list_start(t, title);
  uint32_t start = sentence_start(t, end);
  if (end - start > VERB_TO_TITLE)
    start = end - VERB_TO_TITLE;
  return find_last(t, (range){start, end}, verbs, verb) &&
         !contains(t, (range){verb->end, end}, stops);
}

static int is_joint(text t, range gap) {
  uint32_t at = gap.start;
  while (at < gap.end) {
    uint32_t len = any_at(t, at, gap.end, joints);
    if (!len)
      return 0;
    at += len;
  }
  return 1;
}

static int is_inside(range inner, range outer) {
  return inner.start >= outer.start && inner.end <= outer.end &&
         range_len(inner) < range_len(outer);
}

/// Whether a place is only a part of an agency's name.
static int is_part(const named *names, uint32_t count, uint32_t index) {
  for (uint32_t i = 0; i < count; i++)
    if (names[index].entity.type == DK_PLACE && names[i].entity.type == DK_AGENCY &&
        (is_inside(names[index].at, names[i].at) ||
         (names[i].at.start == names[index].at.start &&
          names[i].at.end == names[index].at.end)))
      return 1;
  return 0;
}

/// The name that ends last at or before `end` and not before `start`, the shortest of those that end
/// there; -1 when there is none.
static int64_t last_before(const named *names, uint32_t count, uint32_t start,
                           uint32_t end) {
  int64_t best = -1;
  for (uint32_t i = 0; i < count; i++) {
    if (names[i].at.start < start || names[i].at.end > end || is_part(names, count, i))
      continue;
    if (best < 0 || names[i].at.end > names[best].at.end ||
        (names[i].at.end == names[best].at.end &&
         names[i].at.start > names[best].at.start))
      best = i;
  }
  return best;
}

static void add(parties *found, dk_ref entity) {
  for (uint32_t i = 0; i < found->count; i++)
    if (found->entity[i].type == entity.type && found->entity[i].row == entity.row)
      return;
  if (found->count < PARTIES_MAX)
    found->entity[found->count++] = entity;
}

static void reverse(parties *found) {
  for (uint32_t i = 0; i < found->count / 2; i++) {
    dk_ref other = found->entity[found->count - 1 - i];
    found->entity[found->count - 1 - i] = found->entity[i];
    found->entity[i] = other;
  }
}

/// Whether a place is where it happened, as in 在北京签订.
static int is_location(text t, uint32_t start, const named *name) {
  static const char *const words[] = {"在", "于", "於"};
  for (uint32_t i = 0; name->entity.type == DK_PLACE && i < DK_COUNT(words); i++)
    if (ends_at(t, start, name->at.start, words[i]))
      return 1;
  return 0;
}

/// The index of the first name that starts at or behind `offset`.
static uint32_t first_from(const named *names, uint32_t count, uint32_t offset) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (names[middle].at.start < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void find_parties(text t, range verb, const named *names, uint32_t count,
                  parties *found) {
  uint32_t start = sentence_start(t, verb.start);
  uint32_t at = verb.start;
  found->count = 0;
  uint32_t first = first_from(names, count, start);
  count = first_from(names, count, verb.start) - first;
  names += first;
  for (;;) {
    int64_t index = last_before(names, count, start, at);
    if (index < 0)
      break;
    const named *name = &names[index];
    range gap = {name->at.end, at};
    // Between the last party and the verb: 共同, 在北京, 正式. Between parties: 与, 和, or, before
    // 与乙签署, what the first party does in between.
    int fits = found->count == 0
                   ? range_len(gap) <= PARTY_TO_VERB && !contains(t, gap, stops)
               : found->count == 1
                   ? is_joint(t, gap) || (range_len(gap) <= PARTY_TO_PARTY &&
                                          (ends_at(t, gap.start, gap.end, "与") ||
                                           ends_at(t, gap.start, gap.end, "與") ||
                                           ends_at(t, gap.start, gap.end, "同")))
                   : is_joint(t, gap);
    if (!fits)
      break;
    at = name->at.start;
    if (found->count == 0 && is_location(t, start, name))
      continue;
    add(found, name->entity);
    // What is elided is marked over the whole of 北京市与内蒙古自治区政府.
    for (uint32_t i = 0; i < count; i++)
      if (names[i].entity.type == DK_AGENCY && is_inside(name->at, names[i].at))
        add(found, names[i].entity);
  }
  if (found->count == 1 && found->entity[0].type == DK_PLACE)
    found->count = 0;
  reverse(found);
}
