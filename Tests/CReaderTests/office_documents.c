#include "office.h"

#include <stdlib.h>
#include <string.h>

#define STYLES(xml)            "<w:styles xmlns:w='" WORD_SPACE "'>" xml "</w:styles>"
#define CELL(properties, text) "<w:tc><w:tcPr>" properties "</w:tcPr>" P(text) "</w:tc>"
#define ROW(cells)             "<w:tr>" cells "</w:tr>"
#define FIELD(type)            "<w:r><w:fldChar w:fldCharType='" type "'/></w:r>"
#define RUN(text)              "<w:r><w:t>" text "</w:t></w:r>"
#define LAYOUT_BREAK           "<w:r><w:lastRenderedPageBreak/></w:r>"
#define AUTHOR_BREAK           "<w:r><w:br w:type='page'/></w:r>"
#define BOX(text)              "<w:txbxContent>" P(text) "</w:txbxContent>"
#define HEADER(text)           "<w:hdr xmlns:w='" WORD_SPACE "'>" P(text) "</w:hdr>"

/// A body, the styles if need be, and the pieces of it.
static const struct {
  const char *name, *body, *styles, *expected;
} bodies[] = {
    {"paragraphs end with a line break", BODY(P("一") P("二")), NULL, "T1 一\n|T1 二\n"},
    {"empty paragraphs give nothing", BODY("<w:p/>" P("　") P("一")), NULL, "T1 一\n"},
    {"runs join", BODY("<w:p>" RUN("一") RUN("二") "</w:p>"), NULL, "T1 一二\n"},
    {"text outside of runs is not told", BODY("x<w:p>y" RUN("一") "</w:p>"), NULL,
     "T1 一\n"},
    {"tabs, breaks and hyphens",
     BODY("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/>"
          "<w:t>b</w:t><w:br/><w:t>c&#xAD;d</w:t><w:softHyphen/><w:noBreakHyphen/>"
          "<w:t>e</w:t><w:cr/><w:t>f</w:t></w:r></w:p>"),
     NULL, "T1 a\tb\ncd-e\nf\n"},
    {"a style's name makes a heading",
     BODY("<w:p><w:pPr><w:pStyle w:val='1'/></w:pPr>" RUN("一") "</w:p>"),
     STYLES("<w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>"), "H1 一\n"},
    {"so does the style it is based on",
     BODY("<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr>" RUN("一") "</w:p>"),
     STYLES("<w:style w:styleId='a'><w:name w:val='我的'/><w:basedOn "
            "w:val='1'/></w:style>"
            "<w:style w:styleId='1'><w:name w:val='标题 2'/></w:style>"),
     "H1 一\n"},
    {"styles based on each other end",
     BODY("<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr>" RUN("一") "</w:p>"),
     STYLES("<w:style w:styleId='a'><w:basedOn w:val='b'/></w:style>"
            "<w:style w:styleId='b'><w:basedOn w:val='a'/></w:style>"),
     "T1 一\n"},
    {"without styles their ids are names",
     BODY("<w:p><w:pPr><w:pStyle w:val='Heading2'/></w:pPr>" RUN(
         "一") "</w:p>"
               "<w:p><w:pPr><w:pStyle w:val='HeadingBar'/></w:pPr>" RUN("二") "</w:p>"),
     NULL, "H1 一\n|T1 二\n"},
    {"an outline level makes a heading, level 9 text",
     BODY("<w:p><w:pPr><w:outlineLvl w:val='2'/></w:pPr>" RUN(
         "一") "</w:p>"
               "<w:p><w:pPr><w:pStyle w:val='Heading1'/><w:outlineLvl "
               "w:val='9'/></w:pPr>" RUN("二") "</w:p>"),
     NULL, "H1 一\n|T1 二\n"},
    {"captions", BODY("<w:p><w:pPr><w:pStyle w:val='c'/></w:pPr>" RUN("表1") "</w:p>"),
     STYLES("<w:style w:styleId='c'><w:name w:val='caption'/></w:style>"), "X1 表1\n"},
    {"tables are cells with their places",
     BODY("<w:tbl>" ROW(CELL("", "a") CELL("", "b")) ROW(CELL("", "c") CELL(
         "", "d")) "</w:tbl>" P("e") "<w:tbl>" ROW(CELL("", "f")) "</w:tbl>"),
     NULL, "C1 1:1:1 a\t|C1 1:1:2 b\n|C1 1:2:1 c\t|C1 1:2:2 d\n|T1 e\n|C1 2:1:1 f\n"},
    {"empty cells give nothing, and others keep their columns",
     BODY("<w:tbl>" ROW(CELL("", "") CELL("", "b") CELL("", "")) "</w:tbl>"), NULL,
     "C1 1:1:2 b\n"},
    {"merged cells",
     BODY("<w:tbl>" ROW(CELL("<w:vMerge w:val='restart'/>", "a")
                            CELL("<w:gridSpan w:val='2'/>", "b")
                                CELL("", "c")) ROW(CELL("<w:vMerge/>", "") CELL("", "d"))
              ROW(CELL("<w:vMerge/>", "") CELL("", "e")) ROW(CELL("", "f")) "</w:tbl>"),
     NULL,
     "C1 1:1:1+3x1 a\t|C1 1:1:2+1x2 b\t|C1 1:1:4 c\n|C1 1:2:2 d\n|C1 1:3:2 e\n|C1 "
     "1:4:1 "
     "f\n"},
    {"paragraphs and tables within a cell are its value",
     BODY("<w:tbl>" ROW("<w:tc>" P("a") P("b") "<w:tbl>" ROW(CELL("", "c") CELL(
         "", "d")) "</w:tbl>" P("e") "</w:tc>" CELL("", "f")) "</w:tbl>"),
     NULL, "C1 1:1:1 a b c d e\t|C1 1:1:2 f\n"},
    {"what was inserted stays, what was deleted or moved away goes",
     BODY("<w:p><w:ins>" RUN(
         "一") "</w:ins><w:del><w:r><w:delText>二</w:delText><w:t>三"
               "</w:t></w:r></w:del><w:moveFrom>" RUN("四") "</w:moveFrom><w:moveTo>" RUN(
                   "五") "</w:moveTo></w:p>"),
     NULL, "T1 一五\n"},
    {"a deleted row is none",
     BODY("<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" CELL("", "a") "</w:tr>" ROW(
         CELL("", "b")) "</w:tbl>"),
     NULL, "C1 1:1:1 b\n"},
    {"a former style does not count",
     BODY("<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val='Heading1'/></w:pPr>"
          "</w:pPrChange></w:pPr>" RUN("一") "</w:p>"),
     NULL, "T1 一\n"},
    {"hidden text is not told, by itself or by its style",
     BODY("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>一</w:t></"
          "w:r><w:r><w:rPr><w:rStyle "
          "w:val='h'/></w:rPr><w:t>二</w:t></w:r><w:r><w:rPr><w:vanish "
          "w:val='0'/></w:rPr>"
          "<w:t>三</w:t></w:r></w:p>"),
     STYLES("<w:style w:styleId='h'><w:rPr><w:vanish/></w:rPr></w:style>"), "T1 三\n"},
    {"the result of a field is told, its instruction is not",
     BODY("<w:p>" FIELD("begin") "<w:r><w:instrText>PAGE</w:instrText></w:r>" FIELD(
         "begin") RUN("x") FIELD("separate") RUN("y") FIELD("end") FIELD("separate")
              RUN("7") FIELD("end") RUN("页") "</w:p>"),
     NULL, "T1 7页\n"},
    {"a field without an end hides its paragraph alone",
     BODY("<w:p>" FIELD("begin") RUN("x") "</w:p>" P("一")), NULL, "T1 一\n"},
    {"a text box comes before its paragraph, in one of its forms",
     BODY("<w:p>" RUN("一") "<w:r><mc:AlternateContent><mc:Choice>" BOX(
         "框") "</mc:Choice><mc:Fallback>" BOX("框") "</mc:Fallback></"
                                                     "mc:AlternateContent></"
                                                     "w:r>" RUN("二") "</w:p>"),
     NULL, "T1 框\n|T1 一二\n"},
    {"a fallback alone is read",
     BODY("<w:p><w:r><mc:AlternateContent><mc:Fallback><w:t>一</w:t></mc:Fallback>"
          "</mc:AlternateContent></w:r></w:p>"),
     NULL, "T1 一\n"},
    {"pages by the last layout",
     BODY("<w:p>" RUN("一") LAYOUT_BREAK RUN("二") "</w:p>" P("三")), NULL,
     "T1 一|T2 二\n|T2 三\n"},
    {"an author's break and the layout's behind it are one",
     BODY("<w:p>" RUN("一") AUTHOR_BREAK "</w:p><w:p>" LAYOUT_BREAK RUN("二")
              LAYOUT_BREAK RUN("三") "</w:p>"),
     NULL, "T1 一|T2 \n|T2 二|T3 三\n"},
    {"readings above characters are left out",
     BODY("<w:p><w:r><w:ruby><w:rt>" RUN("jing") "</w:rt><w:rubyBase>" RUN(
         "京") "</w:rubyBase></w:ruby></w:r></w:p>"),
     NULL, "T1 京\n"},
    {"formulas",
     BODY("<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2"
          "</m:t></m:r></m:den></m:f></m:oMath></w:p>"),
     NULL, "T1 1/2\n"},
    {"comments and other elements are not read",
     BODY("<w:p><w:comment>" RUN(
         "x") "</w:comment><o:p xmlns:o='urn:o'><o:t>y</o:t></o:p>" RUN("一") "</"
                                                                              "w:p>"),
     NULL, "T1 一\n"},
};

