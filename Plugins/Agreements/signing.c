#include "signing.h"
#include "numerals.h"

/// Bytes before a verb in which its day is looked for, and days before it that may say the year of
/// another one; bytes behind a title in which its verb is looked for.
enum { REACH = 450, EARLIER = 64, BEHIND = 60 };

static const char *const attributes[] = {"的", NULL};
static const char *const boundaries[] = {"，", ",",  "。", "；", ";",  "：", ":", "！",
                                         "？", "、", " ",  "　", "\n", "）", ")", NULL};
/// What makes something else of a day than the one on which something happens.
static const char *const relations[] = {"前", "后", "後", "之", "以", "起", "至", "到",
                                        "—",  "-",  "－", "~",  "～", "、", "和", NULL};
/// What says between a day and a verb that it was done on another day, and right before the verb.
static const char *const earlier_times[] = {"此前", "早在", "去年", "前年", NULL};
/// What says between them that the day is that of the news.
static const char *const reports[] = {"获悉",   "獲悉", "据悉",   "據悉",
                                      "记者",   "記者", "据介绍", "据了解",
                                      "据报道", "报道", "透露",   NULL};
static const char *const done_before[] = {"已", "已经", "已經", "曾", NULL};
/// What stands behind a day in a clause of its own.
static const char *const parts_of_day[] = {"上午", "下午", "晚上", "晚",   "当天",
                                           "中午", "晚间", "早上", "當天", "当日",
                                           "當日", "早",   NULL};
static const char *const ends[] = {"；", ";", "！", "？", "。", NULL};

/// Whether a character that stands right before `at` is one of `words`, or nothing stands there.
static int follows(text t, uint32_t start, uint32_t at, const char *const *words) {
  return at == start || any_ends_at(t, start, at, words);
}

/// Where the clause of `at` ends, at `limit` at the latest.
static uint32_t clause_end(text t, uint32_t at, uint32_t limit) {
  static const char *const commas[] = {"，", ",", NULL};
  while (at < limit && !any_at(t, at, limit, commas))
    at += char_len(t, at);
  return at < limit ? at : limit;
}

/// The bytes of an hour at `at`: 3时, 10点30分.
static uint32_t hour_at(text t, uint32_t at, uint32_t end) {
  static const char *const units[] = {"时", "時", "点", "點", "分",
                                      "半", ":",  "：", NULL};
  uint32_t value, len = number_at(t, at, end, &value);
  if (!len)
    return stands_at(t, at, end, "半") ? 3 : 0;
  return len + any_at(t, at + len, end, units);
}

/// The bytes of the weekday at `at`, with its brackets: （星期三）.
static uint32_t weekday_at(text t, uint32_t at, uint32_t end) {
  static const char *const opens[] = {"（", "(", NULL}, *const closes[] = {"）", ")",
                                                                           NULL};
  static const char *const days[] = {"星期", "周", "週", NULL};
  uint32_t open = any_at(t, at, end, opens), week = any_at(t, at + open, end, days);
  if (!week || at + open + week >= end)
    return 0;
  uint32_t len = open + week + char_len(t, at + open + week);
  return len + any_at(t, at + len, end, closes);
}

/// The bytes of what says more of a day behind it: （星期三）下午3时.
static uint32_t moment_at(text t, uint32_t at, uint32_t end) {
  uint32_t start = at, len;
  do {
    len = any_at(t, at, end, parts_of_day);
    len = len ? len : weekday_at(t, at, end);
    len = len ? len : hour_at(t, at, end);
    at += len;
  } while (len);
  return at - start;
}

/// Whether the clause of a day, which ends at `day`, says what else happened then: 3月5日印发方案后，.
static int has_other_verb(text t, uint32_t day, uint32_t verb) {
  uint32_t end = clause_end(t, day, verb);
  return end < verb && day + moment_at(t, day, end) != end;
}

static int is_attribute(text t, uint32_t day, uint32_t verb) {
  return contains(t, (range){day, clause_end(t, day, verb)}, attributes);
}

