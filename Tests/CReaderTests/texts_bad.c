/// Files that are broken, are something else, or are made to hurt.
#include "check.h"
#include "texts.h"

#include <stdlib.h>

/// A file: `begin`, so many times `body`, `end`.
typedef struct bad_file {
  const char *sentence, *method;
  const char *begin;
  size_t begin_len;
  const char *body;
  size_t body_len, times;
  const char *end;
  size_t end_len;
  dk_status status;
  const char *
      expected; ///< DK_OK: all of the text, or its end behind "…"; else a part of the message
} bad_file;

/// Bytes that are compressed, or nearly.
#define NOISE                                                                            \
  "\x8b\x01\xf3\x9e\x02\x07\xbc\x1f\xe9\x00\x11\xd4\x7f\x03\x96\xa2\x05\xff\x18\x81"

static const bad_file files[] = {
    // Text.
    {"an empty text has no pieces", "Text", BYTES(""), BYTES(""), 0, BYTES(""), DK_OK,
     ""},
    {"a mark alone has no pieces", "Text", BYTES("\xff\xfe"), BYTES(""), 0, BYTES(""),
     DK_OK, ""},
    {"the last character of UTF-8 is cut", "Text", BYTES("北京\n内"), BYTES(""), 0,
     BYTES("\xe8\x92"), DK_OK, "北京\n内"},
    {"the last character of GB18030 is cut", "Text", BYTES(""),
     BYTES("\xce\xd2\xc3\xc7\xb5\xc4"), 3, BYTES("\xb1"), DK_OK, "我们的我们的我们的"},
    {"the last unit of UTF-16 is cut", "Text", BYTES("\xff\xfe"), BYTES("\x2c\x67"), 2,
     BYTES("\x2c"), DK_OK, "本本"},
    {"the last surrogate of UTF-16 is alone", "Text", BYTES("\xff\xfe"),
     BYTES("\x2c\x67"), 2, BYTES("\x40\xd8"), DK_OK, "本本"},
    {"a surrogate of UTF-16 is alone", "Text", BYTES("\xfe\xff\xd8\x40"),
     BYTES("\x67\x2c"), 2, BYTES(""), DK_OK, "\ufffd本本"},
    {"surrogates in UTF-8 are replaced", "Text", BYTES("京a"), BYTES("\xed\xa0\x80"), 1,
     BYTES("b蒙"), DK_OK, "京a\ufffdb蒙"},
    {"overlong forms are replaced", "Text", BYTES("京"), BYTES("\xc0\xaf|\xe0\x80\xaf|"),
     1, BYTES("蒙"), DK_OK, "京\ufffd|\ufffd|蒙"},
    {"scalars above the last are replaced", "Text", BYTES("京"),
     BYTES("\xf4\x90\x80\x80"), 1, BYTES("蒙"), DK_OK, "京\ufffd蒙"},
    {"NULs are replaced", "Text", BYTES("京\0蒙"), BYTES(""), 0, BYTES("\0\n"), DK_OK,
     "京\ufffd蒙\ufffd\n"},
    {"a block of NULs at the end leaves the text", "Text", BYTES("京蒙\n"), BYTES("\0"),
     4, BYTES(""), DK_OK, "京蒙\n\ufffd\ufffd\ufffd\ufffd"},
    {"half a character before a line break takes no more than itself", "Text",
     BYTES("\xce\xd2\xc3\xc7\xb5\xc4\xb1\n"), BYTES("\xce\xd2\xc3\xc7\xb5\xc4"), 1,
     BYTES(""), DK_OK, "我们的\ufffd\n我们的"},
    {"half a character before ASCII takes no more than itself", "Text",
     BYTES("\xce\xd2\xc3\xc7\xb5\xc4\xb1 a"), BYTES(""), 0, BYTES(""), DK_OK,
     "我们的\ufffd a"},
    {"NULs alone are no text", "Text", BYTES(""), BYTES("\0"), 4096, BYTES(""),
     DK_INVALID_ARGUMENT, "not text"},
    {"an archive is no text", "Text", BYTES("PK\3\4"), BYTES(NOISE), 500, BYTES(""),
     DK_INVALID_ARGUMENT, "not text"},
    {"text in another encoding is refused, not garbled", "Text", BYTES(""),
     BYTES("\x82\xb1\x82\xea\x82\xcd\x83\x65\x83\x58\x83\x67\x82\xc5\x82\xb7\x81\x42"),
     50, BYTES(""), DK_INVALID_ARGUMENT, "save it as UTF-8"},
    {"UTF-32 is refused by name", "Text", BYTES("\xff\xfe\0\0"), BYTES("\x2c\x67\0\0"), 2,
     BYTES(""), DK_UNIMPLEMENTED, "UTF-32"},
    {"millions of line breaks are lines", "Text", BYTES(""), BYTES("\r"), 300000,
     BYTES("x"), DK_OK, "…\nx"},
    {"one line of megabytes is read", "Text", BYTES(""),
     BYTES("\xce\xd2\xc3\xc7\xb5\xc4"), 1000000, BYTES("end"), DK_OK, "…我们的end"},
    // Tables.
    {"an empty table has no cells", "Csv", BYTES(""), BYTES(""), 0, BYTES(""), DK_OK, ""},
    {"a quote alone is a cell", "Csv", BYTES("\""), BYTES(""), 0, BYTES(""), DK_OK,
     "\"\n"},
    {"a quote that never closes does not swallow the file", "Csv", BYTES("a,\"b\n"),
     BYTES("c,d\n"), 3, BYTES(""), DK_OK, "a\t\"b\nc\td\nc\td\nc\td\n"},
    {"quotes that open lines close each other", "Csv", BYTES(""), BYTES("\"\n"), 100000,
     BYTES("x"), DK_OK, "…\nx\n"},
    {"quotes that never close take no time", "Csv", BYTES(""), BYTES("\"x\n\"y,\n"),
     100000, BYTES("z"), DK_OK, "…\nz\n"},
    {"a cell of megabytes is read", "Csv", BYTES("a,\""), BYTES("京蒙\n"), 500000,
     BYTES("\""), DK_OK, "…京蒙 \n"},
    {"a row of very many cells is read", "Csv", BYTES(""), BYTES(","), 300000, BYTES("x"),
     DK_OK, "…\tx\n"},
    {"a delimiter is stated and nothing follows", "Csv", BYTES("sep=;"), BYTES(""), 0,
     BYTES(""), DK_OK, "sep=\t\n"},
    {"the table ends within a character", "Csv", BYTES("京,蒙\n"), BYTES(""), 0,
     BYTES("\xe4\xba"), DK_OK, "京\t蒙\n"},
    {"NULs in cells are replaced", "Csv", BYTES("京\0,\"\0\"\n"), BYTES(""), 0, BYTES(""),
     DK_OK, "京\ufffd\t\ufffd\n"},
    {"a workbook is no table in text", "Csv", BYTES("PK\3\4"), BYTES(NOISE), 500,
     BYTES(""), DK_INVALID_ARGUMENT, "not text"},
    // Pages.
    {"an empty page has no pieces", "Html", BYTES(""), BYTES(""), 0, BYTES(""), DK_OK,
     ""},
    {"very many open elements keep the text", "Html", BYTES(""), BYTES("<div>"), 100000,
     BYTES("深"), DK_OK, "深\n"},
    {"and their ends the text behind them", "Html", BYTES("<b><div>深"), BYTES("</div>"),
     100000, BYTES("后"), DK_OK, "深\n后\n"},
    {"tables in tables keep the text", "Html", BYTES(""), BYTES("<table><tr><td>"), 20000,
     BYTES("x"), DK_OK, "x\n"},
    {"an attribute of megabytes is passed over", "Html", BYTES("<p>a<img src=\"data:"),
     BYTES("yyyyyyyyyyyyyyyy"), 500000, BYTES("\">b"), DK_OK, "ab\n"},
    {"an attribute of tens of megabytes is refused", "Html",
     BYTES("<p>a<img src=\"data:"), BYTES("yyyyyyyyyyyyyyyy"), 2500000, BYTES("\">b"),
     DK_RESOURCE_EXHAUSTED, "32 MB"},
    {"a script of tens of megabytes is refused", "Html", BYTES("<p>a<script>"),
     BYTES("yyyyyyyyyyyyyyyy"), 2500000, BYTES("</script>b"), DK_RESOURCE_EXHAUSTED,
     "32 MB"},
    {"a comment of tens of megabytes is refused", "Html", BYTES("<p>a<!--"),
     BYTES("yyyyyyyyyyyyyyyy"), 2500000, BYTES("-->b"), DK_RESOURCE_EXHAUSTED, "32 MB"},
    {"comments of tens of megabytes are passed over", "Html", BYTES("<p>"),
     BYTES("<!--yyyyyyyyyyy-->\n"), 2500000, BYTES("end"), DK_OK, "end\n"},
    {"paragraphs of tens of megabytes are read", "Html", BYTES("<p>"),
     BYTES("yyyyyyyyyyyyyyy "), 2500000, BYTES("end"), DK_OK, "…y end\n"},
    {"a tag of very many attributes is refused", "Html", BYTES("<p"),
     BYTES(" a\"b\"='c'"), 30000, BYTES(">x"), DK_RESOURCE_EXHAUSTED,
     "made to take long"},
    {"end tags without number that end nothing are refused", "Html", BYTES(""),
     BYTES("<b></i></i></i></i>"), 1000000, BYTES("x"), DK_RESOURCE_EXHAUSTED,
     "made to take long"},
    {"entities that are none are text", "Html", BYTES("<p>&bogus;&amp&;&lt"), BYTES(""),
     0, BYTES(""), DK_OK, "&bogus;&amp&;&lt\n"},
    {"entities of no character are left out", "Html",
     BYTES("<p>a&#0;&#xD800;&#55555;&#x110000;&#;b"), BYTES(""), 0, BYTES(""), DK_OK,
     "ab\n"},
    {"a tag that the file cuts is left out", "Html", BYTES("<p>京<b>蒙</b><a href=\"x"),
     BYTES(""), 0, BYTES(""), DK_OK, "京蒙\n"},
    {"a character that the file cuts is left out", "Html", BYTES("<p>京蒙\xe4\xba"),
     BYTES(""), 0, BYTES(""), DK_OK, "京蒙\n"},
    {"a comment that never ends keeps what is before", "Html", BYTES("<p>a<!--"),
     BYTES("<p>b"), 3, BYTES(""), DK_OK, "a\n"},
    {"<plaintext> ends no page", "Html", BYTES("<p>a<plaintext>b\n<i>c"), BYTES(""), 0,
     BYTES(""), DK_OK, "a\nb\nc\n"},
    {"NULs in a page are replaced", "Html", BYTES("<p>京\0蒙</p>\0<p>c"), BYTES(""), 0,
     BYTES(""), DK_OK, "京\ufffd蒙\n\ufffd\nc\n"},
    {"control characters do not end a page", "Html", BYTES("<p>a\1\x1b\x7f b"), BYTES(""),
     0, BYTES(""), DK_OK, "…b\n"},
    {"less-than signs are text", "Html", BYTES("<p>1 < 2 <3 <"), BYTES(""), 0, BYTES(""),
     DK_OK, "1 < 2 <3 <\n"},
    {"spans that cover all are cut", "Html",
     BYTES("<table><tr><td rowspan=99999999999999999999 colspan=-1>a<td "
           "colspan=4000000000>b"),
     BYTES("<tr><td>"), 2000, BYTES("c</table>"), DK_OK, "…c\n"},
    {"a line without end is read", "Html", BYTES("<p>"), BYTES("京蒙 "), 500000,
     BYTES("end"), DK_OK, "…京蒙 end\n"},
    {"a picture is no page", "Html", BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), BYTES(NOISE),
     500, BYTES(""), DK_INVALID_ARGUMENT, "not text"},
};

