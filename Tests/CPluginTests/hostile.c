#include "hostile.h"
#include "builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Makes the image of a text.
typedef dk_image *(*image_of)(const char *text, uint32_t len);

/// A text of one part that is repeated, with a number for each #, and what is found in it.
typedef struct hostile {
  const char *name;
  const char *before, *repeated, *after;
  uint32_t size; ///< about how many bytes
  image_of image;
} hostile;

static builder begin(const char *text, uint32_t len, uint64_t rows_size) {
  builder b = builder_begin(text, len, sizeof(dk_document) + rows_size);
  dk_document *document = add_table(&b, DK_DOCUMENT, sizeof *document, 1);
  document->text = (dk_span){0, len};
  return b;
}

static dk_image *plain(const char *text, uint32_t len) {
  builder b = begin(text, len, 0);
  return builder_end(&b);
}

/// Where a word stands next; NULL when it does not. `strstr` reads the rest of the
/// text each time under a sanitizer.
static const char *next(const char *at, const char *word) {
  size_t len = strlen(word);
  for (; *at; at++)
    if (*at == *word && strncmp(at, word, len) == 0)
      return at;
  return NULL;
}

/// How often a word stands in a text.
static uint32_t count_of(const char *text, const char *word) {
  uint32_t count = 0;
  for (const char *at = text; (at = next(at, word)); at += strlen(word))
    count++;
  return count;
}

/// A segment over each 甲.
static dk_image *with_segments(const char *text, uint32_t len) {
  uint32_t count = count_of(text, "甲");
  builder b = begin(text, len, (uint64_t)count * sizeof(dk_segment));
  dk_segment *segment = add_table(&b, DK_SEGMENT, sizeof *segment, count);
  for (const char *at = text; (at = next(at, "甲")); at += 3)
    *segment++ = (dk_segment){.row.evidence = {(uint32_t)(at - text), 3}};
  return builder_end(&b);
}

/// Adds a mention of one place for each 敖汉旗, and of one agency for each 县政府.
static void add_names(builder *b) {
  static const char *const words[] = {"敖汉旗", "县政府"};
  static const dk_ref entities[] = {{DK_PLACE, 1}, {DK_AGENCY, 1}};
  uint32_t count = count_of(b->text, words[0]) + count_of(b->text, words[1]);
  dk_mention *mention = add_table(b, DK_MENTION, sizeof *mention, count);
  for (uint32_t i = 0; i < DK_COUNT(words); i++)
    for (const char *at = b->text; (at = next(at, words[i])); at += 9)
      *mention++ = (dk_mention){.row.evidence = {(uint32_t)(at - b->text), 9},
                                .entity = entities[i],
                                .kind = DK_NAME};
}

static dk_image *with_names(const char *text, uint32_t len) {
  builder b = begin(text, len, (uint64_t)len / 9 * sizeof(dk_mention));
  add_names(&b);
  return builder_end(&b);
}

/// Each line is a document.
static dk_image *with_documents(const char *text, uint32_t len) {
  uint32_t count = count_of(text, "\n");
  builder b = builder_begin(text, len,
                            (uint64_t)count * sizeof(dk_document) +
                                (uint64_t)len / 9 * sizeof(dk_mention));
  dk_document *documents = add_table(&b, DK_DOCUMENT, sizeof *documents, count);
  uint32_t start = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t end = (uint32_t)(next(text + start, "\n") - text) + 1;
    documents[i].text = (dk_span){start, end - start};
    start = end;
  }
  add_names(&b);
  const dk_table *table = &b.tables[b.count - 1];
  dk_mention *mention = (dk_mention *)(void *)(b.block + table->rows_off);
  for (uint32_t i = 0, n = 0; i < table->row_count; i++, mention++) {
    if (mention->row.evidence.off < documents[n].text.off)
      n = 0;
    while (mention->row.evidence.off >= documents[n].text.off + documents[n].text.len)
      n++;
    mention->row.document = n + 1;
  }
  return builder_end(&b);
}

/// Agencies named one around the other, each a place as well.
static dk_image *with_nested_names(const char *text, uint32_t len) {
  uint32_t count = count_of(text, "甲") / 2;
  builder b = begin(text, len, 2 * (uint64_t)count * sizeof(dk_mention));
  dk_mention *mention = add_table(&b, DK_MENTION, sizeof *mention, 2 * count);
  for (uint32_t i = 0; i < 2 * count; i++) {
    dk_span around = {3 * (i / 2), 6 * (count - i / 2)};
    dk_ref entity = {i % 2 ? DK_PLACE : DK_AGENCY, i + 1};
    mention[i] = (dk_mention){.row.evidence = around, .entity = entity, .kind = DK_NAME};
  }
  return builder_end(&b);
}

