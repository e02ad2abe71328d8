/// The report's own words, in 简体中文 and in English.
#ifndef DUIKOU_MARKDOWN_WORDS_H
#define DUIKOU_MARKDOWN_WORDS_H

#include "duikou.h"

typedef enum language { CHINESE, ENGLISH, LANGUAGES } language;

/// The types of statements that have a table of their own, in their order.
typedef enum fact {
  PAIRINGS,
  EVENTS,
  COMMITMENTS,
  PROJECTS,
  BRANDS,
  NEEDS,
  FLOWS,
  FACTS
} fact;

typedef struct words {
  const char *title, *overview, *source, *failed, *stages;
  const char *documents, *places, *agencies, *people, *agreements, *dates, *figures;
  const char *head_overview, *head_agreements, *head_positions, *head_people;
  const char *head_agencies, *head_places, *head_dates, *head_figures, *head_stages;
  const char *nothing, *separator, *colon;
  const char *levels[6];      ///< by DK_LEVEL_PROVINCE and so on
  const char *statuses[4];    ///< by DK_SIGNED and so on
  const char *precisions[7];  ///< by DK_PRECISION_DAY and so on
  const char *comparators[5]; ///< by DK_BELOW and so on
  const char *flags[8];       ///< by bit: DK_ELIDED is bit 0
  const char *units[4];       ///< years, months, weeks, days
  struct {
    const char *title, *head;
  } facts[FACTS];
  const char *yuan;
  const char *events[8];      ///< by DK_MEETING and so on
  const char *commitments[5]; ///< by DK_PROPOSAL and so on
  const char *progress[4];    ///< by DK_PLANNED and so on
  const char *brands[4];      ///< by DK_LABEL and so on
  const char *needs[3];       ///< by DK_NEEDED and so on
  int has_sectors;            ///< whether sectors have other words than their names
} words;

/// What a sector is called, such as 旅游 for "tourism"; NULL where there is no other word for it.
const char *sector_name(const words *words, const char *sector, uint32_t len);

/// The unit of a duration in Y, M, W or D; NULL for another letter.
const char *duration_unit(const words *words, char letter);

/// The words that the request's header `lang` asks for: `en`, or 简体中文.
const words *words_of(const dk_call *call);

#endif
