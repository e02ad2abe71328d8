/// Web pages, by libxml2's parser, which tells their elements one by one; no tree is made.
#include "charset.h"
#include "elements.h"
#include "facts.h"
#include "flow.h"
#include "texts.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

enum {
  MOST_DEPTH =
      128, ///< what is deeper is taken for a sibling, as browsers do, who have 512
  MOST_SPAN = 65534,
  GAP = 256,           ///< attributes of one tag that cost nothing
  MOST_KEPT = 32 << 20 ///< bytes of a tag, a comment or a script
};

/// Steps of libxml2 that grow with the square of what is in a page. It looks at all open elements for an end
/// tag that closes none, and at all attributes of a tag for each other one.
static const uint64_t most_end_steps = 200000000, most_attribute_steps = 2000000000;

/// A page at work.
typedef struct page {
  const file *file;
  source s;
  htmlParserCtxtPtr parser;
  dk_status status;
  uint32_t frames[MOST_DEPTH + 16]; ///< traits of the open elements
  uint32_t depth;
  uint32_t hidden, heading, caption, furniture, header, pre, link, article, content;
  uint32_t script, page_title, rich_title, date;
  uint64_t end_steps, attribute_steps, gap;
  uint64_t comment; ///< bytes of the open one
  facts facts;
  flow flow;
} page;

/// What counts the open elements with a trait.
static uint32_t *counter_of(page *p, uint32_t trait) {
  switch (trait) {
  case HIDDEN:
    return &p->hidden;
  case HEADING:
    return &p->heading;
  case CAPTION:
    return &p->caption;
  case FURNITURE:
    return &p->furniture;
  case HEADER:
    return &p->header;
  case PRE:
    return &p->pre;
  case LINK:
    return &p->link;
  case ARTICLE:
    return &p->article;
  case CONTENT:
    return &p->content;
  case SCRIPT:
    return &p->script;
  case PAGE_TITLE:
    return &p->page_title;
  case RICH_TITLE:
    return &p->rich_title;
  case DATE:
    return &p->date;
  default:
    return NULL;
  }
}

static void count(page *p, uint32_t traits, int by) {
  for (uint32_t left = traits; left; left &= left - 1) {
    uint32_t *counter = counter_of(p, left & ~(left - 1));
    if (counter)
      *counter += (uint32_t)by;
  }
}

static void end_line(page *p) {
  uint32_t kind = DK_PIECE_TEXT;
  if (p->furniture)
    kind = DK_PIECE_FURNITURE;
  else if (p->heading)
    kind = DK_PIECE_HEADING;
  else if (p->header && !p->article)
    kind = DK_PIECE_FURNITURE;
  else if (p->caption)
    kind = DK_PIECE_CAPTION;
  flow_end_line(&p->flow, kind, !p->content);
}

static uint32_t span_of(attributes all, const char *name, uint32_t most) {
  const char *value = attribute(all, name);
  long span = value ? strtol(value, NULL, 10) : 1;
  return span < 1 ? 1 : span > (long)most ? most : (uint32_t)span;
}

static void begin_block(page *p, uint32_t traits, attributes all) {
  end_line(p);
  if (traits & TABLE)
    grid_open(&p->flow, (traits & LAYOUT) != 0);
  if (traits & ROW)
    grid_begin_row(&p->flow);
  if (traits & CELL)
    grid_begin_cell(&p->flow, span_of(all, "rowspan", MOST_SPAN),
                    span_of(all, "colspan", MOST_COLUMNS));
}

static void end_block(page *p, uint32_t traits) {
  end_line(p);
  if (traits & CELL)
    grid_end_cell(&p->flow);
  if (traits & ROW)
    grid_end_row(&p->flow);
  if (traits & TABLE)
    grid_close(&p->flow);
}

/// Lets the parser forget the element that it has just opened.
static void flatten(page *p) {
  htmlParserCtxtPtr parser = p->parser;
  if (parser->nameNr > 1)
    parser->name = parser->nameTab[--parser->nameNr - 1];
}

