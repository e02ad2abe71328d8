#define _GNU_SOURCE
#include "facts.h"

#include "dates.h"
#include "decode.h"
#include "duikou.h"

#include <string.h>
#include <strings.h>

enum { ///< how certain a day of publication is, by where it stands
  BY_ELEMENT = 1,
  BY_META = 2,
  BY_DATA = 3,
  BY_WECHAT_TEXT = 4,
  BY_WECHAT = 5,
  BY_ARTICLE = 6
};

/// Bytes behind a name in a script within which its value ends.
enum { VALUE = 96 };

void facts_begin(facts *f) {
  f->published = INT32_MIN;
}

static void note_date(facts *f, int32_t day, int certainty) {
  if (day == INT32_MIN || certainty <= f->certainty)
    return;
  f->published = day;
  f->certainty = certainty;
}

void fact_add(fact *f, const char *text, size_t len) {
  if (f->is_done)
    return;
  for (size_t i = 0; i < len; i++) {
    int is_space = (unsigned char)text[i] <= ' ';
    if (is_space && (!f->len || f->text[f->len - 1] == ' '))
      continue;
    if (f->len == sizeof f->text)
      break;
    f->text[f->len++] = is_space ? ' ' : text[i];
  }
}

/// Ends a fact between two characters, without white space behind it.
static const char *ended(fact *f) {
  size_t len = whole_utf8(f->text, f->len, LONGEST_FACT);
  while (len > 0 && f->text[len - 1] == ' ')
    len--;
  f->text[len] = 0;
  return len ? f->text : NULL;
}

static void take_meta(facts *f, attributes all) {
  const char *content = attribute(all, "content");
  const char *names[] = {attribute(all, "property"), attribute(all, "name"),
                         attribute(all, "itemprop")};
  static const struct {
    const char *name;
    int certainty; ///< 0: a title
  } known[] = {{"og:title", 0},
               {"article:published_time", BY_ARTICLE},
               {"og:article:published_time", BY_ARTICLE},
               {"og:published_time", BY_ARTICLE},
               {"datepublished", BY_DATA},
               {"pubdate", BY_META},
               {"publishdate", BY_META},
               {"publish_date", BY_META},
               {"dc.date", BY_META},
               {"date", BY_ELEMENT}};
  for (size_t n = 0; content && n < sizeof names / sizeof *names; n++)
    for (size_t i = 0; names[n] && i < sizeof known / sizeof *known; i++) {
      if (strcasecmp(names[n], known[i].name) != 0)
        continue;
      if (known[i].certainty) {
        note_date(f, date_in(content, strlen(content)), known[i].certainty);
      } else if (!f->social.len) {
        fact_add(&f->social, content, strlen(content));
      }
    }
}

static void take_language(facts *f, const char *language) {
  static const struct {
    const char *part;
    uint32_t script;
  } parts[] = {{"hant", DK_TRADITIONAL}, {"hans", DK_SIMPLIFIED}, {"tw", DK_TRADITIONAL},
               {"hk", DK_TRADITIONAL},   {"mo", DK_TRADITIONAL},  {"cn", DK_SIMPLIFIED},
               {"sg", DK_SIMPLIFIED}};
  if (strncasecmp(language, "zh", 2) != 0 || f->script)
    return;
  for (size_t i = 0; i < sizeof parts / sizeof *parts && !f->script; i++)
    for (const char *at = strpbrk(language, "-_"); at; at = strpbrk(at + 1, "-_")) {
      size_t len = strlen(parts[i].part);
      if (strncasecmp(at + 1, parts[i].part, len) == 0 && strchr("-_", at[len + 1]))
        f->script = parts[i].script;
    }
}

void facts_element(facts *f, const char *name, attributes all) {
  if (strcmp(name, "meta") == 0) {
    take_meta(f, all);
  } else if (strcmp(name, "html") == 0) {
    const char *language = attribute(all, "lang");
    if (!language)
      language = attribute(all, "xml:lang");
    if (language)
      take_language(f, language);
  } else if (strcmp(name, "time") == 0) {
    const char *moment = attribute(all, "datetime");
    const char *property = attribute(all, "itemprop");
    if (moment && (attribute(all, "pubdate") ||
                   (property && strcasecmp(property, "datepublished") == 0)))
      note_date(f, date_in(moment, strlen(moment)), BY_DATA);
  }
}

/// Takes the value of a variable or member whose name ends at `at`.
static void take_value(facts *f, const char *at, const char *end, int certainty) {
  int has_sign = 0;
  while (at < end && strchr(" \t\"'=:", *at))
    has_sign |= *at == '=' || *at == ':', at++;
  if (has_sign)
    note_date(f, date_in(at, (size_t)(end - at)), certainty);
}

static void search_window(facts *f, size_t limit) {
  static const struct {
    const char *name;
    int certainty;
  } known[] = {{"var ct", BY_WECHAT},
               {"publish_time", BY_WECHAT_TEXT},
               {"createTime", BY_WECHAT_TEXT},
               {"datePublished", BY_DATA},
               {"pubDate", BY_META}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    size_t len = strlen(known[i].name);
    const char *at = f->window, *end = f->window + f->window_len;
    while (known[i].certainty > f->certainty &&
           (at = memmem(at, (size_t)(end - at), known[i].name, len)) &&
           (size_t)(at - f->window) < limit) {
      at += len;
      take_value(f, at, end - at > VALUE ? at + VALUE : end, known[i].certainty);
    }
  }
}

void facts_script(facts *f, const char *text, size_t len, int is_last) {
  enum { KEPT = VALUE + 16 };
  while (len) {
    size_t part = WINDOW - f->window_len;
    if (part > len)
      part = len;
    memcpy(f->window + f->window_len, text, part);
    f->window_len += part;
    text += part;
    len -= part;
    if (f->window_len < WINDOW)
      break;
    search_window(f, WINDOW - KEPT);
    memmove(f->window, f->window + WINDOW - KEPT, KEPT);
    f->window_len = KEPT;
  }
  if (is_last) {
    search_window(f, f->window_len);
    f->window_len = 0;
  }
}

void facts_end(facts *f) {
  note_date(f, date_in(f->date.text, f->date.len), BY_WECHAT_TEXT);
}

const char *facts_title(facts *f) {
  const char *title = ended(&f->social);
  if (!title)
    title = ended(&f->rich);
  return title ? title : ended(&f->title);
}