static char *bytes_of(const bad_file *f, size_t *len) {
  *len = f->begin_len + f->body_len * f->times + f->end_len;
  char *bytes = malloc(*len + 1), *at = bytes;
  memcpy(at, f->begin, f->begin_len);
  at += f->begin_len;
  for (size_t i = 0; i < f->times; i++, at += f->body_len)
    memcpy(at, f->body, f->body_len);
  memcpy(at, f->end, f->end_len);
  return bytes;
}

static int is_as_expected(const bad_file *f, const reading *found) {
  static const char any[] = "…";
  size_t len = strlen(f->expected);
  if (found->status != f->status)
    return 0;
  if (f->status != DK_OK)
    return strstr(found->message, f->expected) != NULL;
  if (strncmp(f->expected, any, sizeof any - 1) != 0)
    return found->len == len && memcmp(found->text, f->expected, len) == 0;
  len -= sizeof any - 1;
  return found->len >= len &&
         memcmp(found->text + found->len - len, f->expected + sizeof any - 1, len) == 0;
}

static void test_files(const reader *r) {
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    CASE(files[i].sentence);
    size_t len;
    char *bytes = bytes_of(&files[i], &len);
    reading found = read_by(r, files[i].method, bytes, len);
    CHECK(is_as_expected(&files[i], &found));
    if (!is_as_expected(&files[i], &found))
      fprintf(stderr, "  is %d, %s%.200s\n", found.status, found.message, found.text);
    reading_free(&found);
    free(bytes);
  }
}

