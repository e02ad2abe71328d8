#include "mood.h"
#include "numerals.h"

/// Bytes before a verb and behind its title that are read, and those right before in which weaker words count.
enum { REACH = 450, BEHIND = 60, NEAR = 12 };

/// Words in which those below are no words of their own.
static const char *const harmless[] = {
    "应邀",     "应约",     "响应",   "相应",     "对应",     "供应",     "适应",
    "应急",     "应用",     "反应",   "效应",     "應邀",     "響應",     "应对",
    "应运",     "邀请",     "申请",   "邀請",     "申請",     "重要",     "主要",
    "纪要",     "紀要",     "必要",   "要点",     "要素",     "简要",     "首要",
    "要道",     "需求",     "供需",   "所需",     "刚需",     "内需",     "将军",
    "將軍",     "将近",     "名将",   "按计划",   "按照计划", "根据计划", "行动计划",
    "计划委",   "计划单列", "按要求", "按照要求", "根据要求", "接待",     "招待",
    "待遇",     "对待",     "优待",   "模拟",     "虚拟",     "自愿",     "志愿",
    "未来",     "未來",     "不断",   "不斷",     "不仅",     "不僅",     "不但",
    "不久",     "不同",     "不少",   "不止",     "不懈",     "不远",     "不约而同",
    "不忘",     "不到",     "不只",   "不乏",     "不限",     "无锡",     "无缝",
    "无偿",     "无棣",     "无极",   "出没",     "若干",     "若羌",     "若尔盖",
    "如今",     "如此",     "如下",   "如期",     "如何",     "如意",     "推动下",
    "推動下",   "推进下",   "支持下", "鼓励下",   "制定于",   "前来",     "前往",
    "前沿",     "前期",     "不已",   "而已",     "目的",     "研究同意", "同意后",
    "审议通过", "讨论通过", "经研究", "经协商",   "经磋商",   "经洽谈",   "经审议",
    "经讨论",   NULL};
/// What says anywhere before a verb that it is not done, or not known to be.
static const char *const unsaid[] = {
    "不",   "未",   "没",   "沒",   "无",   "無",   "拒",   "暂缓",   "暫緩",
    "缓签", "推迟", "推遲", "延期", "延后", "取消", "放弃", "放棄",   "中止",
    "终止", "停止", "暂停", "暫停", "反对", "搁置", "原定", "原计划", "原計劃",
    "原拟", "如果", "若",   "假如", "倘若", "一旦", "是否", "能否",   "可否",
    "除非", "避免", "禁止", "严禁", "否认", "据传", "同意", "审议",   "讨论",
    "商讨", "商议", "研究", "商谈", "洽谈", "磋商", "谈判", "关于签", "關於簽",
    "险些", "差点", "几乎", NULL};
/// What says anywhere before it that it is to be done.
static const char *const planned[] = {
    "拟",   "擬",   "将",   "將",   "计划",   "計劃", "准备", "準備", "预计", "預計",
    "预定", "預定", "预期", "打算", "有意",   "愿",   "願",   "意向", "定于", "定於",
    "订于", "决定", "決定", "商定", "约定",   "約定", "有望", "可望", "希望", "期待",
    "期望", "盼",   "建议", "建議", "提议",   "考虑", "争取", "爭取", "力争", "力爭",
    "应",   "應",   "须",   "須",   "需",     "要",   "请",   "請",   "可签", "可簽",
    "可于", "可以", "可能", "尽快", "盡快",   "尽早", "早日", "适时", "择机", "年内",
    "明年", "后年", "下月", "下周", "明天",   "明日", "待",   "倡议", "呼吁", "敦促",
    "督促", "筹备", "筹划", "酝酿", "牵头，", NULL};
/// What says so only right before the verb or title: 为推动合作签署 is done.
static const char *const weaker[] = {"推动", "推動", "推进", "推進", "促进",
                                     "加快", "鼓励", "支持", "起草", NULL};
