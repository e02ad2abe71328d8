#include "reading.h"
#include "mood.h"
#include "parties.h"
#include "signing.h"
#include "terms.h"

/// Bytes before a title in which the verb and the parties of its list are looked for, and which each
/// of them has as its evidence: 1000 characters, three times the longest sentence that was seen in a
/// notice. In a document without a full stop it would be all that stands before.
enum { REACH = 3000 };

/// Bytes of a line before its title, of what stands before such lines, and between its names and the title.
enum { LINE = 240, HEADER = 900, GAP = 6 };

/// Bytes of the longest headline.
enum { HEADLINE = 300 };

/// Bytes before a verb in which 双方 is its subject.
enum { BOTH = 90 };

static const char *const carrying_out[] = {"落实", "落實", "贯彻", "貫徹", "根据", "根據",
                                           "按照", "依据", "依據", "履行", "执行", NULL};

static dk_row row_at(const document *d, range r) {
  return (dk_row){.evidence = {d->base + r.start, range_len(r)},
                  .document = d->number,
                  .confidence = 950000};
}

static int append_agreement(document *d, const entry *e, found *f) {
  dk_call *call = d->call;
  char term[TERM_SIZE];
  f->row = call->append(call, DK_AGREEMENT, 1, &f->ref);
  if (!f->row)
    return 0;
  f->row->row = row_at(d, with_marks(e->at, e->marks));
  f->row->title = call->intern(call, d->text.bytes + e->at.start, range_len(e->at));
  f->row->normal_title = call->intern(call, e->key, e->key_len);
  if (term_of(d->text, e->at, term))
    f->row->term = call->intern(call, term, (uint32_t)strlen(term));
  return 1;
}

static dk_status add_mention(document *d, const entry *e, dk_ref agreement) {
  dk_mention *mention = d->call->append(d->call, DK_MENTION, 1, NULL);
  if (!mention)
    return DK_RESOURCE_EXHAUSTED;
  mention->row = row_at(d, with_marks(e->at, e->marks));
  mention->entity = agreement;
  mention->kind = DK_NAME;
  return DK_OK;
}

static dk_status add_parties(document *d, range sentence, const parties *list,
                             dk_ref agreement) {
  for (uint32_t i = 0; i < list->count; i++) {
    dk_party *party = d->call->append(d->call, DK_PARTY, 1, NULL);
    if (!party)
      return DK_RESOURCE_EXHAUSTED;
    party->row = row_at(d, sentence);
    party->agreement = agreement;
    party->party = list->entity[i];
    party->order = i + 1;
    party->row.has = DK_BIT(3);
  }
  return DK_OK;
}

/// Whether agencies and places are among the parties, as where people of one go to the other.
static int is_mixed(const parties *list) {
  for (uint32_t i = 1; i < list->count; i++)
    if (list->entity[i].type != list->entity[0].type)
      return 1;
  return 0;
}

/// Who signs: named before the verb, in the title, or before as those for whom 双方 stands.
static void parties_of(const document *d, const entry *e, range sentence, range verb,
                       parties *list) {
  static const char *const both[] = {"双方", "雙方", "两地", "兩地", "两省区", NULL};
  text t = d->text;
  parties titled;
  find_parties(t, sentence.start, verb, &d->names, list);
  if ((!list->count || is_mixed(list)) && find_pair(t, e->at, &d->names, 0, &titled))
    *list = titled;
  if (list->count)
    return;
  uint32_t far = verb.start - sentence.start > BOTH;
  range clause = {far ? char_start(t, verb.start - BOTH) : sentence.start, verb.start};
  range before = {verb.start > REACH ? char_start(t, verb.start - REACH) : 0, verb.start};
  if (contains(t, clause, both))
    find_pair(t, before, &d->names, 1, list);
}

/// Where to read from before a title: the start of its list's sentence, or as far as is looked.
static uint32_t reading_start(text t, const entry *e) {
  uint32_t open = e->at.start - e->marks;
  return open - e->list.sentence > REACH ? char_start(t, open - REACH) : e->list.sentence;
}

/// Where what is signed begins: the list of a title, or how long it is to run.
static uint32_t signed_start(text t, const entry *e) {
  uint32_t is_far = e->list.start < reading_start(t, e);
  return lasting_start(t, is_far ? e->at.start - e->marks : e->list.start);
}

/// The verb with which the title's list is signed; 0 when there is none.
static int verb_of(text t, const entry *e, range *verb) {
  return signing_verb(t, reading_start(t, e), signed_start(t, e), verb);
}

/// Notes how long an agreement runs, if the words around this title say it and none did before.
static void note_term(document *d, const entry *e, int is_signed, found *f) {
  char term[TERM_SIZE];
  if (f->has_term || !term_near(d->text, e, is_signed, term))
    return;
  f->row->term = d->call->intern(d->call, term, (uint32_t)strlen(term));
  f->has_term = 1;
}

/// Notes whether an agreement is signed or is to be, and on which day, if that is known.
static void note_status(found *f, mood mood, const signing *signing) {
  if (f->row->status != DK_SIGNED)
    f->row->status = mood == MOOD_PLANNED ? DK_PROPOSED : DK_SIGNED;
  if (signing && mood == MOOD_DONE && !DK_HAS(f->row, 6)) {
    f->row->signed_on = signing->day;
    f->row->row.has |= DK_BIT(6);
  }
}

