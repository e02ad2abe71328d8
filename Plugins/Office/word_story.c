#include "word_story.h"

#include <string.h>

/// Whether there is nothing to read in a text.
static int is_blank(const text *t) {
  static const char wide_space[] = "　";
  for (uint32_t i = 0; i < t->len; i++) {
    if (t->len - i >= 3 && memcmp(t->bytes + i, wide_space, 3) == 0)
      i += 2;
    else if ((unsigned char)t->bytes[i] > ' ')
      return 0;
  }
  return 1;
}

/// Whether furniture was told before, which is noted.
static int is_seen(story *s, const text *t) {
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  for (uint32_t i = 0; i < t->len; i++)
    hash = (hash ^ (unsigned char)t->bytes[i]) * UINT64_C(0x100000001b3);
  for (uint32_t i = 0; i < s->seen_count; i++)
    if (s->seen[i] == hash)
      return 1;
  if (s->seen_count < SEEN_MAX)
    s->seen[s->seen_count++] = hash;
  return 0;
}

void story_check(story *s, int has_memory) {
  if (!has_memory)
    job_fail_memory(s->job);
}

/// Appends what of the paragraph has been read.
static void put_now(story *s) {
  place at = {.kind = s->is_furniture ? DK_PIECE_FURNITURE : s->now.kind,
              .page = s->page};
  pieces_put(s->out, &at, s->now.text.bytes, s->now.text.len);
  s->now.text.len = 0;
  s->now.has_begun = 1;
}

int story_is_told(const story *s) {
  return !s->now.is_run_hidden && s->instructions == 0 && !s->skipped_from;
}

void story_add(story *s, const char *bytes, uint32_t len) {
  if (!story_is_told(s) || len == 0)
    return;
  text *t = &s->now.text;
  s->is_at_break = 0;
  if (table_in_cell(&s->table)) {
    if (s->table.has_gap && t->len > 0)
      story_check(s, text_add(t, " ", 1));
    s->table.has_gap = 0;
    story_check(s, text_add_flat(t, bytes, len));
    if (t->len > PIECE_MAX)
      table_put(&s->table, s->out, t, 1);
  } else {
    story_check(s, text_add(t, bytes, len));
    if (t->len > PIECE_MAX)
      put_now(s);
  }
}

void story_begin_paragraph(story *s) {
  text kept = s->now.text;
  s->now = (paragraph){.text = kept, .kind = DK_PIECE_TEXT};
}

void story_end_paragraph(story *s) {
  // What is no field after all must not hide the rest of the document.
  s->instructions = 0;
  if (table_in_cell(&s->table)) {
    s->table.has_gap = 1;
    return;
  }
  text *t = &s->now.text;
  int is_told_now =
      s->now.has_begun || (!is_blank(t) && !(s->is_furniture && is_seen(s, t)));
  if (is_told_now) {
    story_check(s, text_add(t, "\n", 1));
    put_now(s);
  }
  t->len = 0;
  s->now.has_begun = 0;
}

static void break_page(story *s) {
  if (!s->has_pages)
    return;
  if (s->now.text.len > 0 && !table_in_cell(&s->table)) {
    if (s->now.has_begun || !is_blank(&s->now.text))
      put_now(s);
    s->now.text.len = 0;
  }
  s->page++;
}

void story_break_by_author(story *s) {
  break_page(s);
  s->is_at_break = 1;
}

void story_break_by_layout(story *s) {
  if (!s->is_at_break)
    break_page(s);
  s->is_at_break = 0;
}

void story_begin_box(story *s) {
  if (table_in_cell(&s->table) || s->boxes == BOXES_MAX) {
    s->table.has_gap = 1;
    s->flat_boxes++;
    return;
  }
  s->outer[s->boxes++] = s->now;
  s->now = (paragraph){.kind = DK_PIECE_TEXT};
}

void story_end_box(story *s) {
  if (s->flat_boxes > 0) {
    s->flat_boxes--;
    s->table.has_gap = 1;
    s->now.in_run = 1;
    return;
  }
  if (s->boxes == 0)
    return;
  story_end_paragraph(s);
  text_free(&s->now.text);
  s->now = s->outer[--s->boxes];
}

void story_finish(story *s) {
  s->skipped_from = 0;
  if (s->table.cell_depth > 0) {
    s->table.cell_depth = 1;
    table_end_cell(&s->table, s->out, &s->now.text);
  }
  if (s->table.depth > 0) {
    s->table.depth = 1;
    table_end(&s->table, s->out);
  }
  s->flat_boxes = 0;
  while (s->boxes > 0)
    story_end_box(s);
  story_end_paragraph(s);
  s->depth = s->alternatives = s->fields = 0;
}

void story_free(story *s) {
  text_free(&s->now.text);
  while (s->boxes > 0)
    text_free(&s->outer[--s->boxes].text);
}
