/// The title that a PDF states of itself.
#ifndef PDF_TITLE_H
#define PDF_TITLE_H

#include <duikou.h>
#include <poppler.h>

/// Appends a row with the title where it is one, and not what a program has made of the file's name.
dk_status state_title(dk_call *call, PopplerDocument *document);

#endif
