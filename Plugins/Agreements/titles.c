#include "titles.h"

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

/// What else is an agreement right behind a verb of signing.
static const char *const signed_kinds[] = {"计划",   "計劃",   "规划",   "方案", "清单",
                                           "责任书", "承诺书", "协作书", "纪要", NULL};

/// What a title without 《》 stands behind, and what such words are followed by when it begins.
static const char *const signing[] = {"签署", "簽署", "签订", "簽訂", "签定",
                                      "续签", "續簽", "签了", NULL};
/// Whether a title is that of a plan or the like that is signed: 签署《文旅协作三年行动计划》.
static int is_signed_paper(text t, uint32_t open, range title) {
  uint32_t end = ends_at(t, 0, open, "了") ? open - 3 : open;
  return any_ends_at(t, 0, end, signing) &&
         !stands_at(t, title.start, title.end, "关于") &&
         !contains(t, title, (const char *const[]){"《", NULL}) &&
         any_ends_at(t, title.start, without_note(t, title), signed_kinds);
}

/// What it does not hold: it would be a description.
static const char *const describing[] = {"的",   "多项", "多項", "多个", "一系列", "相关",
                                         "相關", "有关", "有關", "一批", "该",     "上述",
                                         "本",   "这",   "這",   "份",   NULL};
/// What may stand right behind it.
static const char *const following[] = {"后", "後", "以来", "以來", "等",
                                        "时", "和", "及",   "与",   NULL};
static const char *const boundaries[] = {"，", ",",  "。", "；", ";",  "、", "：",
                                         ":",  "！", "？", "《", "》", "（", "(",
                                         "）", ")",  "\n", " ",  "　", NULL};
enum { SHORTEST_BARE = 15, SHORTEST_GENERIC = 6, LONGEST_BARE = 120 };

/// Whether what stands before the kind of an agreement makes a title: not 合作框架协议.
static int is_specific(text t, range own) {
  static const char *const general[] = {
      "合作", "战略", "戰略", "框架", "协作", "協作", "帮扶", "幫扶", "友好", "旅游",
      "旅遊", "共建", "项目", "項目", "两",   "了",   "结对", "對口", "对口", "支援",
      "采购", "购销", "供销", "投资", "意向", "服务", "联建", "补充", NULL};
  uint32_t specific = 0;
  for (uint32_t at = own.start; at < own.end;) {
    uint32_t len = any_at(t, at, own.end, general);
    uint32_t size = char_len(t, at);
    specific += len ? 0 : size;
    at += len ? len : size;
  }
  return specific >= 6;
}

/// Whether a title may begin at `start`: with a character, or a year.
static int is_start(text t, uint32_t start) {
  unsigned char first = start < t.len ? (unsigned char)t.bytes[start] : 0;
  return first >= 0x80 || (first == '2' && stands_at(t, start + 4, t.len, "年"));
}

/// Whether what ends at `end` is such as is told of without its title; a contract is of any kind.
static int is_generic_kind(text t, uint32_t start, uint32_t end) {
  static const char *const told[] = {"协议",   "協議",   "协议书", "協議書",
                                     "备忘录", "備忘錄", NULL};
  return any_ends_at(t, start, end, told);
}

/// The end of a title without 《》 that begins at `start`; 0 where none does.
static uint32_t bare_end(text t, uint32_t start, int *is_generic) {
  if (!is_start(t, start))
    return 0;
  for (uint32_t at = start; at < t.len && at - start < LONGEST_BARE;) {
    uint32_t kind = any_at(t, at, t.len, kinds);
    if (any_at(t, at, t.len, boundaries) || any_at(t, at, t.len, describing))
      return 0;
    uint32_t end = at + kind;
    if (kind && stands_at(t, end, t.len, "书"))
      end += 3;
    if (kind && (end >= t.len || any_at(t, end, t.len, boundaries) ||
                 any_at(t, end, t.len, following))) {
      *is_generic = at - start < SHORTEST_BARE || !is_specific(t, (range){start, at});
      int is_told = at - start >= SHORTEST_GENERIC && is_generic_kind(t, start, end);
      return *is_generic && !is_told ? 0 : end;
    }
    at += char_len(t, at);
  }
  return 0;
}

/// Reads a title without 《》 behind the verb that stands at `*at`.
static int bare_title(text t, uint32_t *at, title *found) {
  uint32_t start = *at + any_at(t, *at, t.len, signing);
  if (stands_at(t, start, t.len, "了"))
    start += 3;
  int is_generic = 0;
  uint32_t end = bare_end(t, start, &is_generic);
  if (!end)
    return 0;
  *found = (title){.at = {start, end}, .is_agreement = 1, .is_generic = is_generic};
  *at = end;
  return 1;
}

int next_title(text t, uint32_t *at, title *found) {
  while (*at < t.len) {
    if (!stands_at(t, *at, t.len, "《")) {
      if (any_at(t, *at, t.len, signing) && bare_title(t, at, found))
        return 1;
      *at += char_len(t, *at);
      continue;
    }
    uint32_t start = *at + 3, end = title_end(t, start);
    *at = start;
    if (!end)
      continue;
    *found = (title){.at = {start, end}, .marks = 3};
    found->is_agreement =
        is_agreement(t, found->at) || is_signed_paper(t, *at - 3, found->at);
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
