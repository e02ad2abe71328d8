/// Marks what in a document is not running text: a headline that is repeated between the
/// paragraphs, and the widgets of the page around it. Others need not look there.
#include "duikou.h"

#include <string.h>

typedef struct line {
  uint32_t off, len; ///< within the document, without white space around it
} line;

/// Words that begin a line of a page which is no text, in both scripts.
static const char *const widgets[] = {
    "分享到",   "分享至",   "打印本页", "列印",     "关闭窗口", "關閉窗口",
    "返回顶部", "上一篇",   "下一篇",   "责任编辑", "責任編輯", "扫一扫",
    "掃一掃",   "版权声明", "免责声明", "点击查看", "字体大小", "字号",
    "浏览次数", "阅读次数", "本篇文章", "预计阅读", "阅读全文",
};

/// Words that begin a list of other articles: short lines behind them belong to it.
static const char *const lists[] = {
    "相关文章", "相關文章", "相关阅读", "相關閱讀", "相关链接", "相關連結", "相关新闻",
    "相關新聞", "推荐阅读", "推薦閱讀", "延伸阅读", "延伸閱讀", "热门文章", "猜你喜欢",
};

enum { SHORTEST_HEADLINE = 18, LONGEST_HEADLINE = 240, LONGEST_WIDGET = 90 };

static int begins_with_any(const char *text, line l, const char *const *words,
                           uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    size_t len = strlen(words[i]);
    if (len <= l.len && memcmp(text + l.off, words[i], len) == 0)
      return 1;
  }
  return 0;
}

static int has_sentence_end(const char *text, line l) {
  static const char full_stop[] = "。";
  for (uint32_t i = 0; i + 3 <= l.len; i++)
    if (memcmp(text + l.off + i, full_stop, 3) == 0)
      return 1;
  return 0;
}

/// The length of the white space at `text`, full-width included; 0 for none.
static uint32_t space_at(const char *text, uint32_t left) {
  if (left >= 1 && (*text == ' ' || *text == '\t' || *text == '\r'))
    return 1;
  return left >= 3 && memcmp(text, "　", 3) == 0 ? 3 : 0;
}

static line trimmed(const char *text, uint32_t off, uint32_t end) {
  uint32_t space;
  while ((space = space_at(text + off, end - off)) > 0)
    off += space;
  for (;;) {
    if (end > off && space_at(text + end - 1, 1))
      end -= 1;
    else if (end >= off + 3 && space_at(text + end - 3, 3) == 3)
      end -= 3;
    else
      return (line){off, end - off};
  }
}

/// Splits a text into its lines that hold something; returns how many there are.
static uint32_t split(const char *text, uint32_t len, line *lines) {
  uint32_t count = 0, start = 0;
  for (uint32_t i = 0; i <= len; i++) {
    if (i < len && text[i] != '\n')
      continue;
    line l = trimmed(text, start, i);
    if (l.len > 0) {
      if (lines)
        lines[count] = l;
      count++;
    }
    start = i + 1;
  }
  return count;
}

static int same(const char *text, line a, line b) {
  return a.len == b.len && memcmp(text + a.off, text + b.off, a.len) == 0;
}

/// One document of a call.
typedef struct document {
  dk_call *call;
  const char *text;
  uint32_t base;   ///< of the document in the text section
  uint32_t number; ///< index + 1
} document;

static dk_status mark(const document *d, line l, uint32_t kind, dk_ref of, dk_ref *made) {
  dk_segment *segment = d->call->append(d->call, DK_SEGMENT, 1, made);
  if (!segment)
    return DK_RESOURCE_EXHAUSTED;
  segment->row.evidence = (dk_span){d->base + l.off, l.len};
  segment->row.document = d->number;
  segment->row.confidence = 1000000;
  segment->kind = kind;
  segment->duplicate_of = of;
  return DK_OK;
}

/// Marks the first line and where it stands again, if it does.
static dk_status mark_headline(const document *d, const line *lines, uint32_t count) {
  line first = lines[0];
  dk_ref headline = {0, 0};
  if (first.len < SHORTEST_HEADLINE || first.len > LONGEST_HEADLINE)
    return DK_OK;
  for (uint32_t i = 1; i < count; i++) {
    dk_status status = DK_OK;
    if (!same(d->text, first, lines[i]))
      continue;
    if (!headline.row)
      status = mark(d, first, DK_HEADLINE, (dk_ref){0, 0}, &headline);
    if (status == DK_OK)
      status = mark(d, lines[i], DK_HEADLINE_REPEAT, headline, NULL);
    if (status != DK_OK)
      return status;
  }
  return DK_OK;
}

