/// The readers of the plugin. Both append the pieces of a file that is open, and end with the job's status.
#ifndef OFFICE_OFFICE_H
#define OFFICE_OFFICE_H

#include "package.h"

void read_docx(job *j, zip *z, const char *main);

/// `main` is "" for a workbook that is cut off before its list of sheets.
void read_xlsx(job *j, zip *z, const char *main);

#endif
