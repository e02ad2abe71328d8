/// What a file says of itself.
#ifndef OFFICE_PROPERTIES_H
#define OFFICE_PROPERTIES_H

#include "package.h"

/// Appends a document row with the title that the file's author gave it, where there is one.
void append_title(job *j, zip *z, const relationships *of_file);

#endif
