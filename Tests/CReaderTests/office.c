#include "office.h"
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

reading read_office(const reader *r, const zip_part parts[OFFICE_PARTS]) {
  const char *method = "Docx";
  for (int i = 0; i < OFFICE_PARTS; i++)
    if (parts[i].name && strncmp(parts[i].name, "xl/", 3) == 0)
      method = "Xlsx";
  zip_file file = zip_write(parts, OFFICE_PARTS);
  reading found = read_bytes(r, method, "", "file", file.bytes, file.len);
  free(file.bytes);
  return found;
}

static size_t add(char *out, size_t size, size_t used, const char *text, size_t len) {
  if (len > size - used - 1)
    len = size - used - 1;
  memcpy(out + used, text, len);
  out[used + len] = 0;
  return used + len;
}

void write_pieces(const reading *found, char *out, size_t size) {
  static const char kinds[] = "?THCXF";
  size_t used = 0;
  out[0] = 0;
  for (uint32_t i = 0; i < found->count; i++) {
    const read_piece *p = &found->pieces[i];
    char place[160], merged[32] = "";
    if (p->lines || p->columns)
      snprintf(merged, sizeof merged, "+%ux%u", p->lines ? p->lines : 1,
               p->columns ? p->columns : 1);
    snprintf(place, sizeof place, "%s%c", i ? "|" : "", kinds[p->kind < 6 ? p->kind : 0]);
    used = add(out, size, used, place, strlen(place));
    if (p->page)
      snprintf(place, sizeof place, "%u", p->page);
    else
      place[0] = 0;
    used = add(out, size, used, place, strlen(place));
    if (p->line) {
      snprintf(place, sizeof place, " %u:%u:%u%s", p->table, p->line, p->column, merged);
      used = add(out, size, used, place, strlen(place));
    }
    if (*p->part) {
      used = add(out, size, used, " @", 2);
      used = add(out, size, used, p->part, strlen(p->part));
    }
    used = add(out, size, used, " ", 1);
    used = add(out, size, used, piece_text(found, i), p->end - p->start);
  }
}

int check_reading(const char *name, const reading *found, const char *expected,
                  dk_status status, const char *word) {
  static char text[1 << 16];
  write_pieces(found, text, sizeof text);
  int is_right = expected ? found->status == DK_OK && strcmp(text, expected) == 0
                          : found->status == status && strstr(found->message, word);
  if (!is_right)
    fprintf(stderr, "%s: status %d %s\n  has %s\n  not %s\n", name, found->status,
            found->message, text, expected ? expected : word);
  return !is_right;
}

int test_office(const reader *r) {
  return test_documents(r) + test_workbooks(r) + test_bad_office_files(r) +
         test_hostile_office_files(r);
}
