#define _POSIX_C_SOURCE 200809L
#include "elements.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct trait {
  const char *name;
  uint32_t traits;
} elements[] = {
    // In the order of strcmp.
    {"a", LINK},
    {"address", BLOCK},
    {"applet", HIDDEN},
    {"area", VOID},
    {"article", BLOCK | ARTICLE | FRAME},
    {"aside", BLOCK | FURNITURE},
    {"audio", HIDDEN},
    {"base", VOID},
    {"blockquote", BLOCK},
    {"body", BLOCK | FRAME},
    {"br", BLOCK | VOID},
    {"button", FURNITURE},
    {"canvas", HIDDEN},
    {"caption", BLOCK | CAPTION},
    {"center", BLOCK},
    {"col", VOID},
    {"datalist", HIDDEN},
    {"dd", BLOCK},
    {"details", BLOCK},
    {"dialog", BLOCK},
    {"dir", BLOCK},
    {"div", BLOCK},
    {"dl", BLOCK},
    {"dt", BLOCK},
    {"embed", VOID},
    {"fieldset", BLOCK},
    {"figcaption", BLOCK | CAPTION},
    {"figure", BLOCK},
    {"footer", BLOCK | FURNITURE},
    {"form", BLOCK | FRAME},
    {"frame", VOID},
    {"h1", BLOCK | HEADING},
    {"h2", BLOCK | HEADING},
    {"h3", BLOCK | HEADING},
    {"h4", BLOCK | HEADING},
    {"h5", BLOCK | HEADING},
    {"h6", BLOCK | HEADING},
    {"header", BLOCK | HEADER},
    {"hgroup", BLOCK},
    {"hr", BLOCK | VOID},
    {"html", BLOCK | FRAME},
    {"iframe", HIDDEN},
    {"img", VOID | IMAGE},
    {"input", VOID},
    {"legend", BLOCK},
    {"li", BLOCK},
    {"link", VOID},
    {"listing", BLOCK | PRE},
    {"main", BLOCK | ARTICLE | FRAME},
    {"menu", BLOCK},
    {"meta", VOID},
    {"nav", BLOCK | FURNITURE},
    {"noembed", HIDDEN},
    {"noframes", HIDDEN},
    {"noscript", HIDDEN},
    {"object", HIDDEN},
    {"ol", BLOCK},
    {"optgroup", BLOCK},
    {"option", BLOCK},
    {"p", BLOCK},
    {"param", VOID},
    {"plaintext", BLOCK | PRE},
    {"pre", BLOCK | PRE},
    {"rp", HIDDEN},
    {"rt", HIDDEN},
    {"script", HIDDEN | SCRIPT},
    {"search", BLOCK | FURNITURE},
    {"section", BLOCK},
    {"select", BLOCK | FURNITURE},
    {"source", VOID},
    {"style", HIDDEN},
    {"summary", BLOCK},
    {"table", BLOCK | TABLE},
    {"tbody", BLOCK},
    {"td", BLOCK | CELL},
    {"template", HIDDEN},
    {"textarea", BLOCK | PRE | FURNITURE},
    {"tfoot", BLOCK},
    {"th", BLOCK | CELL},
    {"thead", BLOCK},
    {"title", HIDDEN | PAGE_TITLE},
    {"tr", BLOCK | ROW},
    {"track", VOID},
    {"ul", BLOCK},
    {"video", HIDDEN},
    {"wbr", VOID},
    {"xmp", BLOCK | PRE},
};

/// Parts of classes and ids of what stands around an article.
static const char *const furniture[] = {
    "bdshare",    "bdsharebuttonbox", "breadcrumb", "breadcrumbs", "copyright",
    "crumb",      "crumbs",           "footer",     "jiathis",     "menu",
    "nav",        "navbar",           "navi",       "navigation",  "pager",
    "pagination", "qrcode",           "recommend",  "related",     "relevant",
    "share",      "sidebar",          "sitemap",    "social",      "toolbar",
};

/// Parts of classes of what an article stands in, whatever else the class says.
static const char *const frames[] = {
    "article", "body", "container", "content", "detail", "has",  "layout",  "main",
    "no",      "page", "post",      "text",    "title",  "with", "without", "wrapper",
};

static const char *const captions[] = {
    "caption", "figcaption", "imgdesc", "picdesc", "phototext",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int is_among(const char *word, size_t len, const char *const *words,
                    size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strlen(words[i]) == len && strncasecmp(words[i], word, len) == 0)
      return 1;
  return 0;
}

