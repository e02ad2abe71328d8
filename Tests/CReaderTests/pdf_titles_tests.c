/// Which titles are taken from a PDF's own data.
#include "pdf_checks.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
  const char *sentence, *info, *expected;
} cases[] = {
    {"a title is taken", "/Title(Minutes of the meeting)", "Minutes of the meeting"},
    {"a title in UTF-16 is taken", "/Title<feff4eac8499534f4f5c7eaa8981>",
     "京蒙协作纪要"},
    {"white space around a title is not part of it", "/Title(  Minutes \\n)", "Minutes"},
    {"a file without a title states none", "/Producer(Duikou)", ""},
    {"an empty title is none", "/Title()", ""},
    {"the name that Word gives is none", "/Title(Microsoft Word - minutes)", ""},
    {"the name of a file is none", "/Title(minutes.DOC)", ""},
    {"a title that is no string is none", "/Title 5", ""},
    {"a title that cannot be read is none", "/Title<feffd800d800d800>", ""},
    {"a title without letters is none", "/Title(2018-07-04)", ""},
    {"a program's word for no title is none", "/Title(Untitled)", ""},
    {"a program's word within a title is no harm", "/Title(Documents of cooperation)",
     "Documents of cooperation"},
    {"titles in a loop are none", "/Title 13 0 R", ""},
};

int test_pdf_titles(const reader *r) {
  int failed = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    pdf *file = pdf_new();
    pdf_object(file, "13 0 R");
    bytes info = {NULL, 0, 0}, content = {NULL, 0, 0};
    put_text(&info, "<<%s/CreationDate(D:20180704120000)>>", cases[i].info);
    put(&info, "", 1);
    char trailer[64];
    int number = pdf_object(file, info.at);
    snprintf(trailer, sizeof trailer, "/Info %d 0 R", number);
    free(info.at);
    pdf_show(&content, LATIN, 12, 72, 700, "text");
    pdf_page(file, &content);
    bytes out = pdf_end(file, trailer);
    reading found = read_pdf(r, &out);
    failed += ends_otherwise(cases[i].sentence, &found, DK_OK, "");
    failed += differs(cases[i].sentence, cases[i].expected, found.title);
    failed += differs("the day of creation is not the day of publication", "none",
                      found.published == INT32_MIN ? "none" : "some");
    reading_free(&found);
  }
  return failed;
}
