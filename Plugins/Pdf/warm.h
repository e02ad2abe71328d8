/// Keeps what poppler reads once for all files: where fonts without characters of their own are described.
#ifndef PDF_WARM_H
#define PDF_WARM_H

/// Reads it; NULL where there is no memory, which costs time only.
void *warm_up(void);
void cool_down(void *kept);

/// How many fonts poppler could not read since this was last asked on this thread, for lack of the tables of
/// poppler-data.
unsigned take_unknown_fonts(void);

#endif
