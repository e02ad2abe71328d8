/// Writes small PDF files, right and wrong ones: objects one behind the other, then a table of where they are.
#ifndef DUIKOU_PDF_WRITER_H
#define DUIKOU_PDF_WRITER_H

#include <stddef.h>

enum { PDF_OBJECTS_MAX = 12000 };

/// Bytes that grow.
typedef struct bytes {
  char *at;
  size_t len, room;
} bytes;

void put(bytes *to, const void *from, size_t len);
void put_text(bytes *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// A file that is being written. Objects have the numbers 1, 2, 3…
typedef struct pdf {
  bytes out;
  size_t offsets[PDF_OBJECTS_MAX];
  int count;
  bytes pages; ///< references to the pages so far
  int page_count;
  const char *catalog, *tree; ///< bodies of objects 1 and 2, instead of what is usual
} pdf;

enum pdf_font {
  LATIN,   ///< Helvetica in WinAnsi, not embedded
  UNICODE, ///< Identity-H with a ToUnicode map; what is in ASCII is half as wide
  GB1, ///< UniGB-UCS2-H, not embedded: its characters are known to the reader's machine only
  BLIND ///< Identity-H without a map
};

/// Begins a file: the catalog is object 1, the pages are object 2, the fonts 3 to 12.
pdf *pdf_new(void);

/// Puts an object, or a stream with its dictionary's other entries; returns its number.
int pdf_object(pdf *file, const char *body);
int pdf_stream(pdf *file, const char *entries, const void *data, size_t len);

/// The same, by the Flate filter.
int pdf_flate(pdf *file, const char *entries, const void *data, size_t len);

/// Adds text to a page's content. The origin is below on the left.
void pdf_show(bytes *content, enum pdf_font font, double size, double x, double y,
              const char *text);

/// Adds a page of 595 by 842 points with this content, which it frees.
void pdf_page(pdf *file, bytes *content);

/// Writes the catalog, the pages, the table and the trailer with these other entries. The bytes are the
/// caller's.
bytes pdf_end(pdf *file, const char *trailer);

/// One page with lines of 12 points from the top, 20 apart.
bytes pdf_of_lines(enum pdf_font font, const char *const *lines, int count);

#endif
