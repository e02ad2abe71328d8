/// The plugin's instance, and what its readers have in common.
#ifndef TEXTS_TEXTS_H
#define TEXTS_TEXTS_H

#include "duikou.h"
#include "source.h"

typedef struct texts {
  const dk_host *host;
  codes *codes;
} texts;

/// The readers.
dk_status read_text(void *self, dk_call *call);
dk_status read_csv(void *self, dk_call *call);
dk_status read_html(void *self, dk_call *call);

/// A file to be read.
typedef struct file {
  const texts *texts;
  dk_call *call;
  const uint8_t *bytes;
  size_t len;
  const char *media; ///< not ended by a NUL
  uint32_t media_len;
} file;

/// Finds the file in the call's image. Returns DK_OK, or what the call ends with.
dk_status file_find(file *f, void *self, dk_call *call);

/// Finds its encoding, with a hint as for `detect`. Refuses what is not text.
dk_status file_open(const file *f, int hint, source *s);

/// Appends the row of `duikou.document`; an absent title is NULL, no date INT32_MIN.
dk_status file_state(const file *f, const char *title, int32_t published,
                     uint32_t script);

/// Tells the log what of a file that has been read could not be.
void file_warn(const file *f, const source *s);
void file_log(const file *f, const char *sentence);

#endif
