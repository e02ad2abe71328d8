#include "office.h"
#include "word_story.h"

#include <stdlib.h>
#include <string.h>

typedef struct document {
  job *job;
  zip *zip;
  pieces out;
  word_styles styles;
  story story;
  char is_read[]; ///< of each part
} document;

/// Reads one story. `what` names it in sentences.
static xml_result read_story(document *d, uint32_t part, const char *what,
                             char problem[160]) {
  d->is_read[part] = 1;
  xml_result result = xml_read(d->job, d->zip, part, &story_handler, &d->story, problem);
  if (result == XML_FAILED)
    return result;
  story_finish(&d->story);
  pieces_end_row(&d->out);
  if (result == XML_CUT)
    job_note(d->job, DK_LOG_WARNING,
             "%s is cut off or damaged: what stands before is read", what);
  return result;
}

static void read_body(document *d, uint32_t part) {
  char problem[160];
  d->story.page = 1;
  d->story.has_pages = 1;
  xml_result result = read_story(d, part, "the document's text", problem);
  d->story.page = 0;
  d->story.has_pages = 0;
  if (result == XML_BROKEN)
    job_fail(
        d->job, DK_INVALID_ARGUMENT,
        "the document's text is damaged (%s): open the file in Word and save it again",
        problem);
  if (result == XML_CUT && !d->out.count)
    job_fail(d->job, DK_DATA_LOSS,
             "the file is cut off before its text: get it again from where it came");
}

/// Reads a part beside the body, once; where it is broken, that is noted and the rest is read.
static void read_beside(document *d, uint32_t part, const char *name) {
  char problem[160];
  if (part == ZIP_NONE || d->is_read[part] || d->job->status != DK_OK)
    return;
  pieces_in(&d->out, name, (uint32_t)strlen(name));
  if (read_story(d, part, name, problem) == XML_BROKEN)
    job_note(d->job, DK_LOG_WARNING,
             "the %s are damaged (%s): what stands before is read", name, problem);
}

static void read_all(document *d, const relationships *of_main, const char *main) {
  uint32_t styles = find_part(d->zip, of_main, "styles", "word/styles.xml");
  if (styles != ZIP_NONE)
    read_word_styles(d->job, d->zip, styles, &d->styles);
  if (d->job->status == DK_OK)
    read_body(d, zip_find(d->zip, main));
  read_beside(d, find_part(d->zip, of_main, "footnotes", "word/footnotes.xml"),
              "footnotes");
  read_beside(d, find_part(d->zip, of_main, "endnotes", "word/endnotes.xml"), "endnotes");
  d->story.is_furniture = 1;
  for (uint32_t i = 0; i < of_main->count && d->job->status == DK_OK; i++) {
    const relationship *r = &of_main->all[i];
    int is_header = strcmp(r->type, "header") == 0;
    if (is_header || strcmp(r->type, "footer") == 0)
      read_beside(d, zip_find(d->zip, r->target), is_header ? "header" : "footer");
  }
}

void read_docx(job *j, zip *z, const char *main) {
  document *d = calloc(1, sizeof *d + zip_count(z));
  if (!d) {
    job_fail_memory(j);
    return;
  }
  d->job = j;
  d->zip = z;
  d->out.job = j;
  d->story.job = j;
  d->story.out = &d->out;
  d->story.styles = &d->styles;
  relationships of_main;
  read_relationships(j, z, main, &of_main);
  if (j->status == DK_OK)
    read_all(d, &of_main, main);
  if (d->story.numbered)
    job_note(j, DK_LOG_INFO, "the numbers of %u paragraphs of lists are left out",
             (unsigned)d->story.numbered);
  free_relationships(&of_main);
  free_word_styles(&d->styles);
  story_free(&d->story);
  pieces_free(&d->out);
  free(d);
}