/// What one class or id says by its parts, between which there are hyphens and underscores.
static uint32_t traits_of_class(const char *name, size_t len) {
  uint32_t traits = 0;
  int is_frame = 0;
  if ((len == 8 && strncasecmp(name, "img_desc", len) == 0) ||
      (len == 8 && strncasecmp(name, "pic_desc", len) == 0))
    return CAPTION;
  for (size_t start = 0; start < len;) {
    size_t part = start;
    while (part < len && name[part] != '-' && name[part] != '_')
      part++;
    size_t size = part - start;
    if (is_among(name + start, size, captions, COUNT(captions)))
      traits |= CAPTION;
    if (is_among(name + start, size, furniture, COUNT(furniture)))
      traits |= FURNITURE;
    is_frame |= is_among(name + start, size, frames, COUNT(frames));
    start = part + 1;
  }
  return is_frame ? traits & ~(uint32_t)FURNITURE : traits;
}

static uint32_t traits_of_classes(const char *names) {
  enum { LONGEST = 1024 };
  uint32_t traits = 0;
  size_t all = strnlen(names, LONGEST);
  for (size_t at = 0; at < all;) {
    size_t len = strcspn(names + at, " \t\n\f\r");
    if (at + len > all)
      len = all - at;
    traits |= traits_of_class(names + at, len);
    at += len + 1;
  }
  return traits;
}

static uint32_t traits_of_style(const char *style) {
  enum { LONGEST = 2048 };
  char squeezed[LONGEST + 1];
  size_t len = 0;
  for (size_t i = 0; style[i] && i < LONGEST; i++) {
    char c = style[i];
    if (c >= 'A' && c <= 'Z')
      c = (char)(c + 'a' - 'A');
    if ((unsigned char)c > ' ')
      squeezed[len++] = c;
  }
  squeezed[len] = 0;
  if (strstr(squeezed, "display:none") || strstr(squeezed, "visibility:hidden"))
    return HIDDEN;
  return strstr(squeezed, "display:block") ? BLOCK : 0;
}

static uint32_t traits_of_role(const char *role) {
  static const char *const around[] = {"navigation", "banner",        "contentinfo",
                                       "search",     "complementary", "menu",
                                       "menubar",    "toolbar"};
  if (is_among(role, strlen(role), around, COUNT(around)))
    return FURNITURE;
  return strcmp(role, "presentation") == 0 || strcmp(role, "none") == 0 ? LAYOUT : 0;
}

const char *attribute(attributes all, const char *name) {
  for (; all && all[0]; all += 2)
    if (strcmp((const char *)all[0], name) == 0)
      return all[1] ? (const char *)all[1] : "";
  return NULL;
}

static int compare(const void *name, const void *element) {
  return strcmp(name, ((const struct trait *)element)->name);
}

uint32_t element_traits(const char *name, attributes all) {
  const struct trait *found =
      bsearch(name, elements, COUNT(elements), sizeof *elements, compare);
  uint32_t traits = found ? found->traits : 0;
  if (traits & (VOID | SCRIPT) || !all)
    return traits & ~(uint32_t)(all ? 0 : LINK);
  const char *classes = attribute(all, "class"), *id = attribute(all, "id");
  const char *style = attribute(all, "style"), *role = attribute(all, "role");
  uint32_t more = style ? traits_of_style(style) : 0;
  if (attribute(all, "hidden") ||
      (strcmp(name, "dialog") == 0 && !attribute(all, "open")))
    more |= HIDDEN;
  if (role)
    more |= traits_of_role(role);
  if (classes)
    more |= traits_of_classes(classes);
  if (id && strcmp(id, "js_content") == 0)
    return (traits | CONTENT | ARTICLE) & ~(uint32_t)HIDDEN;
  if (id)
    more |= traits_of_classes(id);
  if (traits & FRAME)
    more &= ~(uint32_t)(FURNITURE | CAPTION);
  // Until a script shows it.
  if (strcmp(name, "body") == 0 || strcmp(name, "html") == 0)
    more &= ~(uint32_t)HIDDEN;
  if (traits & LINK && !attribute(all, "href"))
    traits &= ~(uint32_t)LINK;
  if ((classes && strstr(classes, "rich_media_title")) ||
      (id && strcmp(id, "activity-name") == 0))
    more |= RICH_TITLE;
  if (id && strcmp(id, "publish_time") == 0)
    more |= DATE;
  return traits | more;
}
