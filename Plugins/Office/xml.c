#include "xml.h"
#include "feed.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 256, SPACES_KNOWN = 8 };

/// Attributes as libxml2 hands them over: five pointers for each.
enum { LOCAL_NAME = 0, VALUE = 3, VALUE_END = 4, POINTERS = 5 };

typedef struct reading {
  job *job;
  const xml_handler *handler;
  void *context;
  xmlParserCtxt *parser;
  uint32_t depth;
  int is_refused; ///< it has a document type
  char *problem;
  /// Addresses of namespaces, which the parser keeps once each, and what they are.
  struct {
    const xmlChar *address;
    xml_space space;
  } known[SPACES_KNOWN];
  uint32_t known_next;
} reading;

static const struct {
  const char *address;
  xml_space space;
} spaces[] = {
    {"http://schemas.openxmlformats.org/wordprocessingml/2006/main", XML_WORD},
    {"http://purl.oclc.org/ooxml/wordprocessingml/main", XML_WORD},
    {"http://schemas.openxmlformats.org/spreadsheetml/2006/main", XML_SHEET},
    {"http://purl.oclc.org/ooxml/spreadsheetml/main", XML_SHEET},
    {"http://schemas.openxmlformats.org/officeDocument/2006/math", XML_MATH},
    {"http://purl.oclc.org/ooxml/officeDocument/math", XML_MATH},
    {"http://schemas.openxmlformats.org/package/2006/content-types", XML_PACKAGE},
    {"http://schemas.openxmlformats.org/package/2006/relationships", XML_PACKAGE},
    {"http://schemas.openxmlformats.org/markup-compatibility/2006", XML_COMPATIBILITY},
    {"http://purl.org/dc/elements/1.1/", XML_PROPERTIES},
};

static xml_space space_of(reading *r, const xmlChar *address) {
  if (!address)
    return XML_OTHER;
  for (uint32_t i = 0; i < SPACES_KNOWN; i++)
    if (r->known[i].address == address)
      return r->known[i].space;
  xml_space space = XML_OTHER;
  for (uint32_t i = 0; i < DK_COUNT(spaces); i++)
    if (strcmp((const char *)address, spaces[i].address) == 0)
      space = spaces[i].space;
  uint32_t at = r->known_next++ % SPACES_KNOWN;
  r->known[at].address = address;
  r->known[at].space = space;
  return space;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *address, int namespaces, const xmlChar **declared,
                     int count, int defaulted, const xmlChar **attributes) {
  (void)prefix, (void)namespaces, (void)declared, (void)defaulted;
  reading *r = context;
  if (++r->depth > DEPTH_MAX)
    job_fail(r->job, DK_RESOURCE_EXHAUSTED,
             "a part of the file is nested more than %d deep, which Office does not do: "
             "open it "
             "in Office and save it again",
             DEPTH_MAX);
  else if (r->job->status == DK_OK) {
    xml_element e = {space_of(r, address), (const char *)name, attributes,
                     (uint32_t)count};
    r->handler->start(r->context, &e);
  }
  if (r->job->status != DK_OK)
    xmlStopParser(r->parser);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix,
                   const xmlChar *address) {
  (void)prefix;
  reading *r = context;
  r->depth--;
  xml_element e = {space_of(r, address), (const char *)name, NULL, 0};
  if (r->job->status == DK_OK && r->handler->end)
    r->handler->end(r->context, &e);
  if (r->job->status != DK_OK)
    xmlStopParser(r->parser);
}

static void on_text(void *context, const xmlChar *bytes, int len) {
  reading *r = context;
  if (r->job->status == DK_OK && r->handler->text && len > 0)
    r->handler->text(r->context, (const char *)bytes, (uint32_t)len);
}

/// Comes before anything of the document type is looked at.
static void on_document_type(void *context, const xmlChar *name, const xmlChar *id,
                             const xmlChar *system) {
  (void)name, (void)id, (void)system;
  reading *r = context;
  r->is_refused = 1;
  xmlStopParser(r->parser);
}

static void on_error(void *context, xmlErrorPtr error) {
  reading *r = context;
  if (error->level < XML_ERR_ERROR || r->problem[0])
    return;
  size_t len = error->message ? strcspn(error->message, "\n") : 0;
  snprintf(r->problem, 160, "line %d: ", error->line);
  size_t used = strlen(r->problem);
  for (size_t i = 0; i < len && used < 150; i++) {
    char c = error->message[i];
    r->problem[used++] = c >= 0x20 && c < 0x7f ? c : '?';
  }
  r->problem[used] = 0;
}

