#include "terms.h"
#include "numerals.h"

#include <stdio.h>

/// Bytes behind a title in which its term is looked for, and before it.
enum { BEHIND = 300, BEFORE = 45 };

static const char *const lasting[] = {"为期", "為期", NULL};
/// What a term stands behind, wherever it is,
static const char *const heads[] = {
    "协议期限",     "协议期",     "协议有效期", "協議期限",
    "協議期",       "協議有效期", "合作期限",   "合作期",
    "协作期限",     "协作期",     "協作期限",   "協作期",
    "合同期限",     "合同期",     "合同有效期", "备忘录有效期",
    "備忘錄有效期", "帮扶期限",   "幫扶期限",   "结对期限",
    "結對期限",     NULL};
/// and right behind a title, or a comma or bracket there.
static const char *const bare_heads[] = {"有效期限", "有效期", "期限", NULL};
static const char *const links[] = {"为",
                                    "為",
                                    "是",
                                    "：",
                                    ":",
                                    "共",
                                    "自签订之日起",
                                    "自签署之日起",
                                    "自签字之日起",
                                    "自生效之日起",
                                    "自簽訂之日起",
                                    "自簽署之日起",
                                    "自",
                                    "从",
                                    "從",
                                    " ",
                                    NULL};
enum { LINKS_MAX = 4 };

static const char *const breaks[] = {"，", ",", "。", "；", ";",  "、",
                                     "）", ")", "（", "(",  "》", NULL};
static const char *const sentence_ends[] = {"。", "！", "？", NULL};

static const char *written(uint32_t months, char *buffer) {
  if (months % 12 == 0)
    snprintf(buffer, TERM_SIZE, "P%uY", months / 12);
  else
    snprintf(buffer, TERM_SIZE, "P%uM", months);
  return buffer;
}

/// The term of 《…（2022—2026年）》; NULL when the title has none of that kind.
static const char *term_of_period(text t, range title, char *buffer) {
  uint32_t months;
  for (uint32_t at = title.start; at < title.end; at += char_len(t, at))
    if (period_at(t, at, title.end, &months))
      return written(months, buffer);
  return NULL;
}

/// Whether a numeral that ends at `at` goes on with what stands there: 二〇二 of 二〇二三年, 三 of 三十年.
static int goes_on_with(text t, uint32_t start, uint32_t at) {
  static const char *const numerals[] = {"一", "二", "三", "四", "五", "六",
                                         "七", "八", "九", "十", "百", "千",
                                         "零", "〇", "○",  "两", "第", NULL};
  for (const char *const *numeral = numerals; *numeral; numeral++)
    if (ends_at(t, start, at, *numeral))
      return 1;
  return at > start && t.bytes[at - 1] >= '0' && t.bytes[at - 1] <= '9';
}

const char *term_of(text t, range title, char *buffer) {
  static const char *const digits[] = {"一", "二", "三", "四", "五",
                                       "六", "七", "八", "九", "十"};
  for (uint32_t at = title.start; at < title.end; at += char_len(t, at)) {
    for (uint32_t i = 0; i < DK_COUNT(digits); i++) {
      if (stands_at(t, at, title.end, digits[i]) &&
          stands_at(t, at + 3, title.end, "年") && !goes_on_with(t, title.start, at))
        return written(12 * (i + 1), buffer);
    }
  }
  return term_of_period(t, title, buffer);
}

/// Reads 为期三年的 before a title; returns its bytes, 0 for none.
static uint32_t lasting_before(text t, uint32_t title, uint32_t *months) {
  uint32_t start = char_start(t, title > BEFORE ? title - BEFORE : 0);
  range word;
  if (!find_last(t, (range){start, title}, lasting, &word))
    return 0;
  uint32_t len = duration_at(t, word.end, title, months), end = word.end + len;
  return len && title - end == 3 && stands_at(t, end, title, "的") ? title - word.start
                                                                   : 0;
}

