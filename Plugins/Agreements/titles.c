#include "titles.h"

#include <stdio.h>

enum { LONGEST_TITLE = 300 };

/// What a title of an agreement ends with, in both scripts.
static const char *const kinds[] = {
    "协议",   "協議",   "协议书", "協議書", "协定", "協定", "备忘录", "備忘錄",
    "意向书", "意向書", "宣言",   "合同",   "契约", "公约", "约定书", NULL};

/// The end of the title whose 《 ends at `start`; 0 when it does not end in time.
static uint32_t title_end(text t, uint32_t start) {
  uint32_t depth = 1;
  for (uint32_t at = start; at < t.len && at - start < LONGEST_TITLE;
       at += char_len(t, at)) {
    if (t.bytes[at] == '\n')
      return 0;
    if (stands_at(t, at, t.len, "《") && ++depth > TITLES_NESTED_MAX)
      return 0;
    if (stands_at(t, at, t.len, "》") && --depth == 0)
      return at;
  }
  return 0;
}

/// The title without a note in brackets at its end, such as （2018—2020年）.
static uint32_t without_note(text t, range title) {
  static const char *const opens[] = {"（", "(", NULL};
  range open;
  int has_note =
      ends_at(t, title.start, title.end, "）") || ends_at(t, title.start, title.end, ")");
  return has_note && find_last(t, title, opens, &open) ? open.start : title.end;
}

static int is_agreement(text t, range title) {
  uint32_t end = without_note(t, title);
  for (const char *const *kind = kinds; *kind; kind++)
    if (ends_at(t, title.start, end, *kind))
      return 1;
  return 0;
}

int next_title(text t, uint32_t *at, title *found) {
  while (*at < t.len) {
    if (!stands_at(t, *at, t.len, "《")) {
      *at += char_len(t, *at);
      continue;
    }
    uint32_t start = *at + 3, end = title_end(t, start);
    *at = start;
    if (!end)
      continue;
    *found = (title){.at = {start, end}};
    found->is_agreement = is_agreement(t, found->at);
    if (found->is_agreement)
      *at = end + 3;
    return 1;
  }
  return 0;
}

uint32_t normalise(text t, range title, char *to) {
  static const char *const dropped[] = {" ", "\t", "　", "(",  ")", "（", "）",
                                        "“", "”",  "\"", "—",  "-", "·",  "、",
                                        ",", "，", "《", "》", ":", "：", NULL};
  uint32_t len = 0;
  for (uint32_t at = title.start; at < title.end;) {
    uint32_t skip = any_at(t, at, title.end, dropped);
    uint32_t size = char_len(t, at);
    if (!skip) {
      memcpy(to + len, t.bytes + at, size);
      len += size;
    }
    at += skip ? skip : size;
  }
  return len;
}

const char *term_of(text t, range title, char *buffer) {
  static const char *const digits[] = {"一", "二", "三", "四", "五",
                                       "六", "七", "八", "九", "十"};
  for (uint32_t at = title.start; at < title.end; at += char_len(t, at)) {
    for (uint32_t i = 0; i < DK_COUNT(digits); i++) {
      if (stands_at(t, at, title.end, digits[i]) &&
          stands_at(t, at + 3, title.end, "年") && !ends_at(t, title.start, at, "第") &&
          !ends_at(t, title.start, at, "十")) {
        snprintf(buffer, 8, "P%uY", i + 1);
        return buffer;
      }
    }
  }
  return NULL;
}