static const char *const done[] = {"已", NULL};
/// What says behind a title that its signing is put off, or only spoken of.
static const char *const put_off[] = {
    "推迟",   "推遲",   "延期",   "取消",   "搁置",   "告吹",   "作罢",   "流产",
    "暂缓",   "未果",   "事宜",   "的请示", "的建议", "的提案", "的提议", "的议案",
    "的计划", "的意向", "的可能", "的打算", "的方案", NULL};
/// With what a clause of a sentence begins that is not known to come true.
static const char *const conditions[] = {"如",   "若", "只要", "只有", "待",
                                         "假设", "倘", "一旦", "除非", NULL};
static const char *const commas[] = {"，", ",", "：", ":", NULL};
static const char *const sentence_ends[] = {"。", "！", "？", "；", ";", "\n", NULL};
static const char *const quotes[] = {"《", "“", NULL};

/// What was read of a sentence.
typedef struct reader {
  text t;
  uint32_t clause;     ///< where it begins
  mood mood, previous; ///< of the clause, and of the one before
  int is_condition;
} reader;

/// The bytes of 《…》 or “…” at `at`; 0 where none stands.
static uint32_t quoted_at(text t, uint32_t at, uint32_t end) {
  static const char *const closing[] = {"》", "”", NULL};
  uint32_t start = at, depth = 0;
  if (!any_at(t, at, end, quotes))
    return 0;
  do {
    if (any_at(t, at, end, quotes))
      depth++;
    else if (any_at(t, at, end, closing))
      depth--;
    at += char_len(t, at);
  } while (depth > 0 && at < end);
  return depth ? 0 : at - start;
}

/// Whether a number stands right before `at`.
static int ends_in_number(text t, uint32_t from, uint32_t at) {
  uint32_t value;
  for (uint32_t len = 1; len <= 3 && len <= at - from; len += 2)
    if (number_at(t, at - len, at, &value) == len && (value || len == 1))
      return 1;
  return ends_at(t, from, at, "十");
}

/// Whether 前 at `at` makes a deadline of what stands before: 9月10日前, 年底前, but not 日前 or 三个月前.
static int is_deadline(text t, uint32_t start, uint32_t at) {
  static const char *const parts[] = {"底", "末", "旬", NULL};
  if (!stands_at(t, at, t.len, "前"))
    return 0;
  if (ends_at(t, start, at, "之") || ends_at(t, start, at, "以"))
    at -= 3;
  if (any_ends_at(t, start, at, parts))
    return 1;
  if (ends_at(t, start, at, "月"))
    return ends_in_number(t, start, at - 3);
  uint32_t from = at - start > 15 ? at - 15 : start;
  if (ends_at(t, start, at, "日") || ends_at(t, start, at, "号"))
    return ends_in_number(t, start, at - 3) &&
           contains(t, (range){char_start(t, from), at},
                    (const char *const[]){"月", NULL});
  return ends_at(t, start, at, "年") && at - start >= 7 && t.bytes[at - 7] == '2';
}

/// Whether a clause that ends at `at` ends with a time, which is that of the clause behind: 7月14日，双方签署.
static int ends_with_time(text t, uint32_t start, uint32_t at) {
  static const char *const times[] = {"日", "号", "號", "年",   "月",   "午",
                                      "晚", "时", "点", "點",   "分",   "底",
                                      "旬", "前", "天", "年内", "月内", NULL};
  static const char *const weekdays[] = {"星期", "周", NULL};
  if (ends_at(t, start, at, "）") || ends_at(t, start, at, ")"))
    return contains(t, (range){char_start(t, at - start > 18 ? at - 18 : start), at},
                    weekdays);
  return any_ends_at(t, start, at, times);
}

/// Whether a clause that ends at `at` says what is wanted, which the one behind tells: 会议要求，双方签署, but not 按照会议要求，.
static int ends_with_wish(text t, uint32_t start, uint32_t at) {
  static const char *const wishes[] = {"要求", "建议", "希望", "提议", "决定", "商定",
                                       "约定", "倡议", "呼吁", "计划", "同意", NULL};
  static const char *const grounds[] = {"根据", "按", "依", "应",   "经", "为",
                                        "遵照", "就", "对", "落实", "因", NULL};
  return any_ends_at(t, start, at, wishes) && !contains(t, (range){start, at}, grounds);
}