static const struct {
  const char *method, *charset, *file;
} whole[] = {
    {"Text", "GB18030", "我们在北京签署的协议，𠮷\r\n旗县的工作\n"},
    {"Text", "UTF-16LE", "\ufeff我们在北京，𠮷\r\n旗县"},
    {"Csv", "UTF-8", "\ufeff旗县,\"金,额\n\"\"的\"\"\"\r\n敖汉旗,5\n"},
    {"Csv", "BIG5", "旗縣;\"我們的\"\n"},
    {"Html", "UTF-8",
     "<!DOCTYPE html><html lang=zh-TW><head><meta "
     "charset='utf-8'><title>题</title><script>var ct = "
     "\"1530662400\"</script></head><body><nav><a href=1>首页</a></nav><h1 "
     "id=activity-name>题</h1>"
     "<div id=\"js_content\" style='x:y'><p>正文&amp;&#x4eac;<br>二<table><tr><th "
     "rowspan=2>a<td>b<tr>"
     "<td>c</table><pre>d\n e</pre><!-- f --><img "
     "alt='g'><p>▲h</p></div><textarea>i</textarea>"},
};

/// What the harness sees that no reader may do: text that is not UTF-8, rows that are not declared.
static void test_cuts(const reader *r) {
  CASE("a file that is cut or changed anywhere is read or refused");
  for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
    size_t len;
    char *bytes = encoded(whole[i].charset, whole[i].file, &len);
    int right = 1;
    for (size_t cut = 0; cut <= len; cut++) {
      char *copy = malloc(cut + 1);
      memcpy(copy, bytes, cut);
      reading found = read_by(r, whole[i].method, copy, cut);
      right &= found.status == DK_OK;
      reading_free(&found);
      for (unsigned char byte = 0; cut && byte < 4; byte++) {
        static const unsigned char bytes_to_be[] = {0, '<', '"', 0xff};
        memcpy(copy, bytes, cut);
        copy[cut / 2] = (char)bytes_to_be[byte];
        found = read_by(r, whole[i].method, copy, cut);
        right &= found.status == DK_OK || found.status == DK_INVALID_ARGUMENT ||
                 found.status == DK_UNIMPLEMENTED;
        reading_free(&found);
      }
      free(copy);
    }
    CHECK(right);
    free(bytes);
  }
}

int test_bad_texts(const reader *r) {
  test_files(r);
  test_cuts(r);
  return failed;
}
