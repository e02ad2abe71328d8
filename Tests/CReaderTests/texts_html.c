/// Web pages.
#include "check.h"
#include "texts.h"

#include <stdlib.h>

static const struct {
  const char *sentence, *page, *shown;
} pages[] = {
    {"blocks are lines, and other elements are not",
     "<p>北<b>京</b></p><div>内蒙古</div>敖汉旗", "T:北京/ T:内蒙古/ T:敖汉旗/"},
    {"line breaks are lines", "<p>a<br>b<br/><br>c", "T:a/ T:b/ T:c/"},
    {"white space is shown as one space", "<p>  a \n\t b  </p>", "T:a b/"},
    {"a line break between Chinese characters is none", "<p>北京\n  内蒙古\n2018",
     "T:北京内蒙古 2018/"},
    {"spaces that do not break are spaces", "<p>&nbsp;&nbsp;a&nbsp;&#160;b&nbsp;</p>",
     "T:a  b/"},
    {"white space stays in <pre>", "<pre>a  b\nc</pre>", "T:a  b/ T:c/"},
    {"entities are characters", "<p>&lt;&amp;&#x4eac;&#33945;&copy;", "T:<&京蒙©/"},
    {"headings are headings", "<h1>a</h1>b<h6>c</h6>", "H:a/ T:b/ H:c/"},
    {"scripts, styles and what is hidden are left out",
     "<p>a<script>'</p>b'</script><style>c</style><span hidden>d</span>"
     "<span style='Display: NONE'>e</span><template>f</template>g",
     "T:ag/"},
    {"blocks within what is hidden end no line", "<p>a<span hidden><div>x</div></span>b",
     "T:ab/"},
    {"readings of characters are left out",
     "<ruby>京<rp>(</rp><rt>jing</rt><rp>)</rp></ruby>蒙", "T:京蒙/"},
    {"tables give cells", "<table><tr><th>旗县<th>金额<tr><td>敖汉旗<td>5</table>",
     "C1.1,1:旗县| C1.1,2:金额/ C1.2,1:敖汉旗| C1.2,2:5/"},
    {"merged cells keep the columns",
     "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>",
     "C1.1,1+2x1:a| C1.1,2+1x2:b/ C1.2,2:c| C1.2,3:d/"},
    {"lines of a cell are joined", "<table><tr><td>a<br>b<td><p>c<p>d</table>",
     "C1.1,1:a  C1.1,1:b| C1.1,2:c  C1.1,2:d/"},
    {"empty cells are cells", "<table><tr><td><td>a<tr><td>b<td></table>",
     "C1.1,1:| C1.1,2:a/ C1.2,1:b| C1.2,2:/"},
    {"tables are counted", "<table><tr><td>a<td>b</table><table><tr><td>c<td>d</table>",
     "C1.1,1:a| C1.1,2:b/ C2.1,1:c| C2.1,2:d/"},
    {"a table around a table is none",
     "<table><tr><td>a<td><table><tr><td>b<td>c</table><td>d</table>",
     "T:a/ C1.1,1:b| C1.1,2:c/ T:d/"},
    {"a table of one cell is none", "<table><tr><td>a</table>b", "T:a/ T:b/"},
    {"a table for layout is none", "<table role=presentation><tr><td>a<td>b</table>",
     "T:a/ T:b/"},
    {"a table's caption is one", "<table><caption>表1</caption><tr><td>a<td>b</table>",
     "P:表1/ C1.1,1:a| C1.1,2:b/"},
    {"captions of figures are captions",
     "<figure><img src=a><figcaption>合影</figcaption></figure>", "P:合影/"},
    {"a triangle below a picture begins a caption",
     "<p><img src=a></p><p>▲签约现场</p><p>▲正文", "P:▲签约现场/ T:▲正文/"},
    {"navigation is furniture",
     "<nav>a</nav><header>b</header><p>c</p><aside>d</aside><footer>e</footer>",
     "F:a/ F:b/ T:c/ F:d/ F:e/"},
    {"an article's header is text, and its heading one",
     "<article><header><h1>a</h1>b</header>c</article>", "H:a/ T:b/ T:c/"},
    {"classes tell furniture",
     "<div class='left side-nav'>a</div><div id=share>b</div><p>c", "F:a/ F:b/ T:c/"},
    {"classes of what holds the article do not",
     "<div class='main no-sidebar'>a</div><body class=nav>b", "T:a/ T:b/"},
    {"lists of links are furniture",
     "<p>正文</p><ul><li><a href=1>首页</a><li><a href=2>新闻</a><li><a "
     "href=3>旅游</a></ul>",
     "T:正文/ F:首页/ F:新闻/ F:旅游/"},
    {"links around blocks are links",
     "<a href=1><p>a</p></a><a href=2><p>b</p></a><a href=3><p>c</p></a>",
     "F:a/ F:b/ F:c/"},
    {"anchors are no links", "<a name=1><p>a<p>b<p>c</a>", "T:a/ T:b/ T:c/"},
    {"a hidden form is, and a page that a script would show is not",
     "<body style='visibility:hidden'><form style='display:none'>a</form>b", "T:b/"},
    {"a link in a text is text",
     "<p>见<a href=1>协议</a>全文</p><p><a href=2>下载</a></p>", "T:见协议全文/ T:下载/"},
    {"widgets are furniture",
     "<p>正文。</p><p>分享到：微信</p><h3>相关文章</h3><p>另一篇</p><p>还有一篇。</p>",
     "T:正文。/ F:分享到：微信/ F:相关文章/ F:另一篇/ T:还有一篇。/"},
    {"around a WeChat article all is furniture but its title",
     "<h1 class=\"rich_media_title\">题</h1><em>作者</em><div id=\"js_content\" "
     "style=\"visibility: hidden;\"><section>正文</section></div><p>阅读原文",
     "H:题/ F:作者/ T:正文/ F:阅读原文/"},
    {"so it is where the article's id is written otherwise",
     "<p>前</p><div id = js_content>正文</div><p>后", "F:前/ T:正文/ F:后/"},
    {"a page that names that element and has none is a page",
     "<!-- id=\"js_content\" --><p>正文", "T:正文/"},
    {"text behind the end of the page is read", "<html><body><p>a</p></body></html><p>b",
     "T:a/ T:b/"},
    {"text without a tag is read", "北京", "T:北京/"},
};

