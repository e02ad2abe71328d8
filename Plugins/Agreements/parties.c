#include "parties.h"

enum {
  VERB_TO_TITLE = 24,
  PARTY_TO_VERB = 48,
  PARTY_TO_PARTY = 90,
  CLAUSE = 300,
  SHORTEST_BODY = 9
};

/// How many names before a verb are looked at: enough for PARTIES_MAX parties, each with a few
/// shorter names in it, and no more where 在北京 is written a thousand times.
enum { NAMES_MAX = 4 * PARTIES_MAX };

static const char *const verbs[] = {"签署", "簽署", "签订", "簽訂", "签定",
                                    "签约", "簽約", "缔结", "达成", "達成",
                                    "订立", "续签", "續簽", "签了", NULL};
static const char *const stops[] = {"。", "！", "？", "；", ";", "，", ",", "\n", NULL};
static const char *const joints[] = {"与", "與", "和", "同",   "跟",   "及", "以及",
                                     "、", ",",  "，", "分别", "分別", NULL};

int signing_verb(text t, uint32_t start, uint32_t list, range *verb) {
  if (list - start > VERB_TO_TITLE)
    start = list - VERB_TO_TITLE;
  return find_last(t, (range){start, list}, verbs, verb) &&
         !contains(t, (range){verb->end, list}, stops);
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

/// A walk back over the names before a verb.
typedef struct walk {
  const names *names;
  uint32_t next;  ///< index of the next name
  uint32_t start; ///< before which names are none of the verb's
  uint32_t left;  ///< how many more names may be looked at
} walk;

/// The name that ends last at or before `end`; NULL when there is none.
static const named *name_before(walk *w, uint32_t end) {
  while (w->next < w->names->count && w->left > 0) {
    const named *name = &w->names->all[w->next++];
    w->left--;
    if (name->spot.at.end <= w->start)
      return NULL;
    if (name->spot.at.end <= end && name->spot.at.start >= w->start && !name->is_hidden)
      return name;
  }
  return NULL;
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

/// Adds the agencies around a name: what is elided is marked over the whole of 北京市与内蒙古自治区政府.
static void add_around(walk *w, const named *name, parties *found) {
  const named *all = w->names->all, *around;
  for (uint32_t over = name->over; over && w->left > 0; over = around->over) {
    around = &all[over - 1];
    w->left--;
    if (is_inside(name->spot.at, around->spot.at) && around->spot.at.start >= w->start)
      add(found, around->entity);
  }
}

/// Whether a place is where it happened, as in 在北京签订.
static int is_location(text t, uint32_t start, const named *name) {
  static const char *const words[] = {"在", "于", "於"};
  for (uint32_t i = 0; name->entity.type == DK_PLACE && i < DK_COUNT(words); i++)
    if (ends_at(t, start, name->spot.at.start, words[i]))
      return 1;
  return 0;
}

/// With what the names of firms, schools and villages end.
static const char *const bodies[] = {
    "公司", "集团", "协会", "商会", "医院", "学校", "中学",   "小学", "大学", "学院",
    "园",   "银行", "社",   "院",   "所",   "中心", "村",     "镇",   "乡",   "街道",
    "社区", "嘎查", "苏木", "局",   "委",   "办",   "办公室", "部门", "企业", "单位",
    "系统", "联盟", "景区", "市场", "二中", "一中", "分行",   "支行", NULL};

/// `end`, or where the words begin that stand there behind the name of a party.
static uint32_t without_manner(text t, uint32_t start, uint32_t end) {
  static const char *const with[] = {"与",   "與",   "和",   "同",   "分别", "共同",
                                     "、",   "三方", "双方", "四方", "正式", "现场",
                                     "成功", "当场", "还",   "也",   "代表", NULL};
  uint32_t len = 1;
  while (len && end > start) {
    len = 0;
    for (const char *const *word = with; *word && !len; word++)
      len = ends_at(t, start, end, *word) ? (uint32_t)strlen(*word) : 0;
    end -= len;
  }
  return end;
}

/// Whether a place only begins the name of a firm or village, which ends at `end`, or whose head does: 北京 of 北京三元食品公司,
/// 奈曼旗 of 奈曼旗蒙医医院院长.
static int is_of_another(text t, const named *name, uint32_t end) {
  static const char *const headed[] = {"公司", "集团", "医院",   "学校",   "中学", "小学",
                                       "大学", "学院", "银行",   "旅行社", "市场", "协会",
                                       "商会", "景区", "合作社", "博物馆", NULL};
  uint32_t start = name->spot.at.end;
  if (name->entity.type != DK_PLACE)
    return 0;
  end = without_manner(t, start, end);
  range rest = {start, end};
  return any_ends_at(t, start, end, bodies) ||
         (range_len(rest) <= PARTY_TO_PARTY && !contains(t, rest, stops) &&
          contains(t, rest, headed));
}

/// Between the last party and the verb: 共同, 在北京, 正式.
static int leads_to_verb(text t, range gap) {
  return range_len(gap) <= PARTY_TO_VERB && !contains(t, gap, stops);
}

/// Whether people of the parties sign for them: 甲局局长张三、乙局局长李四代表双方签署.
static int are_represented(text t, range gap) {
  return contains(t, gap, (const char *const[]){"代表", NULL});
}

/// Between parties whose people sign: the title and name of the first one's, and a joint.
static int leads_past_person(text t, range gap) {
  return range_len(gap) <= PARTY_TO_PARTY && any_ends_at(t, gap.start, gap.end, joints) &&
         !contains(t, (range){gap.start, gap.end - 3}, stops);
}

/// Between parties: 与, 和, or, before 与乙签署, what the first party does in between.
static int leads_to_party(text t, range gap, int is_last) {
  if (range_len(gap) > PARTY_TO_PARTY)
    return 0;
  return is_joint(t, gap) || (is_last && (ends_at(t, gap.start, gap.end, "与") ||
                                          ends_at(t, gap.start, gap.end, "與") ||
                                          ends_at(t, gap.start, gap.end, "同")));
}

void find_parties(text t, uint32_t start, range verb, const names *names,
                  parties *found) {
  walk w = {names, first_ending_by(names, verb.start), start, NAMES_MAX};
  uint32_t at = verb.start;
  const named *name;
  int by_people = 0, is_first = 1;
  found->count = 0;
  while (found->count < PARTIES_MAX && (name = name_before(&w, at))) {
    range gap = {name->spot.at.end, at};
    if (is_of_another(t, name, at)) {
      // What stands before a firm may be a party still.
      if (found->count > 0 || range_len(gap) > PARTY_TO_PARTY || contains(t, gap, stops))
        break;
      at = name->spot.at.start;
      is_first = 0;
      continue;
    }
    if (is_first ? !leads_to_verb(t, gap)
                 : !leads_to_party(t, gap, found->count <= 1) &&
                       !(by_people && leads_past_person(t, gap)))
      break;
    if (is_first)
      by_people = are_represented(t, gap);
    at = name->spot.at.start;
    // 北京市 of 北京市大兴区 is where the party lies.
    if (found->count > 0 && range_len(gap) == 0 && name->entity.type == DK_PLACE)
      continue;
    if (found->count == 0 && is_location(t, start, name))
      continue;
    is_first = 0;
    add(found, name->entity);
    add_around(&w, name, found);
  }
  if (found->count == 1 && found->entity[0].type == DK_PLACE)
    found->count = 0;
  reverse(found);
}

/// Whether a side of an agreement is an agency, place, firm or school, or who heads one: not 协会 or 46个村.
static int is_body(text t, range side, const names *names) {
  static const char *const named[] = {
      "公司", "集团", "协会", "商会", "医院",   "学校", "中学", "小学", "大学",
      "学院", "银行", "分行", "支行", "旅行社", "联盟", "院",   "中心", "景区",
      "镇",   "乡",   "街道", "社区", "嘎查",   "村",   "园",   "馆",   "二中",
      "一中", "总社", "国旅", "市场", "合作社", NULL};
  static const char *const counted[] = {"个", "家", "所学校", "多", NULL};
  static const char *const heads[] = {"长", "经理", "主任", "总裁", "代表", NULL};
  static const char *const list[] = {"、", NULL};
  range mark;
  if (find_last(t, side, list, &mark))
    side.start = mark.end;
  uint32_t i = first_ending_by(names, side.end);
  if (i < names->count &&
      (names->all[i].spot.at.end == side.end ||
       (names->all[i].spot.at.start >= side.start &&
        names->all[i].entity.type == DK_AGENCY && contains(t, side, heads))))
    return 1;
  return range_len(side) > SHORTEST_BODY && !contains(t, side, counted) &&
         (any_ends_at(t, side.start, side.end, named) ||
          (contains(t, side, named) && contains(t, side, heads)));
}

int is_between_bodies(text t, uint32_t start, range verb, const names *names) {
  static const char *const sides[] = {"与", "與", "和", "同", NULL};
  static const char *const at_place[] = {"在", NULL};
  range clause = {start, verb.start}, stop, joint, place;
  if (range_len(clause) > CLAUSE)
    clause.start = char_start(t, verb.start - CLAUSE);
  if (find_last(t, clause, stops, &stop))
    clause.start = stop.end;
  clause.end = without_manner(t, clause.start, clause.end);
  range all = clause;
  while (find_last(t, all, sides, &joint)) {
    range other = {joint.end, clause.end};
    if (find_last(t, other, at_place, &place))
      other.end = place.start;
    other.end = without_manner(t, other.start, other.end);
    range own = {clause.start, joint.start};
    if (other.end > other.start && is_body(t, own, names) && is_body(t, other, names))
      return 1;
    all.end = joint.start;
  }
  return 0;
}

/// Whether what stands between two names joins them to one pair.
static int is_tie(text t, range gap) {
  static const char *const ties[] = {"与", "與", "和", "同", "—", "–",
                                     "－", "-",  " ",  "　", NULL};
  uint32_t at = gap.start;
  for (uint32_t len; at < gap.end && (len = any_at(t, at, gap.end, ties));)
    at += len;
  return gap.end > gap.start && at == gap.end;
}

/// Whether a place begins the name of a firm or school, whatever that is followed by: 内蒙古 of 内蒙古大学与.
static int begins_body(text t, const named *name) {
  static const char *const behind[] = {"与", "與", "和", "同",   "、", "，", ",",
                                       "。", "（", "签", "合作", "在", "\n", NULL};
  uint32_t start = name->spot.at.end, at = start;
  if (name->entity.type != DK_PLACE)
    return 0;
  while (at < t.len && at - start < PARTY_TO_PARTY && !any_at(t, at, t.len, behind))
    at += char_len(t, at);
  at = at < t.len ? at : t.len;
  return at > start && any_ends_at(t, start, at, bodies);
}

/// Whether words between two names say what the first does with the second: 带队赴京，与.
static int is_loose_tie(text t, range gap) {
  static const char *const ends[] = {"与", "與", "同", "到", "赴", NULL};
  static const char *const sentences[] = {"。", "！", "？", "；", "\n", NULL};
  return range_len(gap) <= PARTY_TO_PARTY && any_ends_at(t, gap.start, gap.end, ends) &&
         !contains(t, gap, sentences);
}

uint32_t find_pair(text t, range in, const names *names, int is_loose, parties *found) {
  walk w = {names, first_ending_by(names, in.end), in.start, NAMES_MAX};
  const named *name, *last = NULL;
  uint32_t start = in.end, end = in.end;
  while ((name = name_before(&w, start))) {
    range gap = {name->spot.at.end, start};
    start = name->spot.at.start;
    if (begins_body(t, name)) {
      last = NULL;
      continue;
    }
    if (last && last->entity.type == name->entity.type &&
        last->entity.row != name->entity.row &&
        (is_tie(t, gap) || (is_loose && is_loose_tie(t, gap)))) {
      *found = (parties){{name->entity, last->entity}, 2};
      return end;
    }
    // 赤峰市 of 赤峰市敖汉旗 is where the party lies.
    if (last && range_len(gap) == 0 && name->entity.type == DK_PLACE)
      continue;
    last = name;
    end = name->spot.at.end;
  }
  return 0;
}
