#include "package.h"

#include <stdio.h>
#include <string.h>

/// The end of a main part's content type, and what the file then is.
static const struct {
  const char *end;
  content content;
  const char *advice; ///< for what no reader takes
} types[] = {
    {"wordprocessingml.document.main+xml", CONTENT_DOCUMENT, NULL},
    {"wordprocessingml.template.main+xml", CONTENT_DOCUMENT, NULL},
    {"ms-word.document.macroEnabled.main+xml", CONTENT_DOCUMENT, NULL},
    {"ms-word.template.macroEnabledTemplate.main+xml", CONTENT_DOCUMENT, NULL},
    {"spreadsheetml.sheet.main+xml", CONTENT_WORKBOOK, NULL},
    {"spreadsheetml.template.main+xml", CONTENT_WORKBOOK, NULL},
    {"ms-excel.sheet.macroEnabled.main+xml", CONTENT_WORKBOOK, NULL},
    {"ms-excel.template.macroEnabled.main+xml", CONTENT_WORKBOOK, NULL},
    {"ms-excel.sheet.binary.macroEnabled.main", CONTENT_UNKNOWN,
     "the file is a binary workbook: save it as .xlsx"},
    {"presentationml.presentation.main+xml", CONTENT_UNKNOWN,
     "the file is a presentation: save it as .pdf or .docx"},
    {"presentationml.slideshow.main+xml", CONTENT_UNKNOWN,
     "the file is a presentation: save it as .pdf or .docx"},
};

static const char *const usual_name[] = {"", "word/document.xml", "xl/workbook.xml"};

/// The main part by the content types: what relationships call the main part, or the first that may be one.
typedef struct search {
  const char *main; ///< NULL when the relationships do not say
  char name[NAME_SIZE];
  int type; ///< index in `types`, or -1
} search;

static void on_start(void *context, const xml_element *e) {
  search *s = context;
  if (e->space != XML_PACKAGE || strcmp(e->name, "Override") != 0 || s->type >= 0)
    return;
  xml_value part = xml_attribute(e, "PartName"), type = xml_attribute(e, "ContentType");
  char name[NAME_SIZE], text[128];
  if (!part.bytes || !type.bytes || type.len >= sizeof text ||
      !name_resolve("", part.bytes, part.len, name))
    return;
  if (s->main && name_compare(s->main, name) != 0)
    return;
  memcpy(text, type.bytes, type.len);
  text[type.len] = 0;
  for (uint32_t i = 0; i < DK_COUNT(types); i++)
    if (name_ends_with(text, types[i].end)) {
      s->type = (int)i;
      memcpy(s->name, name, sizeof name);
    }
}

static void read_types(job *j, zip *z, search *s) {
  static const xml_handler handler = {on_start, NULL, NULL};
  char problem[160];
  s->type = -1;
  uint32_t part = zip_find(z, "[Content_Types].xml");
  if (part == ZIP_NONE)
    return;
  xml_result result = xml_read(j, z, part, &handler, s, problem);
  if (result == XML_CUT || result == XML_BROKEN)
    job_note(j, DK_LOG_WARNING, "the list of the file's parts is broken (%s)", problem);
}

/// A workbook whose main part is cut off may have sheets.
static int fail_missing(job *j, const zip *z, content wanted, char name[NAME_SIZE]) {
  name[0] = 0;
  if (zip_is_cut(z) && wanted == CONTENT_WORKBOOK)
    return 1;
  if (zip_is_cut(z))
    return job_fail(
        j, DK_DATA_LOSS,
        "the file is cut off before its text: get it again from where it came");
  return job_fail(j, DK_INVALID_ARGUMENT, "the file holds no %s: save it again as %s",
                  wanted == CONTENT_DOCUMENT ? "document" : "workbook",
                  wanted == CONTENT_DOCUMENT ? ".docx" : ".xlsx");
}

int find_main_part(job *j, zip *z, const relationships *of_file, content wanted,
                   char name[NAME_SIZE]) {
  search s = {.main = target_of_type(of_file, "officeDocument")};
  if (s.main && zip_find(z, s.main) == ZIP_NONE)
    s.main = NULL;
  read_types(j, z, &s);
  if (j->status != DK_OK)
    return 0;
  if (s.type >= 0 && types[s.type].advice)
    return job_fail(j, DK_UNIMPLEMENTED, "%s", types[s.type].advice);
  if (s.type >= 0 && types[s.type].content != wanted)
    return job_fail(j, DK_INVALID_ARGUMENT,
                    "the file holds a %s: give it a name that ends in %s",
                    wanted == CONTENT_DOCUMENT ? "workbook" : "document",
                    wanted == CONTENT_DOCUMENT ? ".xlsx" : ".docx");
  const char *found = s.main ? s.main : s.type >= 0 ? s.name : "";
  if (!*found || zip_find(z, found) == ZIP_NONE)
    found = usual_name[wanted];
  if (zip_find(z, found) == ZIP_NONE)
    return fail_missing(j, z, wanted, name);
  snprintf(name, NAME_SIZE, "%s", found);
  for (uint32_t i = 0; i < zip_count(z); i++)
    if (name_ends_with(zip_name(z, i), "/vbaProject.bin"))
      job_note(j, DK_LOG_INFO, "the file holds macros, which are not looked at");
  return 1;
}