/// Files of several parts.
static const struct {
  const char *name;
  zip_part parts[OFFICE_PARTS];
  const char *expected, *title;
} files[] = {
    {"the strict edition's names are known",
     {{"word/document.xml",
       "<w:document "
       "xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:body>" P(
           "一") "</w:body></w:document>",
       0, 0}},
     "T1 一\n",
     ""},
    {"the main part is found by the relationships",
     {{"_rels/.rels", RELATIONSHIPS(TO("a", "officeDocument", "/a/b.xml")), 0, 0},
      {"a/b.xml", BODY(P("一")), 0, ZIP_DEFLATED},
      {"word/document.xml", BODY(P("二")), 0, 0}},
     "T1 一\n",
     ""},
    {"or by the types of the parts",
     {{"[Content_Types].xml",
       "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
       "<Override PartName='/a.xml' ContentType='application/"
       "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>",
       0, 0},
      {"a.xml", BODY(P("一")), 0, 0}},
     "T1 一\n",
     ""},
    {"notes come behind the body, separators do not",
     {{"word/document.xml", BODY(P("一")), 0, 0},
      {"word/footnotes.xml",
       "<w:footnotes xmlns:w='" WORD_SPACE
       "'><w:footnote w:type='separator'>" P("-") "</w:footnote><w:footnote w:id='1'>" P(
           "注") "</w:footnote></w:footnotes>",
       0, 0},
      {"word/endnotes.xml",
       "<w:endnotes xmlns:w='" WORD_SPACE
       "'><w:endnote>" P("尾") "</w:endnote></w:endnotes>",
       0, 0}},
     "T1 一\n|T @footnotes 注\n|T @endnotes 尾\n",
     ""},
    {"headers and footers are told once",
     {{"word/document.xml", BODY(P("一")), 0, 0},
      {"word/_rels/document.xml.rels",
       RELATIONSHIPS(TO("a", "header", "h1.xml") TO("b", "header", "h2.xml")
                         TO("c", "footer", "../word/f.xml")),
       0, 0},
      {"word/h1.xml", HEADER("眉"), 0, 0},
      {"word/h2.xml", HEADER("眉"), 0, 0},
      {"word/f.xml", HEADER("脚"), 0, 0}},
     "T1 一\n|F @header 眉\n|F @footer 脚\n",
     ""},
    {"the title of the properties",
     {{"word/document.xml", BODY(P("一")), 0, 0},
      {"docProps/core.xml",
       "<c xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title> 纪要\n</dc:title></c>",
       0, 0}},
     "T1 一\n",
     "纪要"},
    {"sizes behind a part, and sizes of ZIP64",
     {{"word/document.xml", BODY(P("一")), 0, ZIP_DEFLATED | ZIP_DESCRIBED},
      {"word/footnotes.xml",
       "<w:footnotes xmlns:w='" WORD_SPACE
       "'><w:footnote>" P("注") "</w:footnote></w:footnotes>",
       0, ZIP_LONG}},
     "T1 一\n|T @footnotes 注\n",
     ""},
    {"a header that is named twice, or is the body, is read once",
     {{"word/document.xml", BODY(P("一")), 0, 0},
      {"word/_rels/document.xml.rels",
       RELATIONSHIPS(TO("r1", "header", "h.xml") TO("r2", "footer", "h.xml")
                         TO("r3", "header", "document.xml")),
       0, 0},
      {"word/h.xml", HEADER("页眉"), 0, 0}},
     "T1 一\n|F @header 页眉\n",
     ""},
    {"macros are not looked at",
     {{"word/document.xml", BODY(P("一")), 0, 0}, {"word/vbaProject.bin", "x", 0, 0}},
     "T1 一\n",
     ""},
    {"broken styles are left aside",
     {{"word/document.xml", BODY(P("一")), 0, 0}, {"word/styles.xml", "<w:styles", 0, 0}},
     "T1 一\n",
     ""},
};