static void test_pages(const reader *r) {
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    CASE(pages[i].sentence);
    reading found = read_by(r, "Html", pages[i].page, strlen(pages[i].page));
    char *line = shown(&found);
    CHECK(found.status == DK_OK && strcmp(line, pages[i].shown) == 0);
    if (strcmp(line, pages[i].shown) != 0)
      fprintf(stderr, "  is %s\n", line);
    free(line);
    reading_free(&found);
  }
}

enum { JULY_4TH_2018 = 17716 };

static const struct {
  const char *sentence, *page, *title;
  int32_t published;
  uint32_t script;
} facts[] = {
    {"a page may say nothing", "<p>a", "", INT32_MIN, 0},
    {"a title is collapsed", "<title> 京蒙\n 座谈会 </title>", "京蒙 座谈会", INT32_MIN,
     0},
    {"what is told to other sites comes first",
     "<title>a</title><meta property='og:title' content='b'>", "b", INT32_MIN, 0},
    {"a WeChat title comes before the page's",
     "<title>a</title><h1 id=activity-name>b</h1>", "b", INT32_MIN, 0},
    {"only the first title counts", "<title>a</title><p>x<title>b</title>", "a",
     INT32_MIN, 0},
    {"a WeChat page has its moment in a script",
     "<script>var ct = \"1530662400\";</script>", "", JULY_4TH_2018, 0},
    {"a moment just before midnight in China is that day",
     "<script>var ct=\"1530719999\"</script>", "", JULY_4TH_2018, 0},
    {"a script may hold the day",
     "<script>var publish_time = \"2018-07-04\" || \"\";</script>", "", JULY_4TH_2018, 0},
    {"data for machines hold it",
     "<script type='application/ld+json'>{\"datePublished\": "
     "\"2018-07-03T16:00:00Z\"}</script>",
     "", JULY_4TH_2018, 0},
    {"a property holds it",
     "<meta property='og:article:published_time' content='2018-07-04T23:59:59+08:00'>",
     "", JULY_4TH_2018, 0},
    {"an element holds it", "<em id=publish_time>2018年7月4日</em>", "", JULY_4TH_2018,
     0},
    {"a time says that it is it",
     "<time datetime='2018/7/4 8:00' itemprop=datePublished>", "", JULY_4TH_2018, 0},
    {"the surest day counts",
     "<meta name=date content=20180101><meta property='article:published_time' "
     "content=20180704>"
     "<script>var ct=\"1500000000\"</script>",
     "", JULY_4TH_2018, 0},
    {"a day that there is not is none", "<meta name=pubdate content='2018-02-29'>", "",
     INT32_MIN, 0},
    {"the language tells the script", "<html lang=zh-Hant-HK><p>a", "", INT32_MIN,
     DK_TRADITIONAL},
    {"so does a region", "<html lang=zh-TW><p>a", "", INT32_MIN, DK_TRADITIONAL},
    {"and the mainland", "<html xml:lang=zh_CN><p>a", "", INT32_MIN, DK_SIMPLIFIED},
    {"other languages do not", "<html lang=en-TW><p>a", "", INT32_MIN, 0},
};

static void test_facts(const reader *r) {
  for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
    CASE(facts[i].sentence);
    reading found = read_by(r, "Html", facts[i].page, strlen(facts[i].page));
    CHECK(strcmp(found.title, facts[i].title) == 0);
    CHECK(found.published == facts[i].published);
    CHECK(found.script == facts[i].script);
    reading_free(&found);
  }
}