static xmlSAXHandler handler_of_all(void) {
  xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                       .internalSubset = on_document_type,
                       .startElementNs = on_start,
                       .endElementNs = on_end,
                       .characters = on_text,
                       .ignorableWhitespace = on_text,
                       .cdataBlock = on_text,
                       .serror = on_error};
  return sax;
}

/// Hands a part's blocks to the parser. Returns 0 when it need not go on.
static int hand_over(reading *r, feed *f, const char *block, uint32_t len) {
  const char *bytes;
  uint32_t size;
  if (!feed_take(f, block, len, &bytes, &size))
    return job_fail_memory(r->job);
  if (f->is_wild)
    return job_fail(
        r->job, DK_RESOURCE_EXHAUSTED,
        "an element in the file has more than %d attributes, which Office does not "
        "write: open it in Office and save it again",
        FEED_ATTRIBUTES_MAX);
  if (f->is_bad && !r->problem[0])
    snprintf(r->problem, 160, "half a character of UTF-16");
  if (size > 0 && !f->is_bad)
    xmlParseChunk(r->parser, bytes, (int)size, 0);
  return !f->is_bad && !r->is_refused && r->parser->errNo != XML_ERR_NO_MEMORY &&
         r->parser->disableSAX == 0 && r->job->status == DK_OK;
}

static xml_result result_of(reading *r, const feed *f, int is_damaged) {
  if (r->job->status != DK_OK)
    return XML_FAILED;
  if (r->parser->errNo == XML_ERR_NO_MEMORY) {
    job_fail_memory(r->job);
    return XML_FAILED;
  }
  if (r->is_refused) {
    job_fail(r->job, DK_INVALID_ARGUMENT,
             "the file holds a document type, which no Office file has: do not open it "
             "if you do "
             "not know who made it");
    return XML_FAILED;
  }
  if (f->is_bad || r->parser->disableSAX || !r->parser->wellFormed)
    return is_damaged ? XML_CUT : XML_BROKEN;
  if (is_damaged && r->parser->instate != XML_PARSER_EPILOG)
    return XML_CUT;
  xmlParseChunk(r->parser, NULL, 0, 1);
  if (r->job->status != DK_OK)
    return XML_FAILED;
  return r->parser->wellFormed ? XML_WHOLE : XML_BROKEN;
}

xml_result xml_read(job *j, zip *z, uint32_t part, const xml_handler *handler,
                    void *context, char problem[160]) {
  problem[0] = 0;
  reading r = {.job = j, .handler = handler, .context = context, .problem = problem};
  xmlSAXHandler sax = handler_of_all();
  r.parser = xmlCreatePushParserCtxt(&sax, &r, NULL, 0, NULL);
  if (!r.parser) {
    job_fail_memory(j);
    return XML_FAILED;
  }
  // Nothing but UTF-8 reaches the parser, so that it never asks for converters of its own.
  xmlCtxtUseOptions(r.parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(r.parser, XML_CHAR_ENCODING_UTF8);
  feed f = {0};
  const char *block;
  uint32_t len;
  if (zip_begin(z, part))
    while ((len = zip_next(z, &block)) > 0 && hand_over(&r, &f, block, len))
      ;
  xml_result result = result_of(&r, &f, zip_end(z) == ZIP_DAMAGED);
  if (result == XML_CUT)
    snprintf(problem, 160, "it is cut off");
  feed_free(&f);
  xmlFreeParserCtxt(r.parser);
  return result;
}

xml_value xml_attribute(const xml_element *e, const char *name) {
  const xmlChar *const *at = e->attributes;
  for (uint32_t i = 0; i < e->attribute_count; i++, at += POINTERS)
    if (strcmp((const char *)at[LOCAL_NAME], name) == 0)
      return (xml_value){(const char *)at[VALUE], (uint32_t)(at[VALUE_END] - at[VALUE])};
  return (xml_value){NULL, 0};
}

int xml_is(xml_value value, const char *text) {
  return value.bytes && value.len == strlen(text) &&
         memcmp(value.bytes, text, value.len) == 0;
}

int xml_is_on(xml_value value) {
  return !xml_is(value, "0") && !xml_is(value, "false") && !xml_is(value, "off");
}

int xml_number(xml_value value, uint32_t limit, uint32_t *number) {
  uint64_t sum = 0;
  if (!value.bytes || value.len == 0 || value.len > 20)
    return 0;
  for (uint32_t i = 0; i < value.len; i++) {
    if (value.bytes[i] < '0' || value.bytes[i] > '9')
      return 0;
    sum = sum * 10 + (uint64_t)(value.bytes[i] - '0');
    if (sum > limit)
      return 0;
  }
  *number = (uint32_t)sum;
  return 1;
}

void xml_prepare(void) {
  xmlInitParser();
}
