/// Files that are wrong, or made to hurt.
#define _GNU_SOURCE
#include "pdf_checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// A file with one page that says 正文, which is then spoiled.
static pdf *begin(void) {
  pdf *file = pdf_new();
  bytes content = {NULL, 0, 0};
  pdf_show(&content, UNICODE, 12, 72, 700, "正文。");
  pdf_page(file, &content);
  return file;
}

static bytes good(void) {
  return pdf_end(begin(), "");
}

static bytes of(const char *text) {
  bytes out = {NULL, 0, 0};
  put(&out, text, strlen(text));
  return out;
}

static bytes empty(void) {
  return of("");
}
static bytes text(void) {
  return of("各旗县文化和旅游局：\n请于7月4日前报送。\n");
}
static bytes zip(void) {
  return of("PK\3\4\24\0\0\0 word/document.xml");
}
static bytes header_only(void) {
  return of("%PDF-1.7\n");
}
static bytes header_and_noise(void) {
  return of(
      "%PDF-1.7\n1 0 obj <<<<<<<< [[[[ (((( endobj trailer << /Root 1 0 R >>\n%%EOF\n");
}

static bytes cut_early(void) {
  bytes out = good();
  out.len = out.len / 4;
  return out;
}

static bytes cut_before_table(void) {
  bytes out = good();
  char *table = memmem(out.at, out.len, "xref\n0", 6);
  out.len = (size_t)(table - out.at);
  return out;
}

static bytes with_noise_before(void) {
  bytes out = {NULL, 0, 0}, file = good();
  put_text(&out, "HTTP/1.1 200 OK\r\n\r\n");
  put(&out, file.at, file.len);
  free(file.at);
  return out;
}

static bytes with_wrong_offsets(void) {
  bytes out = good();
  for (char *at = out.at;
       (at = memmem(at, out.len - (size_t)(at - out.at), " 00000 n", 8)); at += 8)
    memcpy(at - 10, "0000000077", 10);
  return out;
}

static bytes with_password(void) {
  return pdf_end(begin(),
                 "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4"
                 "/O<4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f>"
                 "/U<5555555555555555555555555555555555555555555555555555555555555555>"
                 ">>/ID[<11111111111111111111111111111111><11>]");
}

/// Its streams are plain, so that it need not be encrypted here; the password is empty.
static bytes with_empty_password(void) {
  return pdf_end(begin(),
                 "/Encrypt<</Filter/Standard/V 4/R 4/Length 128/P -4"
                 "/StmF/Identity/StrF/Identity/CF<<>>"
                 "/O<4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f>"
                 "/U<91a350e6ea36907f6721fb447172f21000000000000000000000000000000000>"
                 ">>/ID[<11111111111111111111111111111111><11>]");
}

static bytes with_unknown_handler(void) {
  return pdf_end(begin(), "/Encrypt<</Filter/Cebx/V 1>>");
}

static bytes without_pages(void) {
  return pdf_end(pdf_new(), "");
}

static bytes with_catalog(const char *catalog, const char *tree) {
  pdf *file = begin();
  file->catalog = catalog;
  file->tree = tree;
  return pdf_end(file, "");
}

static bytes without_tree(void) {
  return with_catalog("<</Type/Catalog>>", NULL);
}
static bytes with_catalog_of_itself(void) {
  return with_catalog("<</Type/Catalog/Pages 1 0 R>>", NULL);
}
static bytes with_tree_in_a_loop(void) {
  return with_catalog(NULL, "<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 2 0 R]>>");
}
static bytes with_kids_that_are_none(void) {
  return with_catalog(NULL, "<</Type/Pages/Count 4/Kids[null 99 0 R (x) 14 0 R]>>");
}
static bytes with_too_high_count(void) {
  return with_catalog(NULL, "<</Type/Pages/Count 2000000000/Kids[14 0 R]>>");
}
static bytes with_negative_count(void) {
  return with_catalog(NULL, "<</Type/Pages/Count -7/Kids[14 0 R]>>");
}

