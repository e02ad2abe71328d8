#define _GNU_SOURCE
#include "title.h"
#include "characters.h"

#include <string.h>
#include <strings.h>

enum { TITLE_MAX = 600 };

static int ends_with(const char *text, size_t len, const char *ending) {
  size_t ending_len = strlen(ending);
  return ending_len <= len &&
         strncasecmp(text + len - ending_len, ending, ending_len) == 0;
}

/// Names that programs give, not people.
static int is_of_program(const char *text, size_t len) {
  static const char *const beginnings[] = {
      "Microsoft Word - ",
      "Microsoft PowerPoint - ",
      "Microsoft Excel - ",
      "PowerPoint 演示文稿",
      "PowerPoint Presentation",
      "untitled",
      "无标题",
      "未命名",
      "Document",
      "文档",
      "新建",
      "Slide ",
      "幻灯片",
      "about:",
      "http:",
      "https:",
      "file:",
  };
  static const char *const endings[] = {".doc",  ".docx", ".wps", ".pdf", ".ppt", ".pptx",
                                        ".xls",  ".xlsx", ".rtf", ".tmp", ".txt", ".odt",
                                        ".indd", ".cdr",  ".ps",  ".ai",  ".htm", ".html",
                                        ".jpg",  ".tif",  ".s92", ".fm",  ".dvi", ".tex"};
  for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
    size_t beginning = strlen(beginnings[i]);
    // Followed by nothing or a number, for those that are words too.
    int is_short = len <= beginning + 3 || strchr(beginnings[i], ':') ||
                   strstr(beginnings[i], " - ");
    if (beginning <= len && is_short && strncasecmp(text, beginnings[i], beginning) == 0)
      return 1;
  }
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (ends_with(text, len, endings[i]))
      return 1;
  return 0;
}

/// Whether it is made of characters that were read well, with letters among them.
static int is_legible(const char *text, size_t len) {
  int letters = 0;
  for (size_t at = 0, width; at < len; at += width) {
    uint32_t character = character_at(text + at, len - at, &width);
    if (character == 0xfffd || character < ' ' ||
        (character >= 0x7f && character < 0xa0) ||
        (character >= 0xe000 && character < 0xf900))
      return 0;
    letters += g_unichar_isalpha(character) != 0;
  }
  return letters >= 2;
}

dk_status state_title(dk_call *call, PopplerDocument *document) {
  char *stated = poppler_document_get_title(document);
  const char *text = stated;
  size_t len = stated ? strlen(stated) : 0;
  dk_status status = DK_OK;
  if (len)
    trim(&text, &len);
  if (len && len <= TITLE_MAX && is_legible(text, len) && !is_of_program(text, len)) {
    dk_document *row = call->append(call, DK_DOCUMENT, 1, NULL);
    dk_str title = row ? call->intern(call, text, (uint32_t)len) : (dk_str){0, 0};
    if (title.off)
      row->title = title;
    else
      status = DK_RESOURCE_EXHAUSTED;
  }
  g_free(stated);
  return status;
}