/// A place for each 甲, each below another one that is not there.
static dk_image *with_places(const char *text, uint32_t len) {
  uint32_t count = count_of(text, "甲");
  builder b = begin(text, len, (uint64_t)count * sizeof(dk_place));
  dk_place *place = add_table(&b, DK_PLACE, sizeof *place, count);
  for (uint32_t i = 0; i < count; i++)
    place[i] = (dk_place){.row = {.has = DK_BIT(2), .evidence = {3 * i, 3}},
                          .code = i + 1,
                          .parent = UINT32_MAX,
                          .name = string_of_pool(2)};
  return builder_end(&b);
}

/// Agencies that were each found in the whole of the text.
static dk_image *with_long_evidence(const char *text, uint32_t len) {
  enum { AGENCIES = 5000 };
  builder b = begin(text, len, AGENCIES * sizeof(dk_agency));
  dk_agency *agency = add_table(&b, DK_AGENCY, sizeof *agency, AGENCIES);
  for (uint32_t i = 0; i < AGENCIES; i++)
    agency[i] = (dk_agency){.row.evidence = {0, len}, .name = string_of_pool(2)};
  return builder_end(&b);
}

/// A day for each 7月4日.
static dk_image *with_dates(const char *text, uint32_t len) {
  static const char word[] = "7月4日";
  uint32_t count = count_of(text, word);
  builder b = begin(text, len, (uint64_t)count * sizeof(dk_date));
  dk_date *date = add_table(&b, DK_DATE, sizeof *date, count);
  for (const char *at = text; (at = next(at, word)); at += sizeof word - 1)
    *date++ = (dk_date){.row = {.has = DK_BIT(1) | DK_BIT(2),
                                .evidence = {(uint32_t)(at - text), sizeof word - 1}},
                        .start = 17716,
                        .end = 17716,
                        .precision = DK_PRECISION_DAY};
  return builder_end(&b);
}

enum { LONG = 1 << 20, MIDDLE = LONG / 4, SHORT = LONG / 16 };

static const hostile all[] = {
    {"a list of agreements", "甲", "《#协议》和", "", LONG, plain},
    {"agreements, one a line", "", "《#协议》\n", "", MIDDLE, plain},
    {"one agreement signed again and again", "", "签署《甲协议》", "", MIDDLE, plain},
    {"titles that do not end", "", "《", "", LONG, plain},
    {"titles within titles", "", "《《《《甲》》》》》", "", LONG, plain},
    {"commas", "", ",", "", LONG, plain},
    {"short lines", "", "甲\n", "", LONG, plain},
    {"a list of other articles", "相关文章\n", "甲\n", "", LONG, plain},
    {"a headline on each line", "", "京蒙旅游座谈会召开\n", "", LONG, plain},
    {"white space", "", "　 ", "", LONG, plain},
    {"agreements between segments", "", "《#协议》甲", "", MIDDLE, with_segments},
    {"a list of parties", "", "敖汉旗和县政府与", "签署《甲协议》", MIDDLE, with_names},
    {"what two parties signed", "敖汉旗和县政府签署", "《#协议》、", "", MIDDLE,
     with_names},
    {"parties of many agreements", "", "敖汉旗和县政府签署《#协议》", "", MIDDLE,
     with_names},
    {"where it was signed", "", "在敖汉旗签署《#协议》", "", SHORT, with_names},
    {"agencies around agencies", "", "甲", "签署《甲协议》", MIDDLE, with_nested_names},
    {"terms of agreements", "", "签署《#协议》，有效期", "", MIDDLE, plain},
    {"days before agreements", "", "7月4日7月5日签署《#协议》", "", MIDDLE, with_dates},
    {"agreements signed behind", "7月4日，", "《#协议》7月4日", "签署", MIDDLE,
     with_dates},
    {"days of the agreement at the end", "", "7月4日，", "签署《甲协议》", MIDDLE,
     with_dates},
    {"many documents", "", "敖汉旗和县政府签署《#协议》\n", "", LONG, with_documents},
    {"many places", "", "甲", "", MIDDLE, with_places},
    {"long evidence", "", "甲", "", LONG, with_long_evidence},
};

uint32_t hostile_count(void) {
  return DK_COUNT(all);
}

const char *hostile_name(uint32_t index) {
  return all[index].name;
}

static char *put(char *to, const char *text, uint32_t number) {
  for (; *text; text++) {
    if (*text == '#')
      to += sprintf(to, "%u", number);
    else
      *to++ = *text;
  }
  return to;
}

dk_image *hostile_image(uint32_t index) {
  const hostile *h = &all[index];
  char *text = malloc(h->size + 1000), *end = text;
  if (!text)
    abort();
  end = put(end, h->before, 0);
  for (uint32_t n = 0; (uint32_t)(end - text) < h->size; n++)
    end = put(end, h->repeated, n);
  end = put(end, h->after, 0);
  *end = 0;
  dk_image *image = h->image(text, (uint32_t)(end - text));
  free(text);
  return image;
}
