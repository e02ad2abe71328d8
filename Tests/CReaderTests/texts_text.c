/// Plain text: lines, and what they are encoded in.
#include "check.h"
#include "texts.h"

#include <stdlib.h>

static const struct {
  const char *sentence, *charset, *text, *shown;
} encodings[] = {
    {"UTF-8 is read line by line", "UTF-8", "北京\n内蒙古\n", "T1:北京/ T2:内蒙古/"},
    {"a last line without a break stays one", "UTF-8", "北京\n内蒙古",
     "T1:北京/ T2:内蒙古"},
    {"empty lines count", "UTF-8", "a\n\nb\n", "T1:a/ T2:/ T3:b/"},
    {"line breaks of all systems are one", "UTF-8", "a\r\nb\rc\n\rd",
     "T1:a/ T2:b/ T3:c/ T4:/ T5:d"},
    {"a byte order mark is none of the text", "UTF-8", "\ufeff北京", "T1:北京"},
    {"GB18030 is recognised", "GB18030", "北京市与内蒙古自治区签署协议\n",
     "T1:北京市与内蒙古自治区签署协议/"},
    {"GB18030 has characters of four bytes", "GB18030", "我们在北京，𠮷㐂ǎ",
     "T1:我们在北京，𠮷㐂ǎ"},
    {"GB18030 in Traditional script is not Big5", "GB18030",
     "北京市與內蒙古簽署的協議，這是我們的", "T1:北京市與內蒙古簽署的協議，這是我們的"},
    {"Big5 is recognised", "BIG5", "北京市與內蒙古自治區簽署的協議\n",
     "T1:北京市與內蒙古自治區簽署的協議/"},
    {"a short line of GB18030 is recognised", "GB18030", "敖汉旗的", "T1:敖汉旗的"},
    {"GB18030 that is UTF-8 in part is too", "GB18030", "特此公告。", "T1:特此公告。"},
    {"UTF-16 is recognised without its mark", "UTF-16LE", "2018年7月4日，北京\n",
     "T1:2018年7月4日，北京/"},
    {"UTF-16 of the other order is too", "UTF-16BE", "2018年7月4日，北京\n",
     "T1:2018年7月4日，北京/"},
    {"UTF-16 without a character of ASCII is too", "UTF-16LE", "我们在北京的协议",
     "T1:我们在北京的协议"},
    {"UTF-16 has surrogates and line breaks", "UTF-16BE", "\ufeffa\r\n𠮷\rb",
     "T1:a/ T2:𠮷/ T3:b"},
    {"a mark counts for more than the bytes", "UTF-16LE", "\ufeff慢", "T1:慢"},
};

static void test_encodings(const reader *r) {
  for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
    CASE(encodings[i].sentence);
    size_t len;
    char *bytes = encoded(encodings[i].charset, encodings[i].text, &len);
    reading found = read_by(r, "Text", bytes, len);
    char *line = shown(&found);
    CHECK(found.status == DK_OK && strcmp(line, encodings[i].shown) == 0);
    if (strcmp(line, encodings[i].shown) != 0)
      fprintf(stderr, "  is %s\n", line);
    free(line);
    reading_free(&found);
    free(bytes);
  }
}

static void test_script(const reader *r) {
  CASE("Big5 is Traditional script, and nothing else says it");
  size_t len;
  char *bytes = encoded("BIG5", "北京市與內蒙古自治區簽署的協議", &len);
  reading found = read_by(r, "Text", bytes, len);
  CHECK(found.script == DK_TRADITIONAL && found.published == INT32_MIN);
  reading_free(&found);
  free(bytes);
  found = read_by(r, "Text", BYTES("北京市與內蒙古"));
  CHECK(found.script == 0);
  reading_free(&found);
}

static void test_mixture(const reader *r) {
  CASE(
      "a paragraph in GBK is read in a file of UTF-8, and one in UTF-8 in a file of GBK");
  const char *texts[] = {"我们在北京签署的协议\n", "自治区和旗县的工作\n"};
  for (int outer = 0; outer < 2; outer++) {
    char file[1024];
    size_t used = 0;
    for (int i = 0; i < 5; i++) {
      size_t len;
      char *bytes =
          encoded((i == 2) == (outer == 0) ? "GB18030" : "UTF-8", texts[i == 2], &len);
      memcpy(file + used, bytes, len);
      used += len;
      free(bytes);
    }
    reading found = read_by(r, "Text", file, used);
    CHECK(found.count == 5 && strstr(found.text, texts[0]) &&
          strstr(found.text, texts[1]));
    CHECK(!strstr(found.text, "\ufffd"));
    reading_free(&found);
  }
}

static void test_long_line(const reader *r) {
  CASE("a long line is cut between characters, and stays one line");
  enum { CHARACTERS = 1 << 20 };
  char *line = malloc(CHARACTERS * 3);
  for (size_t i = 0; line && i < CHARACTERS; i++)
    memcpy(line + i * 3, "蒙", 3);
  const char *charsets[] = {"UTF-8", "GB18030"};
  for (size_t c = 0; line && c < 2; c++) {
    char *text = malloc(CHARACTERS * 3 + 1);
    memcpy(text, line, CHARACTERS * 3);
    text[CHARACTERS * 3] = 0;
    size_t len;
    char *bytes = encoded(charsets[c], text, &len);
    reading found = read_by(r, "Text", bytes, len);
    CHECK(found.status == DK_OK && found.len == CHARACTERS * 3 && found.count > 64);
    CHECK(memcmp(found.text, line, found.len) == 0);
    CHECK(found.pieces[found.count - 1].line == 1);
    uint32_t longest = 0;
    for (uint32_t i = 0; i < found.count; i++)
      if (found.pieces[i].end - found.pieces[i].start > longest)
        longest = found.pieces[i].end - found.pieces[i].start;
    CHECK(longest <= 32 << 10);
    reading_free(&found);
    free(bytes);
    free(text);
  }
  free(line);
}

int test_text(const reader *r) {
  test_encodings(r);
  test_script(r);
  test_mixture(r);
  test_long_line(r);
  return failed;
}
