/// How the lines of one page become paragraphs.
#include "pdf_checks.h"

#include <stdlib.h>

/// Where a line stands: x, y from below, size.
typedef struct set {
  const char *text;
  enum pdf_font font;
  double x, y, size;
} set;

/// A line of 36 characters fills the width between margins of 82 points.
#define FULL "北京市旅游发展委员会与内蒙古自治区旅游发展委员会在呼和浩特市召开座谈会并"
#define LATIN_FULL                                                                       \
  "The bureau of tourism of Yanqing District signed a memorandum of coopera"
#define SONG  UNICODE
#define AT(n) 82, 760 - 20 * (n), 12

static const struct {
  const char *sentence;
  set lines[6];
  const char *expected;
} cases[] = {
    {"a line that reaches the margin goes on in the next, without a space",
     {{FULL, SONG, AT(0)}, {FULL, SONG, AT(1)}, {"深化协作交换了意见。", SONG, AT(2)}},
     "T1|" FULL FULL "深化协作交换了意见。⏎"},
    {"a line that is short ends a paragraph",
     {{"各旗县文化和旅游局", SONG, AT(0)}, {FULL, SONG, AT(1)}, {"一步。", SONG, AT(2)}},
     "T1|各旗县文化和旅游局⏎ T1|" FULL "一步。⏎"},
    {"a line that ends with a full stop ends a paragraph even at the margin",
     {{"北京市旅游发展委员会与内蒙古自治区旅游发展委员会在呼和浩特市召开座谈会。", SONG,
       AT(0)},
      {FULL, SONG, AT(1)},
      {"完", SONG, AT(2)}},
     "T1|北京市旅游发展委员会与内蒙古自治区旅游发展委员会在呼和浩特市召开座谈会。⏎ "
     "T1|" FULL "完⏎"},
    {"a full stop within quotation marks ends a paragraph",
     {{"北京市旅游发展委员会与内蒙古自治区旅游发展委员会在呼和浩特市“座谈会。”", SONG,
       AT(0)},
      {FULL, SONG, AT(1)},
      {"完", SONG, AT(2)}},
     "T1|北京市旅游发展委员会与内蒙古自治区旅游发展委员会在呼和浩特市“座谈会。”⏎ "
     "T1|" FULL "完⏎"},
    {"a comma ends nothing",
     {{"北京市旅游发展委员会与内蒙古自治区旅游发展委员会在呼和浩特市召开座谈会，", SONG,
       AT(0)},
      {"会后参观。", SONG, AT(1)}},
     "T1|"
     "北京市旅游发展委员会与内蒙古自治区旅游发展委员会在呼和浩特市召开座谈会，会后参观。"
     "⏎"},
    {"an indented line begins a paragraph",
     {{FULL, SONG, AT(0)},
      {"会后代表参观了延庆区的旅游项目", SONG, 106, 740, 12},
      {FULL, SONG, AT(2)},
      {"完", SONG, AT(3)}},
     "T1|" FULL "⏎ T1|会后代表参观了延庆区的旅游项目⏎ T1|" FULL "完⏎"},
    {"a numbered line begins an item",
     {{FULL, SONG, AT(0)},
      {"二、共同编制三年行动计划", SONG, AT(1)},
      {FULL, SONG, AT(2)},
      {"（三）资源共享", SONG, AT(3)},
      {FULL, SONG, AT(4)},
      {"3. 客源互送", SONG, AT(5)}},
     "T1|" FULL "⏎ T1|二、共同编制三年行动计划⏎ T1|" FULL "⏎ T1|（三）资源共享⏎ T1|" FULL
     "⏎ T1|3. 客源互送⏎"},
    {"a number with decimals is no item",
     {{FULL, SONG, AT(0)}, {"3.5万人次", SONG, AT(1)}},
     "T1|" FULL "3.5万人次⏎"},
    {"a number that is cut by the margin is whole again",
     {{"北京市旅游发展委员会与内蒙古自治区旅游发展委员会在呼和浩特市召开座谈会议20", SONG,
       AT(0)},
      {"18年召开。", SONG, AT(1)}},
     "T1|"
     "北京市旅游发展委员会与内蒙古自治区旅游发展委员会在呼和浩特市召开座谈会议2018年召开"
     "。⏎"},
    {"a gap between lines ends a paragraph",
     {{FULL, SONG, AT(0)},
      {FULL, SONG, AT(1)},
      {"协作", SONG, AT(2)},
      {FULL, SONG, AT(4)},
      {"附件", SONG, AT(7)}},
     "T1|" FULL FULL "协作⏎ T1|" FULL "⏎ T1|附件⏎"},
    {"short lines of one width are a list, not a paragraph",
     {{"敖汉旗", SONG, AT(0)}, {"多伦县", SONG, AT(1)}, {"化德县", SONG, AT(2)}},
     "T1|敖汉旗⏎ T1|多伦县⏎ T1|化德县⏎"},
    {"Latin words keep the space between lines",
     {{LATIN_FULL, SONG, AT(0)}, {"under the plan of both sides", SONG, AT(1)}},
     "T1|" LATIN_FULL " under the plan of both sides⏎"},
    {"a hyphenated word is one again",
     {{"The bureau signed a memorandum of coop-", LATIN, AT(0)},
      {"eration and went home.", LATIN, AT(1)}},
     "T1|The bureau signed a memorandum of cooperation and went home.⏎"},
    {"a hyphen before a capital is kept",
     {{"The bureau signed the Beijing-", LATIN, AT(0)}, {"Tianjin plan.", LATIN, AT(1)}},
     "T1|The bureau signed the Beijing-⏎ T1|Tianjin plan.⏎"},
    {"what stands side by side is parted by a tab",
     {{"敖汉旗", SONG, AT(0)},
      {"3.5", SONG, 250, 760, 12},
      {"12亿元", SONG, 400, 760, 12}},
     "T1|敖汉旗⇥3.5⇥12亿元⏎"},
    {"a wide space between words is a space",
     {{"The bureau of tourism", SONG, 82, 760, 12},
      {"of Yanqing District", SONG, 218, 760, 12},
      {"signed.", SONG, AT(1)}},
     "T1|The bureau of tourism of Yanqing District⏎ T1|signed.⏎"},
    {"a larger line is a heading",
     {{"关于京蒙旅游协作的通知", SONG, 200, 780, 18},
      {FULL, SONG, AT(1)},
      {"完", SONG, AT(2)}},
     "H1|关于京蒙旅游协作的通知⏎ T1|" FULL "完⏎"},
    {"a page with one size of font has no headings",
     {{"京蒙旅游协作", SONG, 200, 780, 18}, {"完", SONG, 82, 700, 18}},
     "T1|京蒙旅游协作⏎ T1|完⏎"},
    {"characters of a font that is not in the file are known by its name",
     {{"对口帮扶敖汉旗", GB1, AT(0)}},
     "T1|对口帮扶敖汉旗⏎"},
    {"a font in the encoding of Windows has its accents",
     {{"Caf\xe9 \x93Yanqing\x94", LATIN, AT(0)}},
     "T1|Café “Yanqing”⏎"},
    {"a page number that says so is furniture on the only page too",
     {{"正文", SONG, AT(0)}, {"第1页 共1页", SONG, 260, 40, 9}},
     "T1|正文⏎ F1|第1页 共1页⏎"},
};

int test_pdf_lines(const reader *r) {
  int failed = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    pdf *file = pdf_new();
    bytes content = {NULL, 0, 0};
    for (int l = 0; l < 6 && cases[i].lines[l].text; l++) {
      const set *s = &cases[i].lines[l];
      pdf_show(&content, s->font, s->size, s->x, s->y, s->text);
    }
    pdf_page(file, &content);
    bytes out = pdf_end(file, "");
    reading found = read_pdf(r, &out);
    char *pieces = written(&found);
    failed += ends_otherwise(cases[i].sentence, &found, DK_OK, "");
    failed += differs(cases[i].sentence, cases[i].expected, pieces);
    free(pieces);
    reading_free(&found);
  }
  return failed;
}