static bytes with_deep_tree(void) {
  pdf *file = begin();
  char body[128];
  for (int i = 0; i < 9000; i++) {
    snprintf(body, sizeof body, "<</Type/Pages/Count 1/Kids[%d 0 R]/Parent %d 0 R>>",
             i ? file->count : 14, file->count + 2);
    pdf_object(file, body);
  }
  char tree[64];
  snprintf(tree, sizeof tree, "<</Type/Pages/Count 1/Kids[%d 0 R]>>", file->count);
  file->tree = tree;
  return pdf_end(file, "");
}

static bytes with_too_many_pages(void) {
  pdf *file = begin();
  for (int i = 0; i < 5000; i++)
    put_text(&file->pages, "14 0 R ");
  file->page_count = 5001;
  for (int i = 0; i < 5000; i++) // poppler believes no count above that of objects
    pdf_object(file, "null");
  return pdf_end(file, "");
}

static bytes with_table_in_a_loop(void) {
  bytes out = good();
  char *end = memmem(out.at, out.len, "startxref\n", 10);
  char previous[64];
  snprintf(previous, sizeof previous, "/Prev %d", atoi(end + 10));
  free(out.at);
  return pdf_end(begin(), previous);
}

static bytes with_large_table(void) {
  return pdf_end(begin(), "/Size 2147483647");
}

/// So many equal bytes, compressed as often.
static bytes bomb(const char *entries, size_t size, int layers) {
  pdf *file = begin();
  char *zeros = calloc(1, size);
  if (!zeros)
    exit(2);
  memset(zeros, ' ', size);
  if (layers == 1) {
    pdf_flate(file, entries, zeros, size);
  } else {
    pdf *inner = pdf_new();
    pdf_flate(inner, "", zeros, size);
    char *start = strstr(inner->out.at + inner->offsets[inner->count], "stream\n") + 7;
    pdf_flate(file, entries, start, (size_t)(inner->out.at + inner->out.len - start));
    free(pdf_end(inner, "").at);
  }
  free(zeros);
  return pdf_end(file, "");
}

static bytes with_object_bomb(void) {
  return bomb("/Type/ObjStm/N 9/First 99", 140u << 20, 1);
}
static bytes with_content_bomb(void) {
  return bomb("", 140u << 20, 1);
}
static bytes with_bomb_in_bomb(void) {
  return bomb("/Filter[/FlateDecode/FlateDecode]", 140u << 20, 2);
}

static bytes with_hidden_bomb(void) {
  return bomb("/X(>stream)", 140u << 20, 1);
}

static bytes of_streams_without_end(void) {
  bytes out = {NULL, 0, 0};
  put_text(&out, "%%PDF-1.7\n");
  for (int i = 0; i < 100000; i++)
    put(&out, ">stream\n", 8);
  return out;
}

/// Each of its streams goes to its end, and unpacks to next to nothing.
static bytes of_streams_in_streams(void) {
  static const char stream[] = "\n/Fl>stream\n\x78\x9c\0\x0e\0\xf1\xff";
  static const char nothing[] = "\0\0\0\xff\xff";
  bytes out = {NULL, 0, 0};
  put_text(&out, "%%PDF-1.7\n");
  for (int i = 0; i < 600; i++)
    put(&out, stream, sizeof stream - 1);
  put(&out, "              ", 14);
  for (int i = 0; i < 400000; i++)
    put(&out, nothing, sizeof nothing - 1);
  return out;
}

static bytes with_too_much_text(void) {
  pdf *file = pdf_new();
  bytes content = {NULL, 0, 0};
  put_text(&content, "BT /LATIN 12 Tf 72 700 Td\n");
  for (int i = 0; i < 200000; i++)
    put_text(&content, "(it goes on and on and on and on) Tj\n");
  pdf_page(file, &content);
  return pdf_end(file, "");
}

