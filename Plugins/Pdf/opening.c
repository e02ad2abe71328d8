#define _GNU_SOURCE
#include "opening.h"
#include "salvage.h"
#include "streams.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_WITHIN = 1024, END_WITHIN = 2048, TRIED_PAGES = 16 };

dk_status fail_with(dk_call *call, dk_status status, const char *format, ...) {
  char sentence[512];
  va_list arguments;
  va_start(arguments, format);
  int len = vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  return call->fail(call, status, sentence,
                    len < (int)sizeof sentence ? (uint32_t)len : sizeof sentence - 1);
}

static dk_status check_bytes(dk_call *call, const char *bytes, size_t len) {
  if (len == 0)
    return fail_with(call, DK_INVALID_ARGUMENT, "the file is empty: send it again");
  if (!memmem(bytes, len < HEADER_WITHIN ? len : HEADER_WITHIN, "%PDF-", 5))
    return fail_with(call, DK_INVALID_ARGUMENT,
                     "the file is no PDF, although it is called one: check what it is");
  switch (look_into_streams(bytes, len, call->cancelled)) {
  case STREAMS_LARGE:
    return fail_with(
        call, DK_RESOURCE_EXHAUSTED,
        "the PDF unpacks to more than %d MB: print it to a new PDF, or split "
        "it into several files",
        STREAM_MAX >> 20);
  case STREAMS_WORDY:
    return fail_with(call, DK_RESOURCE_EXHAUSTED,
                     "a page of the PDF holds more than 4 MB of text: it is no document "
                     "for reading; split it");
  case STREAMS_CANCELLED:
    return DK_CANCELLED;
  default:
    return DK_OK;
  }
}

dk_status fail_damaged(dk_call *call, const opened *file) {
  if (file->is_cut)
    return fail_with(
        call, DK_DATA_LOSS,
        "the PDF is cut off, and no page of it is left: send the whole file");
  return fail_with(call, DK_INVALID_ARGUMENT,
                   "the PDF is damaged and no page can be read: open it elsewhere and "
                   "print it to a new PDF");
}

/// Opens bytes of which some page can be read. Returns whether they are encrypted, with no document then.
static int open_bytes(opened *file, const char *bytes, size_t len) {
  GBytes *lent = g_bytes_new_static(bytes, len);
  GError *error = NULL;
  file->document = poppler_document_new_from_bytes(lent, NULL, &error);
  g_bytes_unref(lent);
  int is_encrypted = g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
  g_clear_error(&error);
  if (!file->document)
    return is_encrypted;
  file->page_count = poppler_document_get_n_pages(file->document);
  for (int i = 0; i < file->page_count && i < TRIED_PAGES; i++) {
    PopplerPage *page = poppler_document_get_page(file->document, i);
    if (page) {
      g_object_unref(page);
      return 0;
    }
  }
  g_clear_object(&file->document);
  return 0;
}

dk_status open_file(dk_call *call, const char *bytes, size_t len, opened *file) {
  *file = (opened){.document = NULL};
  dk_status status = check_bytes(call, bytes, len);
  if (status != DK_OK)
    return status;
  size_t end = len < END_WITHIN ? len : END_WITHIN;
  file->is_cut = !memmem(bytes + len - end, end, "%%EOF", 5);
  if (open_bytes(file, bytes, len))
    return fail_with(call, DK_UNIMPLEMENTED,
                     "the PDF is protected by a password, or in a way that is not known: "
                     "remove the password");
  size_t salvaged_len;
  if (!file->document && (file->salvaged = salvage(bytes, len, &salvaged_len)))
    open_bytes(file, file->salvaged, salvaged_len);
  if (!file->document)
    status = fail_damaged(call, file);
  else if (file->page_count > PAGES_MAX)
    status = fail_with(call, DK_RESOURCE_EXHAUSTED,
                       "the PDF has %d pages, more than the %d that are read: split it "
                       "into several files",
                       file->page_count, PAGES_MAX);
  if (status != DK_OK)
    close_file(file);
  return status;
}

void close_file(opened *file) {
  g_clear_object(&file->document);
  free(file->salvaged);
  file->salvaged = NULL;
}
