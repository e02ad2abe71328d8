#include "office.h"
#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHEETS_MAX = 4096, SHEET_NAME_MAX = 1024 };

typedef struct listed {
  char *name;
  uint32_t part; ///< ZIP_NONE when it has none to read
  int is_hidden;
} listed;

/// The workbook's list of sheets.
typedef struct sheets {
  job *job;
  const zip *zip;
  const relationships *of_main;
  listed *all;
  uint32_t count, capacity;
  int since_1904;
} sheets;

static listed *add_sheet(sheets *s, const char *name, uint32_t len) {
  if (s->count == SHEETS_MAX) {
    job_fail(s->job, DK_RESOURCE_EXHAUSTED,
             "the workbook has more than %d sheets: split it", SHEETS_MAX);
    return NULL;
  }
  if (s->count == s->capacity) {
    uint32_t capacity = s->capacity * 2 + 16;
    listed *all = realloc(s->all, capacity * sizeof *all);
    if (!all) {
      job_fail_memory(s->job);
      return NULL;
    }
    s->all = all;
    s->capacity = capacity;
  }
  text copy = {0};
  uint32_t fitting = text_fitting(name, len, SHEET_NAME_MAX);
  if (!text_add_flat(&copy, name, fitting) || !text_add(&copy, "", 1)) {
    job_fail_memory(s->job);
    text_free(&copy);
    return NULL;
  }
  if (fitting < len)
    job_note(s->job, DK_LOG_WARNING, "the name of sheet %u is cut to %u of its %u bytes",
             (unsigned)s->count + 1, (unsigned)fitting, (unsigned)len);
  listed *sheet = &s->all[s->count++];
  *sheet = (listed){copy.bytes, ZIP_NONE, 0};
  return sheet;
}

static int is_listed(const sheets *s, uint32_t part) {
  for (uint32_t i = 0; i < s->count; i++)
    if (s->all[i].part == part)
      return 1;
  return 0;
}

/// The part of a sheet, by its relationship or, where those are missing, by its usual name.
static uint32_t part_of(const sheets *s, xml_value id) {
  char usual[64];
  const char *name = target_of_id(s->of_main, id);
  if (!name && s->of_main->count == 0) {
    snprintf(usual, sizeof usual, "xl/worksheets/sheet%u.xml", (unsigned)s->count + 1);
    name = usual;
  }
  return name ? zip_find(s->zip, name) : ZIP_NONE;
}

/// Whether a relationship is that of a sheet of cells; others hold a chart or a dialogue.
static int holds_cells(const sheets *s, xml_value id) {
  for (uint32_t i = 0; i < s->of_main->count; i++)
    if (xml_is(id, s->of_main->all[i].id))
      return strcmp(s->of_main->all[i].type, "worksheet") == 0;
  return 1;
}

static void on_sheet(sheets *s, const xml_element *e) {
  xml_value name = xml_attribute(e, "name"), id = xml_attribute(e, "id");
  xml_value state = xml_attribute(e, "state");
  uint32_t part = part_of(s, id);
  int is_new = part == ZIP_NONE || !is_listed(s, part);
  listed *sheet = add_sheet(s, name.bytes, name.len);
  if (!sheet)
    return;
  sheet->is_hidden = xml_is(state, "hidden") || xml_is(state, "veryHidden");
  if (!holds_cells(s, id))
    job_note(s->job, DK_LOG_INFO, "the sheet “%s” holds no cells", sheet->name);
  else if (part == ZIP_NONE)
    job_note(s->job, DK_LOG_WARNING, "the sheet “%s” is missing from the file",
             sheet->name);
  else if (!is_new)
    job_note(s->job, DK_LOG_WARNING, "the sheet “%s” is another one once more",
             sheet->name);
  else
    sheet->part = part;
}

static void on_start(void *context, const xml_element *e) {
  sheets *s = context;
  if (e->space != XML_SHEET)
    return;
  if (strcmp(e->name, "sheet") == 0)
    on_sheet(s, e);
  else if (strcmp(e->name, "workbookPr") == 0)
    s->since_1904 =
        xml_attribute(e, "date1904").bytes && xml_is_on(xml_attribute(e, "date1904"));
}

/// Lists the sheets that are left of a workbook whose list is cut off, under the names of their parts.
static void list_what_is_left(sheets *s) {
  static const char folder[] = "xl/worksheets/";
  for (uint32_t number = 1; number <= zip_count(s->zip); number++) {
    char name[64];
    int len = snprintf(name, sizeof name, "%ssheet%u.xml", folder, (unsigned)number);
    uint32_t part = zip_find(s->zip, name);
    if (part == ZIP_NONE)
      continue;
    uint32_t start = (uint32_t)sizeof folder - 1;
    listed *sheet = add_sheet(s, name + start, (uint32_t)len - start - 4);
    if (!sheet)
      return;
    sheet->part = part;
  }
  job_note(s->job, DK_LOG_WARNING, "the names of the sheets are missing");
}

