/// Tables in text.
#include "check.h"
#include "texts.h"

#include <stdlib.h>

static const struct {
  const char *sentence, *charset, *text, *shown;
} tables[] = {
    {"commas are between cells", "UTF-8", "旗县,金额\n敖汉旗,5\n",
     "C1,1:旗县| C1,2:金额/ C2,1:敖汉旗| C2,2:5/"},
    {"a last line without a break is a row", "UTF-8", "a,b\n1,2",
     "C1,1:a| C1,2:b/ C2,1:1| C2,2:2/"},
    {"tabs are between cells", "UTF-8", "a\tb\n1\t2,3\n",
     "C1,1:a| C1,2:b/ C2,1:1| C2,2:2,3/"},
    {"semicolons are between cells", "UTF-8", "a;金额\nb;2,5\nc;3\n",
     "C1,1:a| C1,2:金额/ C2,1:b| C2,2:2,5/ C3,1:c| C3,2:3/"},
    {"full-width commas are between cells", "UTF-8", "旗县，金额\n敖汉旗，5\n",
     "C1,1:旗县| C1,2:金额/ C2,1:敖汉旗| C2,2:5/"},
    {"full-width commas within cells are not", "UTF-8", "甲，乙,1\n丙,2\n丁，戊,3\n",
     "C1,1:甲，乙| C1,2:1/ C2,1:丙| C2,2:2/ C3,1:丁，戊| C3,2:3/"},
    {"a delimiter may be stated", "UTF-8", "sep=|\na,b|c\n", "C1,1:a,b| C1,2:c/"},
    {"quotes hold delimiters and quotes", "UTF-8", "\"a,\"\"b\"\"\",c\n",
     "C1,1:a,\"b\"| C1,2:c/"},
    {"line breaks within quotes are spaces", "UTF-8", "\"a\r\nb\",c\nd,e\n",
     "C1,1:a b| C1,2:c/ C2,1:d| C2,2:e/"},
    {"tabs within a cell are spaces", "UTF-8", "\"a\tb\",c\n", "C1,1:a b| C1,2:c/"},
    {"empty cells are cells", "UTF-8", ",\n\"\",x,\n",
     "C1,1:| C1,2:/ C2,1:| C2,2:x| C2,3:/"},
    {"an empty line is a row", "UTF-8", "a,b\n\nc,d\n",
     "C1,1:a| C1,2:b/ C2,1:/ C3,1:c| C3,2:d/"},
    {"spaces behind a quote are none of the cell", "UTF-8", "\"a\" ,b\n",
     "C1,1:a| C1,2:b/"},
    {"a quote within a cell is a character", "UTF-8", "5\" 屏,b\n",
     "C1,1:5\" 屏| C1,2:b/"},
    {"text behind a quote belongs to the cell", "UTF-8", "\"a\"b,c\n",
     "C1,1:ab| C1,2:c/"},
    {"a mark is none of the first cell", "UTF-8", "\ufeff\"a\",b\n", "C1,1:a| C1,2:b/"},
    {"GB18030 is read", "GB18030", "旗县,金额的\n敖汉旗,\"5，万\"\n",
     "C1,1:旗县| C1,2:金额的/ C2,1:敖汉旗| C2,2:5，万/"},
    {"Big5 is read", "BIG5", "旗縣,金額的\n我們這,5\n",
     "C1,1:旗縣| C1,2:金額的/ C2,1:我們這| C2,2:5/"},
    {"UTF-16 with tabs, as Excel writes it, is read", "UTF-16LE",
     "\ufeff旗县\t金额\r\n敖汉旗\t5\r\n", "C1,1:旗县| C1,2:金额/ C2,1:敖汉旗| C2,2:5/"},
    {"a quote that never closes ends with its line", "UTF-8", "a,\"b\nc,d\ne,f\n",
     "C1,1:a| C1,2:\"b/ C2,1:c| C2,2:d/ C3,1:e| C3,2:f/"},
    {"a quote that another cell's would close ends with its line", "UTF-8",
     "a,\"b\nc,\"d\",e\nf,g\n",
     "C1,1:a| C1,2:\"b/ C2,1:c| C2,2:d| C2,3:e/ C3,1:f| C3,2:g/"},
};

int test_csv(const reader *r) {
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    CASE(tables[i].sentence);
    size_t len;
    char *bytes = encoded(tables[i].charset, tables[i].text, &len);
    reading found = read_by(r, "Csv", bytes, len);
    char *line = shown(&found);
    CHECK(found.status == DK_OK && strcmp(line, tables[i].shown) == 0);
    if (strcmp(line, tables[i].shown) != 0)
      fprintf(stderr, "  is %s\n", line);
    free(line);
    reading_free(&found);
    free(bytes);
  }
  CASE("the media type prefers tabs");
  static const char text[] = "a,b\tc\nd,e\tf\n";
  reading found =
      read_bytes(r, "Csv", "text/tab-separated-values", "a.tsv", text, sizeof text - 1);
  CHECK(found.count == 4 && strcmp(found.text, text) == 0);
  reading_free(&found);
  return failed;
}