static const struct {
  const char *sentence, *charset, *page;
} charsets[] = {
    {"a named encoding is read", "GB18030",
     "<meta charset=gb2312><p>我们在北京签署了协议"},
    {"one that is not named is recognised", "GB18030", "<p>我们在北京签署了协议"},
    {"UTF-8 is UTF-8 whatever is named", "UTF-8",
     "<meta charset=gb2312><p>我们在北京签署了协议"},
    {"GBK is GBK whatever is named", "GB18030",
     "<meta charset=utf-8><p>我们在北京签署了协议"},
    {"Big5 is Big5 whatever is named", "BIG5",
     "<meta charset=gbk><p>我們在北京的會議，這是說明"},
    {"an encoding that is not known is recognised", "GB18030",
     "<meta http-equiv=Content-Type content='text/html; "
     "charset=windows-1252'><p>我们在北京签署了协议"},
    {"UTF-16 is recognised", "UTF-16LE", "<p>我们在北京签署了协议"},
    {"UTF-16 may name another encoding", "UTF-16LE",
     "\ufeff<meta charset=utf-8><p>我们在北京签署了协议"},
};

static void test_charsets(const reader *r) {
  for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
    CASE(charsets[i].sentence);
    size_t len;
    char *bytes = encoded(charsets[i].charset, charsets[i].page, &len);
    reading found = read_by(r, "Html", bytes, len);
    const char *text = strstr(charsets[i].page, "<p>") + 3;
    CHECK(found.count == 1 && strncmp(found.text, text, strlen(text)) == 0);
    reading_free(&found);
    free(bytes);
  }
}

static void test_large(const reader *r) {
  CASE("a table and a list larger than what is kept are read whole");
  static const struct {
    const char *begin, *row, *end, *first;
  } large[] = {{"<table>", "<tr><td>敖汉旗<td>5</tr>", "</table>", "C1.1,1:敖汉旗|"},
               {"<p>正文</p><ul>", "<li><a href=1>首页</a></li>", "</ul>", "T:正文/"}};
  enum { ROWS = 30000 };
  for (size_t i = 0; i < 2; i++) {
    size_t row = strlen(large[i].row), at = strlen(large[i].begin);
    char *page = malloc(at + row * ROWS + 32);
    memcpy(page, large[i].begin, at);
    for (int n = 0; n < ROWS; n++, at += row)
      memcpy(page + at, large[i].row, row);
    memcpy(page + at, large[i].end, strlen(large[i].end));
    at += strlen(large[i].end);
    reading found = read_by(r, "Html", page, at);
    uint32_t lines = 0;
    for (uint32_t n = 0; n < found.len; n++)
      lines += found.text[n] == '\n';
    CHECK(found.status == DK_OK && lines == ROWS + i);
    const read_piece *last = &found.pieces[found.count - 1];
    CHECK(i ? last->kind == DK_PIECE_FURNITURE
            : last->kind == DK_PIECE_CELL && last->line == ROWS && last->table == 1);
    char *line = shown(&found);
    CHECK(strncmp(line, large[i].first, strlen(large[i].first)) == 0);
    free(line);
    reading_free(&found);
    free(page);
  }
}

static void test_long_title(const reader *r) {
  CASE("a long title is cut between two characters");
  char page[8 + 3 * 500] = "<title>", *at = page + strlen(page);
  for (int n = 0; n < 500; n++)
    at += sprintf(at, "京");
  reading found = read_by(r, "Html", page, (size_t)(at - page));
  CHECK(found.status == DK_OK && strlen(found.title) == 1023);
  reading_free(&found);
}

/// Lines that are settled before it is known that there is no article, or before it begins.
static void test_late_article(const reader *r) {
  CASE("a long page is one of an article only once that begins");
  static const char *const ends[] = {"", "<div id=\"js_content\">正文</div><p>后"};
  enum { ROWS = 6000 };
  for (size_t i = 0; i < 2; i++) {
    static const char begin[] = "<!-- id=\"js_content\" -->", row[] = "<p>前</p>";
    char *page = malloc(sizeof begin + sizeof row * ROWS + 64), *at = page;
    at += sprintf(at, "%s", begin);
    for (int n = 0; n < ROWS; n++)
      at += sprintf(at, "%s", row);
    at += sprintf(at, "%s", ends[i]);
    reading found = read_by(r, "Html", page, (size_t)(at - page));
    CHECK(found.status == DK_OK && found.count == (i ? ROWS + 2 : ROWS));
    CHECK(found.pieces[0].kind == DK_PIECE_TEXT);
    CHECK(found.pieces[ROWS - 1].kind == (i ? DK_PIECE_FURNITURE : DK_PIECE_TEXT));
    CHECK(found.pieces[found.count - 1].kind == (i ? DK_PIECE_FURNITURE : DK_PIECE_TEXT));
    reading_free(&found);
    free(page);
  }
}

int test_html(const reader *r) {
  test_pages(r);
  test_facts(r);
  test_charsets(r);
  test_large(r);
  test_late_article(r);
  test_long_title(r);
  return failed;
}