static void list_sheets(sheets *s, zip *z, const char *main) {
  static const xml_handler handler = {on_start, NULL, NULL};
  char problem[160];
  xml_result result =
      *main ? xml_read(s->job, z, zip_find(z, main), &handler, s, problem) : XML_CUT;
  if (result == XML_BROKEN)
    job_fail(s->job, DK_INVALID_ARGUMENT,
             "the workbook's list of sheets is damaged (%s): open it in Excel and save "
             "it again",
             problem);
  if (result == XML_CUT && s->count == 0)
    list_what_is_left(s);
}

static void read_one(workbook *w, const listed *sheet, uint32_t number) {
  place heading = {.kind = DK_PIECE_HEADING, .page = number};
  char problem[160];
  uint32_t len = (uint32_t)strlen(sheet->name);
  text line = {0};
  pieces_in(&w->out, len ? sheet->name : NULL, len);
  if (!text_add(&line, sheet->name, len) || !text_add(&line, "\n", 1))
    job_fail_memory(w->job);
  else if (len)
    pieces_put(&w->out, &heading, line.bytes, line.len);
  text_free(&line);
  xml_result result = read_sheet(w, sheet->part, number, problem);
  if (result == XML_CUT)
    job_note(w->job, DK_LOG_WARNING,
             "the sheet “%s” is cut off or damaged: what stands before is read",
             sheet->name);
  if (result == XML_BROKEN)
    job_fail(
        w->job, DK_INVALID_ARGUMENT,
        "the sheet “%.100s” is damaged (%s): open the file in Excel and save it again",
        sheet->name, problem);
}

static void read_sheets(workbook *w, const sheets *s) {
  for (uint32_t i = 0; i < s->count && job_goes_on(w->job); i++) {
    w->job->call->progress(w->job->call, i, s->count);
    if (s->all[i].is_hidden)
      job_note(w->job, DK_LOG_INFO, "the sheet “%s” is hidden and not read",
               s->all[i].name);
    else if (s->all[i].part != ZIP_NONE)
      read_one(w, &s->all[i], i + 1);
  }
}

static void tell_what_is_strange(const workbook *w) {
  const struct {
    uint32_t count;
    const char *what;
  } all[] = {
      {w->without, "formulas have no value yet: open the file in Excel and save it"},
      {w->strangers, "cells have a text that is missing from the file"},
      {w->misplaced,
       "cells or rows do not say where they stand: they are told behind the one before"},
      {w->unordered, "cells or rows stand behind others that should follow them"},
  };
  for (uint32_t i = 0; i < DK_COUNT(all); i++)
    if (all[i].count)
      job_note(w->job, DK_LOG_WARNING, "%u %s", (unsigned)all[i].count, all[i].what);
}

static void read_workbook(workbook *w, sheets *s) {
  uint32_t styles = find_part(s->zip, s->of_main, "styles", "xl/styles.xml");
  uint32_t strings =
      find_part(s->zip, s->of_main, "sharedStrings", "xl/sharedStrings.xml");
  w->since_1904 = s->since_1904;
  if (styles != ZIP_NONE)
    read_number_formats(w->job, w->zip, styles, &w->formats);
  if (strings != ZIP_NONE && job_goes_on(w->job))
    read_shared_strings(w->job, w->zip, strings, &w->strings);
  read_sheets(w, s);
  tell_what_is_strange(w);
  if (zip_is_cut(w->zip) && w->cells == 0)
    job_fail(w->job, DK_DATA_LOSS,
             "the file is cut off before its cells: get it again from where it came");
}

void read_xlsx(job *j, zip *z, const char *main) {
  relationships of_main;
  workbook w = {.job = j, .zip = z, .out.job = j};
  read_relationships(j, z, main, &of_main);
  sheets s = {.job = j, .zip = z, .of_main = &of_main};
  if (j->status == DK_OK)
    list_sheets(&s, z, main);
  if (j->status == DK_OK)
    read_workbook(&w, &s);
  for (uint32_t i = 0; i < s.count; i++)
    free(s.all[i].name);
  free(s.all);
  free_relationships(&of_main);
  free_number_formats(&w.formats);
  free_shared_strings(&w.strings);
  pieces_free(&w.out);
}
