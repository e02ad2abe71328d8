/// What the lines of a page are, seen together.
#define _GNU_SOURCE
#include "flow.h"

#include <string.h>

enum { SHORT = 90, SHORT_CAPTION = 300, FEWEST_LINKS = 3 };

/// Words that begin a line of a page which is no text.
static const char *const widgets[] = {
    "分享到",   "分享至",     "打印本页", "列印",     "关闭窗口",
    "關閉窗口", "返回顶部",   "上一篇",   "下一篇",   "扫一扫",
    "掃一掃",   "微信扫一扫", "阅读原文", "閱讀原文", "点击查看",
    "字体大小", "字号",       "浏览次数", "阅读次数", "长按识别二维码",
};

/// Words that begin a list of other pages: short lines behind them belong to it.
static const char *const lists[] = {
    "相关文章", "相關文章", "相关阅读", "相關閱讀", "相关链接", "相關連結", "相关新闻",
    "相關新聞", "推荐阅读", "推薦閱讀", "延伸阅读", "延伸閱讀", "热门文章", "猜你喜欢",
};

/// What a caption begins with that stands below a picture.
static const char *const captions[] = {
    "▲", "△", "▼", "↑", "图：", "圖：", "图/", "图为", "圖為", "（图", "摄影",
};

static int begins_with_any(const char *text, uint32_t len, const char *const *words,
                           uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    size_t size = strlen(words[i]);
    if (size <= len && memcmp(text, words[i], size) == 0)
      return 1;
  }
  return 0;
}

/// What one line is, where its element does not say it.
static void look_at(flow *f, line *l) {
  const char *text = f->text + l->start;
  static const char stop[] = "。";
  int is_short = l->len <= SHORT && !memmem(text, l->len, stop, sizeof stop - 1);
  int is_list = is_short && begins_with_any(text, l->len, lists, DK_COUNT(lists));
  if (l->is_outside && f->has_article && l->kind != DK_PIECE_HEADING)
    l->kind = DK_PIECE_FURNITURE;
  if (l->kind != DK_PIECE_TEXT && !(l->kind == DK_PIECE_HEADING && is_list)) {
    f->in_list &= l->kind != DK_PIECE_HEADING;
    return;
  }
  f->in_list = is_list || (f->in_list && is_short);
  if (f->in_list ||
      (is_short && begins_with_any(text, l->len, widgets, DK_COUNT(widgets))))
    l->kind = DK_PIECE_FURNITURE;
  else if (l->is_caption && l->len <= SHORT_CAPTION &&
           begins_with_any(text, l->len, captions, DK_COUNT(captions)))
    l->kind = DK_PIECE_CAPTION;
}

static int is_linked(const line *l) {
  return !l->is_cell && l->kind == DK_PIECE_TEXT &&
         (uint64_t)l->linked * 10 > (uint64_t)l->len * 6;
}

/// Marks lists of links.
static void look_at_links(flow *f) {
  for (uint32_t i = 0; i < f->count;) {
    uint32_t end = i, links = 0;
    for (; end < f->count && is_linked(&f->lines[end]); end++)
      links += f->lines[end].links;
    for (; i < end; i++)
      if (links >= FEWEST_LINKS)
        f->lines[i].kind = DK_PIECE_FURNITURE;
    i += i == end;
  }
}

static dk_status append(flow *f, const line *l) {
  int is_furniture = l->kind == DK_PIECE_FURNITURE;
  dk_piece piece = {.kind = l->is_cell && !is_furniture ? DK_PIECE_CELL : l->kind};
  if (l->is_cell) {
    piece.table = l->table;
    piece.line = l->row;
    piece.column = l->column;
    piece.lines = l->lines;
    piece.columns = l->columns;
  }
  char *end = f->text + l->start + l->len;
  *end = l->is_cell ? (l->ends_row ? '\n' : l->ends_cell ? '\t' : ' ') : '\n';
  if (!l->is_cell && !l->len)
    return DK_OK;
  return pieces_add(&f->out, &piece, f->text + l->start, l->len + (l->is_open ? 0 : 1));
}

void flow_settle(flow *f) {
  grid_decide(f);
  for (uint32_t i = 0; i < f->count; i++)
    if (!f->lines[i].is_cell)
      look_at(f, &f->lines[i]);
  look_at_links(f);
  for (uint32_t i = 0; i < f->count && f->status == DK_OK; i++)
    f->status = append(f, &f->lines[i]);
  uint32_t left = f->len - f->next.start;
  memmove(f->text, f->text + f->next.start, left);
  f->len = left;
  f->next.start = 0;
  f->count = f->grid.first = 0;
}