/// Whether no other element can be opened in it.
static int ends_by_itself(const char *name, uint32_t traits) {
  const htmlElemDesc *known = htmlTagLookup((const xmlChar *)name);
  return traits & SCRIPT || strcmp(name, "style") == 0 || (known && known->empty);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **all) {
  page *p = context;
  if (p->status != DK_OK || p->flow.status != DK_OK)
    return;
  p->gap = 0;
  uint32_t traits = element_traits((const char *)name, all);
  if (p->content)
    traits &= ~(uint32_t)FURNITURE;
  if (p->hidden || traits & HIDDEN)
    traits &= ~(uint32_t)(BLOCK | TABLE | ROW | CELL);
  facts_element(&p->facts, (const char *)name, all);
  if (traits & BLOCK)
    begin_block(p, traits, all);
  if (traits & IMAGE)
    p->flow.next.is_caption = 1;
  if (p->depth >= MOST_DEPTH && !ends_by_itself((const char *)name, traits)) {
    flatten(p);
    return;
  }
  if (p->depth == sizeof p->frames / sizeof *p->frames)
    return;
  p->frames[p->depth++] = traits;
  count(p, traits, 1);
  p->flow.has_article |= p->content != 0;
  if (traits & LINK && !p->hidden)
    p->flow.next.links++;
}

static void finish_facts(page *p, uint32_t traits) {
  facts *f = &p->facts;
  if (traits & SCRIPT)
    facts_script(f, NULL, 0, 1);
  if (traits & PAGE_TITLE)
    f->title.is_done = f->title.len > 0;
  if (traits & RICH_TITLE)
    f->rich.is_done = f->rich.len > 0;
  if (traits & DATE)
    f->date.is_done = f->date.len > 0;
}

static void on_end(void *context, const xmlChar *name) {
  page *p = context;
  (void)name;
  if (p->status != DK_OK || p->flow.status != DK_OK || p->depth == 0)
    return;
  p->gap = 0;
  uint32_t traits = p->frames[p->depth - 1];
  if (traits & BLOCK)
    end_block(p, traits);
  p->depth--;
  count(p, traits, -1);
  finish_facts(p, traits);
}

static void add_as_is(page *p, const char *text, size_t len) {
  while (len) {
    const char *line_end = memchr(text, '\n', len);
    size_t part = line_end ? (size_t)(line_end - text) : len;
    flow_add_as_is(&p->flow, text, part, p->link > 0);
    if (line_end)
      end_line(p);
    part += line_end != NULL;
    text += part;
    len -= part;
  }
}

static void on_text(void *context, const xmlChar *bytes, int size) {
  page *p = context;
  const char *text = (const char *)bytes;
  size_t len = size > 0 ? (size_t)size : 0;
  if (p->status != DK_OK || p->flow.status != DK_OK)
    return;
  p->gap = 0;
  if (p->script)
    facts_script(&p->facts, text, len, 0);
  if (p->page_title)
    fact_add(&p->facts.title, text, len);
  if (p->rich_title)
    fact_add(&p->facts.rich, text, len);
  if (p->date)
    fact_add(&p->facts.date, text, len);
  if (p->hidden)
    return;
  if (p->pre)
    add_as_is(p, text, len);
  else
    flow_add(&p->flow, text, len, p->link > 0);
}

static void on_comment(void *context, const xmlChar *text) {
  page *p = context;
  (void)text;
  p->gap = p->comment = 0;
}

/// Counts what the parser's time depends on beyond the size of the page.
static void weigh(page *p, const char *at, size_t len) {
  uint64_t marks = 0;
  for (size_t i = 0; i < len; i++) {
    if (at[i] == ' ' || at[i] == '\n' || at[i] == '\t' || at[i] == '"' || at[i] == '\'')
      marks++;
    else if (at[i] == '/' && i > 0 && at[i - 1] == '<')
      p->end_steps += p->depth;
  }
  if (p->parser->instate == XML_PARSER_COMMENT) {
    p->comment += len;
    return;
  }
  p->gap += marks;
  if (p->gap > GAP)
    p->attribute_steps += p->gap * marks;
  if (p->end_steps > most_end_steps || p->attribute_steps > most_attribute_steps)
    p->status =
        refuse(p->file->call, DK_RESOURCE_EXHAUSTED,
               "the page is made to take long: it has a tag with too many attributes, or "
               "too many end tags that end nothing; save it anew from a browser");
}

