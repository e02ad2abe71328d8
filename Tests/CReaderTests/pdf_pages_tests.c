/// What happens where pages end.
#include "pdf_checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FULL "北京市旅游发展委员会与内蒙古自治区旅游发展委员会在呼和浩特市召开座谈会并"

/// What is on page `number`, from 1, of so many.
typedef void (*painter)(bytes *content, int number);

static void paint(bytes *content, double x, double y, double size, const char *text) {
  pdf_show(content, UNICODE, size, x, y, text);
}

static void with_header_and_number(bytes *content, int number) {
  char line[32];
  paint(content, 200, 800, 9, "京蒙协作资料汇编");
  snprintf(line, sizeof line, "第%d次会议。", number);
  paint(content, 82, 700, 12, line);
  snprintf(line, sizeof line, "%d", number);
  paint(content, 290, 40, 9, line);
}

static void with_running_text(bytes *content, int number) {
  char line[32];
  paint(content, 200, 800, 9, "汇编");
  for (int i = 0; i < (number < 3 ? 3 : 1); i++)
    paint(content, 82, 700 - 20 * i, 12, number < 3 ? FULL : "完毕。");
  snprintf(line, sizeof line, "- %d -", number);
  paint(content, 290, 40, 9, line);
}

static void with_sides(bytes *content, int number) {
  paint(content, 82, 800, 9, number % 2 ? "延庆区文件" : "敖汉旗文件");
  paint(content, 82, 400, 12, "正文。");
}

static void with_one_word(bytes *content, int number) {
  paint(content, 82, 400, 12, number == 2 ? "中间。" : "两端。");
}

static void with_columns(bytes *content, int number) {
  (void)number;
  for (int i = 0; i < 4; i++) {
    paint(content, 60, 700 - 20 * i, 12,
          i < 3 ? "左栏文字左栏文字左栏文字左栏文" : "左栏完。");
    paint(content, 320, 700 - 20 * i, 12,
          i < 3 ? "右栏文字右栏文字右栏文字右栏文" : "右栏完。");
  }
}

static void with_blank(bytes *content, int number) {
  if (number != 2)
    paint(content, 82, 400, 12, "有字。");
}

static const struct {
  const char *sentence;
  painter painter;
  int pages;
  const char *expected;
} cases[] = {
    {"headers and page numbers are furniture, whatever the number",
     with_header_and_number, 3,
     "F1|京蒙协作资料汇编⏎ T1|第1次会议。⏎ F1|1⏎ F2|京蒙协作资料汇编⏎ T2|第2次会议。⏎ "
     "F2|2⏎ "
     "F3|京蒙协作资料汇编⏎ T3|第3次会议。⏎ F3|3⏎"},
    {"a paragraph goes on over pages, and what stands between comes behind it",
     with_running_text, 3,
     "F1|汇编⏎ T1|" FULL FULL FULL " T2|" FULL FULL FULL
     " T3|完毕。⏎ F1|- 1 -⏎ F2|汇编⏎ F2|- 2 -⏎ F3|汇编⏎ F3|- 3 -⏎"},
    {"left and right pages may have headers of their own", with_sides, 6,
     "F1|延庆区文件⏎ T1|正文。⏎ F2|敖汉旗文件⏎ T2|正文。⏎ F3|延庆区文件⏎ T3|正文。⏎ "
     "F4|敖汉旗文件⏎ T4|正文。⏎ F5|延庆区文件⏎ T5|正文。⏎ F6|敖汉旗文件⏎ T6|正文。⏎"},
    {"what repeats in the middle of pages is text", with_one_word, 3,
     "T1|两端。⏎ T2|中间。⏎ T3|两端。⏎"},
    {"columns are read one after the other", with_columns, 1,
     "T1|"
     "左栏文字左栏文字左栏文字左栏文左栏文字左栏文字左栏文字左栏文左栏文字左栏文字左栏文"
     "字左栏文"
     "左栏完。⏎ T1|右栏文字右栏文字右栏文字右栏文右栏文字右栏文字右栏文字右栏文"
     "右栏文字右栏文字右栏文字右栏文右栏完。⏎"},
    {"a page without text is passed over", with_blank, 3, "T1|有字。⏎ T3|有字。⏎"},
};

static reading read_painted(const reader *r, painter painter, int pages) {
  pdf *file = pdf_new();
  for (int number = 1; number <= pages; number++) {
    bytes content = {NULL, 0, 0};
    painter(&content, number);
    pdf_page(file, &content);
  }
  bytes out = pdf_end(file, "");
  return read_pdf(r, &out);
}

/// Many pages come in parts, of which each knows what the ones before it had above and below.
static int test_many_pages(const reader *r) {
  enum { PAGES = 200 };
  int failed = 0;
  reading found = read_painted(r, with_header_and_number, PAGES);
  failed += ends_otherwise("many pages", &found, DK_OK, "");
  uint32_t furniture = 0, text = 0;
  for (uint32_t i = 0; i < found.count; i++) {
    furniture += found.pieces[i].kind == DK_PIECE_FURNITURE;
    text += found.pieces[i].kind == DK_PIECE_TEXT;
  }
  failed += differs("each of many pages has its furniture", "yes",
                    furniture == 2 * PAGES && text == PAGES ? "yes" : "no");
  reading_free(&found);
  return failed;
}

static void with_long_paragraph(bytes *content, int number) {
  (void)number;
  for (int i = 0; i < 220; i++) {
    for (int part = 0; part < 5; part++)
      paint(content, 82 + part * 80, 780 - i * 3.2, 3.2,
            "长段落没有标点长段落没有标点长段落没有标点长段落");
    paint(content, 82 + 5 * 80, 780 - i * 3.2, 3.2, "没有标点长段落没有标");
  }
}

static int test_long_paragraph(const reader *r) {
  reading found = read_painted(r, with_long_paragraph, 1);
  int failed = ends_otherwise("a long paragraph", &found, DK_OK, "");
  failed += differs("a long paragraph comes in several pieces", "yes",
                    found.count >= 2 && found.len > 75000 && found.pieces[0].end == 60000
                        ? "yes"
                        : "no");
  reading_free(&found);
  return failed;
}

int test_pdf_pages(const reader *r) {
  int failed = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    reading found = read_painted(r, cases[i].painter, cases[i].pages);
    char *pieces = written(&found);
    failed += ends_otherwise(cases[i].sentence, &found, DK_OK, "");
    failed += differs(cases[i].sentence, cases[i].expected, pieces);
    free(pieces);
    reading_free(&found);
  }
  return failed + test_many_pages(r) + test_long_paragraph(r);
}