uint32_t lasting_start(text t, uint32_t title) {
  uint32_t months;
  return title - lasting_before(t, title, &months);
}

/// 《…》，为期三年。: its months, or 0.
static uint32_t months_of_lasting(text t, uint32_t at, uint32_t end) {
  uint32_t months;
  at += any_at(t, at, end, breaks);
  uint32_t word = any_at(t, at, end, lasting);
  uint32_t len = word ? duration_at(t, at + word, end, &months) : 0;
  at += word + len;
  return len && (at == t.len || t.bytes[at] == '\n' || any_at(t, at, t.len, breaks))
             ? months
             : 0;
}

/// What makes no term of years before it: 有效期三年的年卡, 一年一签.
static const char *const others[] = {"的",   "一",   "内", "以上", "以下", "以内",
                                     "左右", "之内", "前", "后",   "来",   NULL};

/// What stands behind the head of a term: its months, or 0.
static uint32_t months_behind(text t, uint32_t at, uint32_t end) {
  uint32_t months, len;
  for (int i = 0; i < LINKS_MAX && (len = any_at(t, at, end, links)); i++)
    at += len;
  len = period_at(t, at, end, &months);
  if (!len)
    len = duration_at(t, at, end, &months);
  return len && !any_at(t, at + len, end, others) ? months : 0;
}

/// Whether something else is signed at `at`, which is not 自签订之日起.
static int is_next_signing(text t, uint32_t at) {
  static const char *const verbs[] = {"签署", "簽署", "签订", "簽訂",
                                      "续签", "續簽", NULL};
  static const char *const froms[] = {"之日", "日", "后", "生效", NULL};
  uint32_t len = any_at(t, at, t.len, verbs);
  return len && !any_at(t, at + len, t.len, froms);
}

/// Where the words of a title end: at the next title or signing, the end of the paragraph or of the sentence behind
/// its own.
static uint32_t words_end(text t, uint32_t start) {
  uint32_t at = start, ends = 0;
  while (at < t.len && at - start < BEHIND && t.bytes[at] != '\n' &&
         !stands_at(t, at, t.len, "《") && !is_next_signing(t, at)) {
    ends += any_at(t, at, t.len, sentence_ends) ? 1 : 0;
    at += char_len(t, at);
    if (ends == 2)
      break;
  }
  return at < t.len ? at : t.len;
}

/// The months that a head of a term between `start` and `end` gives, which is the first there and, unless
/// `anywhere`, right at `start`; or 0.
static uint32_t months_of_heads(text t, uint32_t start, uint32_t end, int anywhere) {
  static const char *const opens[] = {"，", ",", "（", "(", NULL};
  uint32_t bare = start + any_at(t, start, end, opens);
  for (uint32_t at = start; at < end && (anywhere || at == start);
       at += char_len(t, at)) {
    uint32_t head = any_at(t, at, end, heads);
    if (!head && (at == start || at == bare))
      head = any_at(t, at, end, bare_heads);
    uint32_t months = head ? months_behind(t, at + head, end) : 0;
    if (months)
      return months;
  }
  return 0;
}

/// Whether a title stands in a list, of which no one knows whose term follows.
static int is_listed(text t, const entry *e, uint32_t end) {
  static const char *const joints[] = {"和《", "及《", "以及《", "、《",
                                       "与《", "與《", "《",     NULL};
  return e->list.start != e->at.start - e->marks || any_at(t, end, t.len, joints);
}

const char *term_near(text t, const entry *e, int is_signed, char *buffer) {
  uint32_t start = e->at.end + e->marks;
  if (is_listed(t, e, start))
    return NULL;
  uint32_t months = 0, end = words_end(t, start);
  if (!lasting_before(t, e->at.start - e->marks, &months) && is_signed)
    months = months_of_lasting(t, start, end);
  if (!months)
    months = months_of_heads(t, start, end, is_signed);
  return months ? written(months, buffer) : NULL;
}