static bytes of_content(const char *painted, const char *entries) {
  pdf *file = pdf_new();
  char body[512];
  int stream = pdf_flate(file, "", painted, strlen(painted));
  snprintf(body, sizeof body,
           "<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font 12 0 R%s>>>>",
           stream, entries);
  put_text(&file->pages, "%d 0 R", pdf_object(file, body));
  file->page_count = 1;
  return pdf_end(file, "");
}

static bytes blank(void) {
  return of_content("", "/X 1");
}
static bytes scan(void) {
  return of_content("q 595 0 0 842 0 0 cm BI /W 1/H 1/CS/G/BPC 8 ID \x80 EI Q", "");
}
static bytes without_font(void) {
  return of_content("BT /Lost 12 Tf 72 700 Td (x) Tj ET", "");
}
static bytes with_form_in_a_loop(void) {
  pdf *file = begin();
  static const char form[] = "/Me Do /Me Do BT /UNICODE 12 Tf 72 600 Td <5faa73af> Tj ET";
  char body[256];
  snprintf(body, sizeof body,
           "/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
           "/Resources<</Font 12 0 R/XObject<</Me %d 0 R>>>>",
           file->count + 1);
  int number = pdf_stream(file, body, form, sizeof form - 1);
  snprintf(body, sizeof body,
           "<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font 12 0 R"
           "/XObject<</Me %d 0 R>>>>>>",
           number, number);
  put_text(&file->pages, "%d 0 R", pdf_object(file, body));
  file->page_count++;
  return pdf_end(file, "");
}

static bytes with_huge_numbers(void) {
  return of_content(
      "BT /UNICODE 99999999999999999999999999 Tf 72 700 Td <5b57> Tj ET "
      "BT /UNICODE 12 Tf 72 700 Td <5b57> Tj 0 0 0 0 0 0 Tm <5b57> Tj "
      "1 0 0 1 99999999999999999999999999999999999999999999999999 0 Tm <5b57> Tj "
      "99999999999999999999 Tz <5b57> Tj -99999999999999999999 TL T* <5b57> Tj ET",
      "");
}

static bytes with_length_of_itself(void) {
  pdf *file = begin();
  char body[64];
  snprintf(body, sizeof body, "<</Length %d 0 R>>\nstream\nBT ET\nendstream",
           file->count + 1);
  int number = pdf_object(file, body);
  snprintf(body, sizeof body, "<</Type/Page/Parent 2 0 R/Contents %d 0 R>>", number);
  put_text(&file->pages, "%d 0 R", pdf_object(file, body));
  file->page_count++;
  return pdf_end(file, "");
}

static bytes with_damaged_page(void) {
  pdf *file = begin();
  int number = pdf_stream(file, "/Filter/FlateDecode", "\x78\x9c noise noise noise", 20);
  char body[128];
  snprintf(body, sizeof body, "<</Type/Page/Parent 2 0 R/Contents[%d 0 R %d 0 R]>>",
           number, number);
  put_text(&file->pages, "%d 0 R", pdf_object(file, body));
  file->page_count++;
  return pdf_end(file, "");
}

static bytes with_strange_boxes(void) {
  return with_catalog(NULL, "<</Type/Pages/Count 1/Kids[14 0 R]/Rotate 45"
                            "/MediaBox[1e30 -1e30 0 (x)]/CropBox[(x)]>>");
}

