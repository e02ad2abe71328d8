/// What a document states besides its entities: who helps whom, what took place, what was promised.
#ifndef DUIKOU_MARKDOWN_FACTS_H
#define DUIKOU_MARKDOWN_FACTS_H

#include "report.h"

/// Sorts the rows by document. Returns 0 when the host has no memory.
int gather_facts(report *r, dk_call *call, uint32_t documents);

/// How many there are in a document.
uint32_t count_facts(report *r, uint32_t document);

/// Writes a section for each type of which the document has rows.
void write_facts(report *r, uint32_t document);

#endif