static dk_status mark_widgets(const document *d, const line *lines, uint32_t count) {
  int in_list = 0;
  for (uint32_t i = 0; i < count; i++) {
    int is_short = lines[i].len <= LONGEST_WIDGET && !has_sentence_end(d->text, lines[i]);
    if (begins_with_any(d->text, lines[i], lists, DK_COUNT(lists)))
      in_list = 1;
    else if (!is_short)
      in_list = 0;
    if (in_list ||
        (is_short && begins_with_any(d->text, lines[i], widgets, DK_COUNT(widgets)))) {
      dk_status status = mark(d, lines[i], DK_WIDGET, (dk_ref){0, 0}, NULL);
      if (status != DK_OK)
        return status;
    }
  }
  return DK_OK;
}

/// The pieces of files, in the order of the text.
typedef struct pieces {
  const dk_image *image;
  const dk_table *table;
  uint32_t next;
} pieces;

/// The next piece that is no part of the text, from `start` on and before `end`; NULL when there is none.
static const dk_piece *next_furniture(pieces *p, uint32_t start, uint32_t end) {
  for (; p->table && p->next < p->table->row_count; p->next++) {
    const dk_piece *piece = dk_row_at(p->image, p->table, p->next);
    if (piece->row.evidence.off >= end)
      return NULL;
    if (piece->kind == DK_PIECE_FURNITURE && piece->row.evidence.off >= start &&
        piece->row.evidence.len > 0 &&
        piece->row.evidence.len <= end - piece->row.evidence.off) {
      p->next++;
      return piece;
    }
  }
  return NULL;
}

/// Marks what a reader says is no part of the text, and takes the lines within out.
static dk_status mark_furniture(const document *d, uint32_t len, pieces *p, line *lines,
                                uint32_t *count) {
  uint32_t kept = 0, at = 0;
  const dk_piece *piece;
  while ((piece = next_furniture(p, d->base, d->base + len))) {
    line l = {piece->row.evidence.off - d->base, piece->row.evidence.len};
    dk_status status = mark(d, l, DK_WIDGET, (dk_ref){0, 0}, NULL);
    if (status != DK_OK)
      return status;
    for (; at < *count && lines[at].off < l.off; at++)
      lines[kept++] = lines[at];
    while (at < *count && lines[at].off < l.off + l.len)
      at++;
  }
  for (; at < *count; at++)
    lines[kept++] = lines[at];
  *count = kept;
  return DK_OK;
}

static dk_status segments(void *self, dk_call *call) {
  (void)self;
  const dk_image *image = call->image;
  const dk_table *documents = dk_find(image, DK_DOCUMENT);
  pieces furniture = {image, dk_find(image, DK_PIECE), 0};
  for (uint32_t i = 0; documents && i < documents->row_count; i++) {
    if (dk_cancelled(call))
      return DK_CANCELLED;
    const dk_document *row = dk_row_at(image, documents, i);
    document d = {call, dk_text(image) + row->text.off, row->text.off, i + 1};
    uint32_t count = split(d.text, row->text.len, NULL);
    if (count == 0)
      continue;
    line *lines = call->scratch(call, (uint64_t)count * sizeof *lines);
    if (!lines)
      return DK_RESOURCE_EXHAUSTED;
    split(d.text, row->text.len, lines);
    dk_status status = mark_furniture(&d, row->text.len, &furniture, lines, &count);
    if (status == DK_OK && count > 0)
      status = mark_headline(&d, lines, count);
    if (status == DK_OK)
      status = mark_widgets(&d, lines, count);
    if (status != DK_OK)
      return status;
  }
  return DK_OK;
}

static const dk_use uses[] = {
    {DK_DOCUMENT, sizeof(dk_document), DK_READ, 0},
    {DK_PIECE, sizeof(dk_piece), DK_USE, 0},
    {DK_SEGMENT, sizeof(dk_segment), DK_WRITE, 0},
};

static const dk_method methods[] = {{
    .name = "Segments",
    .doc = "Marks repeated headlines and the widgets and navigation of a page.",
    .role = DK_EXTRACTOR,
    .flags = DK_PURE | DK_BATCHED,
    .use_count = DK_COUNT(uses),
    .uses = uses,
    .use_stride = sizeof(dk_use),
    .invoke = segments,
}};

#define ID      "org.duikou.segments"
#define VERSION "0.1.0"

static const dk_plugin plugin = {
    .size = sizeof(dk_plugin),
    .abi_built = DK_ABI_MINOR,
    .id = ID,
    .version = VERSION,
    .doc = "Finds the parts of a document that are not running text.",
    .methods = methods,
    .method_count = DK_COUNT(methods),
    .method_stride = sizeof(dk_method),
};

DK_NOTE(ID, VERSION);

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return &plugin;
}