/// A paragraph of half a million characters comes in pieces that cut none.
static int test_long_paragraph(const reader *r) {
  static const char before[] = "<w:document xmlns:w='" WORD_SPACE "'><w:p><w:r><w:t>",
                    after[] = "</w:t></w:r></w:p></w:document>";
  enum { COUNT = 500000 };
  size_t len = strlen(before) + 3 * COUNT + strlen(after);
  char *xml = malloc(len + 1), *at = xml + strlen(before);
  strcpy(xml, before);
  for (int i = 0; i < COUNT; i++, at += 3)
    memcpy(at, "京", 3);
  strcpy(at, after);
  reading found = read_office(
      r, (zip_part[OFFICE_PARTS]){{"word/document.xml", xml, len, ZIP_DEFLATED}});
  int failed = found.len != 3 * COUNT + 1 || found.count < 25;
  free(xml);
  reading_free(&found);
  return failed;
}

int test_documents(const reader *r) {
  int failed = test_long_paragraph(r);
  for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
    zip_part parts[OFFICE_PARTS] = {{"word/document.xml", bodies[i].body, 0, 0},
                                    {"word/styles.xml", bodies[i].styles, 0, 0}};
    reading found = read_office(r, parts);
    failed += check_reading(bodies[i].name, &found, bodies[i].expected, DK_OK, "");
    reading_free(&found);
  }
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    reading found = read_office(r, files[i].parts);
    failed += check_reading(files[i].name, &found, files[i].expected, DK_OK, "");
    failed += strcmp(found.title, files[i].title) != 0;
    reading_free(&found);
  }
  return failed;
}