/// Refuses what the parser would have to keep whole.
static void look_at_kept(page *p) {
  const xmlParserInput *input = p->parser->input;
  uint64_t kept = input && input->buf ? xmlBufUse(input->buf->buffer) : 0;
  if (p->status == DK_OK && kept + p->comment > MOST_KEPT)
    p->status = refuse(p->file->call, DK_RESOURCE_EXHAUSTED,
                       "the page has a tag, a comment or a script of more than 32 MB: "
                       "save it without its pictures");
}

/// Gives the parser the next characters; none once the call has failed.
static int on_read(void *context, char *to, int room) {
  page *p = context;
  if (p->status == DK_OK && dk_cancelled(p->file->call))
    p->status = DK_CANCELLED;
  look_at_kept(p);
  if (p->status != DK_OK || p->flow.status != DK_OK || room < 4)
    return 0;
  size_t len = source_read(&p->s, to, (size_t)room);
  weigh(p, to, len);
  return p->status == DK_OK ? (int)len : 0;
}

/// Tells the log where the page does not end as it should. Refuses what there is no memory for.
static void look_at_end(page *p) {
  const xmlError *last = xmlCtxtGetLastError(p->parser);
  if (p->status != DK_OK || p->flow.status != DK_OK)
    return;
  if (last && last->code == XML_ERR_NO_MEMORY)
    p->status =
        refuse(p->file->call, DK_RESOURCE_EXHAUSTED,
               "there is not enough memory for an element of the page: save it without "
               "its pictures");
  else if (p->s.at < p->s.end)
    file_log(p->file, "the page cannot be parsed to its end: the rest of it is left out");
  else if (last && (last->code == XML_ERR_ATTRIBUTE_NOT_FINISHED ||
                    last->code == XML_ERR_COMMENT_NOT_FINISHED ||
                    last->code == XML_ERR_GT_REQUIRED))
    file_log(p->file, "the page ends within a tag or a comment, which is left out");
}

static dk_status parse(page *p) {
  p->parser = htmlNewParserCtxt();
  if (!p->parser)
    return refuse(p->file->call, DK_RESOURCE_EXHAUSTED,
                  "there is no memory for a parser: try again");
  xmlSAXHandler *sax = p->parser->sax;
  memset(sax, 0, sizeof *sax);
  sax->initialized = 1;
  sax->startElement = on_start;
  sax->endElement = on_end;
  sax->characters = sax->ignorableWhitespace = sax->cdataBlock = on_text;
  sax->comment = on_comment;
  p->parser->userData = p;
  htmlDocPtr none = htmlCtxtReadIO(p->parser, on_read, NULL, p, NULL, "UTF-8",
                                   HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                       HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER);
  if (none)
    xmlFreeDoc(none);
  look_at_end(p);
  htmlFreeParserCtxt(p->parser);
  if (p->status == DK_OK)
    end_line(p);
  while (p->status == DK_OK && p->flow.open_tables)
    grid_close(&p->flow);
  return p->status != DK_OK ? p->status : p->flow.status;
}

static dk_status finish(page *p) {
  const file *f = p->file;
  facts *facts = &p->facts;
  flow_settle(&p->flow);
  facts_end(facts);
  if (p->flow.status != DK_OK)
    return p->flow.status;
  uint32_t script = facts->script;
  if (!script && p->s.whole == BIG5)
    script = DK_TRADITIONAL;
  file_warn(f, &p->s);
  return file_state(f, facts_title(facts), facts->published, script);
}

dk_status read_html(void *self, dk_call *call) {
  file f;
  dk_status status = file_find(&f, self, call);
  page *p = status == DK_OK ? call->scratch(call, sizeof *p) : NULL;
  if (!p)
    return status == DK_OK ? DK_RESOURCE_EXHAUSTED : status;
  p->file = &f;
  p->flow.out.call = call;
  facts_begin(&p->facts);
  status = file_open(&f, charset_of_page((const char *)f.bytes, f.len), &p->s);
  if (status != DK_OK)
    return status;
  status = parse(p);
  return status == DK_OK ? finish(p) : status;
}