static void end_clause(reader *r, uint32_t at, uint32_t comma) {
  if (!ends_with_time(r->t, r->clause, at) && !ends_with_wish(r->t, r->clause, at)) {
    r->previous = r->mood;
    r->mood = MOOD_DONE;
    r->clause = at + comma;
  }
}

static void end_sentence(reader *r, uint32_t next) {
  *r = (reader){.t = r->t, .clause = next};
}

/// Reads a word or character of the sentence; returns its bytes.
static uint32_t read_word(reader *r, uint32_t at, uint32_t end) {
  text t = r->t;
  uint32_t len;
  if ((len = quoted_at(t, at, end)) || (len = any_at(t, at, end, harmless)))
    return len;
  if (at == r->clause && any_at(t, at, end, conditions))
    r->is_condition = 1;
  if ((len = any_at(t, at, end, unsaid)))
    r->mood = MOOD_UNSAID;
  else if ((len = any_at(t, at, end, done)))
    r->mood = MOOD_DONE;
  else if ((len = any_at(t, at, end, planned)) || is_deadline(t, r->clause, at))
    r->mood = r->mood == MOOD_UNSAID ? MOOD_UNSAID : MOOD_PLANNED;
  else if (r->mood == MOOD_PLANNED && stands_at(t, at, end, "的"))
    r->mood = MOOD_UNSAID;
  return len ? len : char_len(t, at);
}

static void read_words(reader *r, uint32_t at, uint32_t end) {
  while (at < end) {
    uint32_t len;
    if ((len = any_at(r->t, at, end, sentence_ends)))
      end_sentence(r, at + len);
    else if ((len = any_at(r->t, at, end, commas)))
      end_clause(r, at, len);
    else
      len = read_word(r, at, end);
    at += len;
  }
}

/// Whether a clause goes on with what the one before it says: 将举行座谈，并签署.
static int goes_on(text t, range clause) {
  static const char *const words[] = {"并", "並", "共同", "正式", "联合", NULL};
  for (uint32_t len; (len = any_at(t, clause.start, clause.end, words));)
    clause.start += len;
  return clause.start == clause.end;
}

static int is_put_off(text t, uint32_t at) {
  uint32_t limit = t.len - at > BEHIND ? char_start(t, at + BEHIND) : t.len, end = at;
  while (end < limit && !any_at(t, end, limit, commas) &&
         !any_at(t, end, limit, sentence_ends) && !any_at(t, end, limit, quotes))
    end += char_len(t, end);
  return contains(t, (range){at, end}, put_off);
}

static int is_near(text t, uint32_t start, uint32_t at) {
  range before = {at > start + NEAR ? at - NEAR : start, at}, word;
  return find_last(t, before, weaker, &word) && !any_at(t, word.start, at, harmless);
}

mood mood_of(text t, uint32_t start, range verb, range titles) {
  uint32_t last = verb.end > titles.end ? verb.end : titles.end;
  uint32_t from = verb.start - start > REACH ? char_start(t, verb.start - REACH) : start;
  reader r = {.t = t, .clause = from};
  read_words(&r, from, verb.start);
  if (r.is_condition || is_put_off(t, last))
    return MOOD_UNSAID;
  if (stands_at(t, verb.end, t.len, "了"))
    return MOOD_DONE;
  if (r.mood != MOOD_DONE)
    return r.mood;
  uint32_t near = verb.start < titles.start ? verb.start : titles.start;
  if (is_near(t, start, near))
    return MOOD_PLANNED;
  int is_open = goes_on(t, (range){r.clause, verb.start});
  return is_open && r.previous != MOOD_DONE ? MOOD_UNSAID : MOOD_DONE;
}