/// Whether a day is the one of the verb: 2018年7月4日，双方签署, but not 3月5日前 or 5月1日成立的.
static int is_of_verb(text t, uint32_t start, range day, range verb, uint32_t list) {
  static const char *const at_day[] = {"于", "於", "在", NULL};
  static const char *const of_basis[] = {"根据", "按照", "依据", "落实", "履行", NULL};
  int is_attributive = contains(t, (range){verb.end, list}, attributes);
  int is_behind = day.start > start && follows(t, start, day.start, at_day);
  int is_basis = is_attributive && follows(t, start, day.start, of_basis);
  if (!is_behind && !is_basis && !follows(t, start, day.start, boundaries))
    return 0;
  if (any_at(t, day.end, verb.start, relations))
    return 0;
  // 7月4日，为落实双方签署的《…》 speaks of another day; 7月4日签署的《…》 of this one.
  if (is_attributive)
    return day.end == verb.start;
  int is_earlier = contains(t, (range){day.end, verb.start}, earlier_times) ||
                   (day.end < verb.start && follows(t, day.end, verb.start, done_before));
  return !is_earlier && !contains(t, (range){day.end, verb.start}, reports) &&
         !has_other_verb(t, day.end, verb.start) && !is_attribute(t, day.end, verb.start);
}

/// The day of a month and day that a date before `at` has, found from the nearest on.
static int earlier(const dates *dates, uint32_t at, day written, int32_t *days) {
  uint32_t next = first_beginning_from(dates, at);
  for (uint32_t left = EARLIER; next > 0 && left > 0; left--) {
    int32_t other = dates->all[--next].day;
    day d = day_of(other);
    if (d.month == written.month && d.day == written.day) {
      *days = other;
      return 1;
    }
  }
  return 0;
}

/// Reads the day that begins at `at`, by another plugin or by itself; returns its bytes.
static uint32_t read_day(text t, uint32_t at, uint32_t end, const dates *dates,
                         int32_t *days) {
  uint32_t i = first_beginning_from(dates, at);
  if (i < dates->count && dates->all[i].spot.at.start == at &&
      dates->all[i].spot.at.end <= end) {
    *days = dates->all[i].day;
    return range_len(dates->all[i].spot.at);
  }
  day written;
  uint32_t len = day_at(t, at, end, &written);
  if (!len || !written.day)
    return 0;
  if (!written.year)
    return earlier(dates, at, written, days) ? len : 0;
  *days = days_of(written);
  return len;
}

/// The bytes of a number or character: what a number goes on with is none.
static uint32_t step(text t, uint32_t at, uint32_t end) {
  uint32_t value, len = number_at(t, at, end, &value);
  return len ? len : char_len(t, at);
}

int find_signing(text t, uint32_t start, range verb, uint32_t list, const dates *dates,
                 signing *found) {
  range last, before = {start, verb.start};
  int is_found = 0;
  if (range_len(before) > REACH)
    before.start = char_start(t, verb.start - REACH);
  if (find_last(t, before, ends, &last))
    before.start = last.end;
  for (uint32_t at = before.start; at < before.end;) {
    int32_t days;
    uint32_t len = read_day(t, at, before.end, dates, &days);
    range own = {at, at + len};
    day written;
    if (len && is_of_verb(t, start, own, verb, list)) {
      *found = (signing){own, days};
      is_found = 1;
    } else if (is_found) {
      // 7月4日，会议指出，2017年双方签署.
      uint32_t other = len ? len : day_at(t, at, before.end, &written);
      is_found = !other || is_attribute(t, at + other, verb.start);
    }
    at += len ? len : step(t, at, before.end);
  }
  return is_found;
}

int signing_between(text t, uint32_t start, uint32_t verb, const dates *dates,
                    signing *found) {
  for (uint32_t at = start; at < verb; at += step(t, at, verb)) {
    int32_t day;
    uint32_t len = read_day(t, at, verb, dates, &day);
    if (len && !any_at(t, at + len, verb, relations)) {
      *found = (signing){{at, at + len}, day};
      return 1;
    }
  }
  return 0;
}

int signed_behind(text t, uint32_t end, range *verb) {
  static const char *const verbs[] = {"签署", "簽署", "签订",   "簽訂",   "签定",
                                      "续签", "續簽", "上签字", "上签名", NULL};
  static const char *const nothing[] = {"的", "与", "和", NULL};
  static const char *const after[] = {"后",   "後",   "以来", "以來",
                                      "仪式", "儀式", "至今", NULL};
  uint32_t limit = t.len - end > BEHIND ? char_start(t, end + BEHIND) : t.len;
  for (uint32_t at = end; at < limit; at += char_len(t, at)) {
    if (any_at(t, at, limit, boundaries) || any_at(t, at, limit, nothing) ||
        stands_at(t, at, limit, "《"))
      return 0;
    uint32_t len = any_at(t, at, limit, verbs);
    if (!len)
      continue;
    *verb = (range){at, at + len};
    return verb->end >= t.len || any_at(t, verb->end, t.len, boundaries) ||
           any_at(t, verb->end, t.len, after);
  }
  return 0;
}