static const struct {
  const char *sentence;
  bytes (*file)(void);
  dk_status status;
  const char *message; ///< words of it, or the text
} cases[] = {
    {"an empty file is none", empty, DK_INVALID_ARGUMENT, "empty"},
    {"text is no PDF", text, DK_INVALID_ARGUMENT, "no PDF"},
    {"an archive is no PDF", zip, DK_INVALID_ARGUMENT, "no PDF"},
    {"a header alone is what is left of a file", header_only, DK_DATA_LOSS, "whole file"},
    {"a header with noise behind it is damaged", header_and_noise, DK_INVALID_ARGUMENT,
     "damaged"},
    {"of a file that is cut before its first page nothing is left", cut_early,
     DK_DATA_LOSS, "whole file"},
    {"a file that is cut behind its pages is read", cut_before_table, DK_OK, "正文。"},
    {"noise before the header does no harm", with_noise_before, DK_OK, "正文。"},
    {"a table with wrong places is made anew", with_wrong_offsets, DK_OK, "正文。"},
    {"a password must be removed", with_password, DK_UNIMPLEMENTED,
     "remove the password"},
    {"an empty password is one that everybody knows", with_empty_password, DK_OK,
     "正文。"},
    {"protection of an unknown kind must be removed", with_unknown_handler,
     DK_UNIMPLEMENTED, "remove the password"},
    {"a file without pages cannot be read", without_pages, DK_INVALID_ARGUMENT,
     "damaged"},
    {"the pages of a catalog without pages are found", without_tree, DK_OK, "正文。"},
    {"the pages of a catalog that names itself are found", with_catalog_of_itself, DK_OK,
     "正文。"},
    {"pages in a loop are read once", with_tree_in_a_loop, DK_OK, "正文。"},
    {"what is no page is passed over", with_kids_that_are_none, DK_OK, "正文。"},
    {"a count of pages that cannot be is not believed", with_too_high_count, DK_OK,
     "正文。"},
    {"a negative count of pages is not believed", with_negative_count, DK_OK, "正文。"},
    {"a tree of pages may be deep", with_deep_tree, DK_OK, "正文。"},
    {"a file with too many pages is to be split", with_too_many_pages,
     DK_RESOURCE_EXHAUSTED, "5001 pages"},
    {"a table that names itself as the one before is read once", with_table_in_a_loop,
     DK_OK, "正文。"},
    {"a table that says it is huge takes no memory", with_large_table, DK_OK, "正文。"},
    {"objects that unpack to very much are not unpacked", with_object_bomb,
     DK_RESOURCE_EXHAUSTED, "128 MB"},
    {"a page that unpacks to very much is not unpacked", with_content_bomb,
     DK_RESOURCE_EXHAUSTED, "128 MB"},
    {"what is compressed twice is looked into", with_bomb_in_bomb, DK_RESOURCE_EXHAUSTED,
     "128 MB"},
    {"a word in a stream's dictionary does not hide the rest", with_hidden_bomb,
     DK_RESOURCE_EXHAUSTED, "128 MB"},
    {"a hundred thousand streams that are none take no time", of_streams_without_end,
     DK_DATA_LOSS, "whole file"},
    {"streams that are read to the file's end again and again count as large",
     of_streams_in_streams, DK_RESOURCE_EXHAUSTED, "128 MB"},
    {"a page with too much text is to be split", with_too_much_text,
     DK_RESOURCE_EXHAUSTED, "4 MB of text"},
    {"a blank page has no text layer", blank, DK_UNIMPLEMENTED, "OCR"},
    {"a scan has no text layer", scan, DK_UNIMPLEMENTED, "OCR"},
    {"text in a font that is not there cannot be read", without_font, DK_UNIMPLEMENTED,
     "OCR"},
    {"a form that contains itself is read once", with_form_in_a_loop, DK_OK, "循环"},
    {"numbers beyond all measure are no harm", with_huge_numbers, DK_OK, "字"},
    {"a stream whose length is itself is passed over", with_length_of_itself, DK_OK,
     "正文。"},
    {"a damaged page leaves the others", with_damaged_page, DK_OK, "正文。"},
    {"boxes that are none do not matter", with_strange_boxes, DK_OK, "正文。"},
};

int test_pdf_refusals(const reader *r) {
  int failed = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bytes file = cases[i].file();
    reading found = read_pdf(r, &file);
    int is_read = cases[i].status == DK_OK;
    failed += ends_otherwise(cases[i].sentence, &found, cases[i].status,
                             is_read ? "" : cases[i].message);
    if (is_read && !strstr(found.text, cases[i].message))
      failed += differs(cases[i].sentence, cases[i].message, found.text);
    if (!is_read && found.len)
      failed += differs(cases[i].sentence, "", found.text);
    reading_free(&found);
  }
  return failed;
}
