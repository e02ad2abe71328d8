#include "flow.h"
#include "characters.h"
#include "joints.h"

enum { ASIDE_MAX = 64 }; ///< lines of furniture that wait for the end of a paragraph

static const char *text_of(const window *w, const line *l) {
  return w->text + l->off;
}

static void put_whole(flow *f, const window *w, const line *l) {
  pieces_put(f->pieces, l->kind, l->page, text_of(w, l), l->len);
  pieces_put(f->pieces, l->kind, l->page, "\n", 1);
  pieces_end(f->pieces);
}

/// Keeps a copy of a line.
static int keep(window *in, const window *w, const line *l) {
  size_t off = in->text_len;
  line *kept = window_put(in, text_of(w, l), l->len) ? window_add(in) : NULL;
  if (!kept)
    return 0;
  *kept = *l;
  kept->off = (uint32_t)off;
  return 1;
}

static void put_asides(flow *f) {
  for (size_t i = 0; i < f->aside.count; i++)
    put_whole(f, &f->aside, &f->aside.lines[i]);
  window_clear(&f->aside);
}

/// Writes the last line and what is behind it.
static void put_last(flow *f, enum joint joint) {
  static const char *const between[] = {"\n", "\t", "", " ", ""};
  if (f->last.count) {
    const line *l = &f->last.lines[0];
    uint32_t len = l->len;
    if (joint == HYPHEN)
      len -= last_character(f->last.text, len) == '-'    ? 1
             : last_character(f->last.text, len) == 0xad ? 2
                                                         : 3;
    pieces_put(f->pieces, l->kind, l->page, f->last.text, len);
    pieces_put(f->pieces, l->kind, l->page, between[joint],
               joint == SEAM || joint == HYPHEN ? 0 : 1);
  }
  window_clear(&f->last);
  if (joint == BREAK) {
    pieces_end(f->pieces);
    put_asides(f);
  }
}

static int put_line(flow *f, const window *w, const line *l) {
  if (l->kind == DK_PIECE_FURNITURE) {
    if (f->aside.count == ASIDE_MAX)
      put_last(f, BREAK);
    return keep(&f->aside, w, l);
  }
  const line *last = f->last.count ? &f->last.lines[0] : NULL;
  put_last(f, last ? joint_of(last, f->last.text, l, text_of(w, l)) : BREAK);
  return keep(&f->last, w, l);
}

dk_status flow_put(flow *f, const window *w) {
  for (size_t i = 0; i < w->count && f->pieces->status == DK_OK; i++)
    if (!put_line(f, w, &w->lines[i]))
      return DK_RESOURCE_EXHAUSTED;
  return f->pieces->status;
}

dk_status flow_end(flow *f) {
  put_last(f, BREAK);
  return f->pieces->status;
}

void flow_free(flow *f) {
  window_free(&f->last);
  window_free(&f->aside);
}