/// Notes what the words before a title say of its signing.
static dk_status note_signing(document *d, const entry *e, range verb, mood mood,
                              found *f) {
  text t = d->text;
  uint32_t start = reading_start(t, e);
  signing signing;
  int has_day = find_signing(t, start, verb, signed_start(t, e), &d->dates, &signing);
  note_status(f, mood, has_day ? &signing : NULL);
  range sentence = {start, e->at.end + e->marks};
  parties list;
  parties_of(d, e, sentence, verb, &list);
  return add_parties(d, sentence, &list, f->ref);
}

/// Whether an agreement told of without its title is to be written: it is signed, by two who are named, and no headline
/// tells of it.
static int is_told(const document *d, const entry *e, int is_signed, range verb,
                   mood mood) {
  parties list;
  if (!is_signed || mood != MOOD_DONE || verb.start > e->at.start ||
      (e->at.start < HEADLINE && !memchr(d->text.bytes, '\n', e->at.start)))
    return 0;
  range sentence = {reading_start(d->text, e), e->at.end};
  parties_of(d, e, sentence, verb, &list);
  return list.count > 1 || is_between_bodies(d->text, sentence.start, verb, &d->names);
}

/// Notes who signs by a line of a list of signings: 甲局——乙局 《…》.
static dk_status note_line(document *d, const entry *e, found *f) {
  static const char *const signing[] = {"签约", "签署", "签订", "簽約",
                                        "簽署", "簽訂", NULL};
  text t = d->text;
  uint32_t end = e->at.start - e->marks, line = end, pair;
  parties list;
  while (line > 0 && t.bytes[line - 1] != '\n' && end - line < LINE)
    line--;
  range header = {line > HEADER ? char_start(t, line - HEADER) : 0, line};
  if (!e->marks || (line > 0 && t.bytes[line - 1] != '\n'))
    return DK_OK;
  pair = find_pair(t, (range){line, end}, &d->names, 0, &list);
  if (!pair || end - pair > GAP) {
    // 首旅集团——文旅投公司 《…》 are none that could be parties.
    static const char *const dashes[] = {"——", NULL};
    if (contains(t, (range){line, end}, dashes) && contains(t, header, signing))
      note_status(f, MOOD_DONE, NULL);
    return DK_OK;
  }
  if (!contains(t, header, signing))
    return DK_OK;
  note_status(f, MOOD_DONE, NULL);
  return add_parties(d, (range){line, e->at.end + e->marks}, &list, f->ref);
}

/// Notes what the words behind a title say of its signing: 《…》于7月16日签署.
static dk_status note_signed_behind(document *d, const entry *e, range verb, mood mood,
                                    found *f) {
  text t = d->text;
  range title = with_marks(e->at, e->marks);
  signing signing;
  int has_day =
      signing_between(t, list_end(t, title.end), verb.start, &d->dates, &signing) ||
      find_signing(t, reading_start(t, e), (range){title.start, title.start}, title.start,
                   &d->dates, &signing);
  note_status(f, mood, has_day ? &signing : NULL);
  if (!stands_at(t, verb.start, verb.end, "上签"))
    return DK_OK;
  // 甲局局长与乙局局长代表双方在《…》上签字.
  range on = {title.start, title.start}, sentence = {reading_start(t, e), title.end};
  parties list;
  find_parties(t, sentence.start, on, &d->names, &list);
  return add_parties(d, sentence, &list, f->ref);
}

/// Whether the words before a title say that what follows carries it out.
static int is_basis(text t, const entry *e) {
  uint32_t end = e->at.start - e->marks, start = e->sentence;
  if (end - start > 90)
    start = end - 90;
  return contains(t, (range){start, end}, carrying_out);
}

/// Finds the verb that signs a title, and how it is meant; 0 when there is none, or nothing is known by it.
static int is_signing(text t, const entry *e, range *verb, mood *mood) {
  range titles = {signed_start(t, e), e->at.end + e->marks};
  if (!verb_of(t, e, verb) && !signed_behind(t, list_end(t, titles.end), verb))
    return 0;
  *mood = mood_of(t, reading_start(t, e), *verb, titles);
  return *mood != MOOD_UNSAID;
}

dk_status read_title(document *d, const entry *e, found *f, basis *b) {
  range verb;
  mood mood;
  int is_signed = is_signing(d->text, e, &verb, &mood);
  if (e->is_generic && !is_told(d, e, is_signed, verb, mood))
    return DK_OK;
  if (!f->row && !append_agreement(d, e, f))
    return DK_RESOURCE_EXHAUSTED;
  if (is_signed && b->agreement.row && b->sentence == e->sentence &&
      b->agreement.row != f->ref.row)
    f->row->implements = b->agreement;
  if (is_basis(d->text, e))
    *b = (basis){f->ref, e->sentence};
  note_term(d, e, is_signed, f);
  dk_status status = add_mention(d, e, f->ref);
  if (status == DK_OK && is_signed && verb.start > e->at.start)
    status = note_signed_behind(d, e, verb, mood, f);
  if (status == DK_OK && !is_signed)
    return note_line(d, e, f);
  int is_behind = is_signed && verb.start < e->at.start;
  return status == DK_OK && is_behind ? note_signing(d, e, verb, mood, f) : status;
}
