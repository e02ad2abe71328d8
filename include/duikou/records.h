/// Domain records, version 1 of the data schema: what Beijing–Inner Mongolia tourism cooperation
/// is made of. Their descriptors are the host's; a plugin names the types it reads and writes.
///
/// An entity (a place, an agency, a person, an agreement) has one row a document, with its first
/// occurrence as evidence; every occurrence is a `duikou.mention`. Numbers behind the fields
/// are their field numbers, as in DK_HAS.
#ifndef DUIKOU_RECORDS_H
#define DUIKOU_RECORDS_H

#include "base.h"

#define DK_SCHEMA 1u ///< version of the data schema; moves apart from the ABI

enum { ///< ids of the domain types
  DK_DOCUMENT = 1,
  DK_SEGMENT = 2,
  DK_MENTION = 3,
  DK_RUN = 4,
  DK_CONTENT = 5,
  DK_PIECE = 6,
  DK_PLACE = 16,
  DK_AGENCY = 17,
  DK_PERSON = 18,
  DK_POSITION = 19,
  DK_AGREEMENT = 20,
  DK_PARTY = 21,
  DK_DATE = 22,
  DK_FIGURE = 23,
  DK_PAIRING = 24,
  DK_EVENT = 25,
  DK_PARTICIPANT = 26,
  DK_PROJECT = 27,
  DK_BRAND = 28,
  DK_STOP = 29,
  DK_COMMITMENT = 30,
  DK_MEMBERSHIP = 31,
  DK_ORGANISATION = 32,
  DK_REGION = 33,
  DK_NEED = 34,
  DK_FLOW = 35
};

/// duikou.document: one document of the image.
typedef struct dk_document {
  dk_row row;
  dk_span text; ///< 1: its part of the text section
  dk_str uri; ///< 2: where it came from; a file name or an address
  dk_str title; ///< 3
  dk_str sha256; ///< 4: of the bytes that came in, 64 lower-case hex digits
  int32_t published; ///< 5: date, in days
  uint32_t script; ///< 6: DK_SIMPLIFIED or DK_TRADITIONAL
} dk_document;

enum { DK_SIMPLIFIED = 1, DK_TRADITIONAL = 2 };

/// duikou.segment: a part of a document that is not running text. What no segment covers is body.
typedef struct dk_segment {
  dk_row row;
  uint32_t kind; ///< 1: DK_HEADLINE and so on
  uint32_t reserved;
  dk_ref duplicate_of; ///< 2: the segment it repeats
} dk_segment;

enum {
  DK_HEADLINE = 1, ///< first occurrence of the headline: may be read
  DK_HEADLINE_REPEAT = 2, ///< the same line again: not to be read
  DK_WIDGET = 3, ///< 分享到, 相关文章 and other parts of a page: not to be read
  DK_CAPTION = 4 ///< of a picture
};

/// duikou.mention: an entity named at `row.evidence`.
typedef struct dk_mention {
  dk_row row;
  dk_ref entity; ///< 1
  uint32_t kind; ///< 2: DK_NAME and so on
  uint32_t reserved;
} dk_mention;

enum {
  DK_NAME = 1, ///< the full name
  DK_SHORT_NAME = 2, ///< a usual short form
  DK_REFERENCE = 3 ///< another word for it: 全区, 该旗
};

/// duikou.run: one method's run over this image. The host writes these.
typedef struct dk_run {
  dk_row row;
  dk_str plugin; ///< 1: id
  dk_str version; ///< 2
  dk_str method; ///< 3
  dk_str message; ///< 4: why it failed
  int32_t status; ///< 5: a status code
  uint32_t rows; ///< 6: how many it appended
  uint64_t elapsed_ns; ///< 7
} dk_run;

/// duikou.content: bytes that go in or out: a report's output, piece by piece; a reader's file.
typedef struct dk_content {
  dk_row row;
  dk_str media; ///< 1: media type; absent: the method's
  dk_str bytes; ///< 2
} dk_content;

/// duikou.piece: a piece of a file's text and where it stood there. A reader appends them in order; the
/// host joins them to the document's text, to which `row.evidence` then points.
typedef struct dk_piece {
  dk_row row;
  dk_str text; ///< 1: with the line break or tab behind it; a reader's alone
  dk_str part; ///< 2: eg: a sheet's name
  uint32_t kind; ///< 3: DK_PIECE_TEXT…
  uint32_t page; ///< 4: page or sheet, from 1
  uint32_t table, line, column; ///< 5, 6, 7: of a cell, from 1
  uint32_t lines, columns; ///< 8, 9: how many a merged cell covers
  uint32_t reserved;
} dk_piece;

enum {
  DK_PIECE_TEXT = 1,
  DK_PIECE_HEADING = 2,
  DK_PIECE_CELL = 3,
  DK_PIECE_CAPTION = 4,
  DK_PIECE_FURNITURE = 5 ///< navigation and the like: not to be read
};

enum { ///< levels of places and agencies
  DK_LEVEL_NATION = 1,
  DK_LEVEL_PROVINCE = 2,
  DK_LEVEL_PREFECTURE = 3,
  DK_LEVEL_COUNTY = 4,
  DK_LEVEL_TOWNSHIP = 5
};

/// duikou.place: an administrative division. Key: `code`.
typedef struct dk_place {
  dk_row row;
  uint32_t code; ///< 1: GB/T 2260, eg: 150430
  uint32_t parent; ///< 2: code of the division above; a county's prefecture
  dk_str name; ///< 3: full name, eg: "敖汉旗"
  uint32_t level; ///< 4: DK_LEVEL_PROVINCE and so on
  uint32_t reserved;
  double lon, lat; ///< 5, 6: degrees, of its seat
} dk_place;

/// duikou.agency: a body of government or party. Key: `name`.
typedef struct dk_agency {
  dk_row row;
  dk_str name; ///< 1: full name, eg: "内蒙古自治区旅游发展委员会"
  dk_str sector; ///< 2: eg: "tourism", "poverty_alleviation", "government"
  uint32_t division; ///< 3: code of the division it serves
  uint32_t level; ///< 4: DK_LEVEL_PROVINCE and so on
  int32_t valid_from; ///< 5: date, in days
  int32_t valid_until; ///< 6: date, in days
  dk_str successor; ///< 7: full name of what it became
} dk_agency;

/// duikou.person. Key: `name`.
typedef struct dk_person {
  dk_row row;
  dk_str name; ///< 1
} dk_person;

/// duikou.position: a person holds a title at an agency.
typedef struct dk_position {
  dk_row row;
  dk_ref person; ///< 1: duikou.person
  dk_ref agency; ///< 2: duikou.agency; DK_ELIDED when the text leaves it to its neighbour
  dk_str title; ///< 3: eg: "副主任"
  int32_t as_of; ///< 4: date, in days
  uint32_t reserved;
} dk_position;

/// duikou.agreement: an agreement, memorandum or declaration. Key: `normal_title`.
typedef struct dk_agreement {
  dk_row row;
  dk_str title; ///< 1: as written, without 《》
  dk_str normal_title; ///< 2: without spaces and punctuation, to find the same one again
  dk_str term; ///< 3: ISO 8601 duration, eg: "P3Y"
  dk_str number; ///< 4: of the document, eg: "京政发〔2018〕1号"
  dk_ref implements; ///< 5: the agreement it carries out
  int32_t signed_on; ///< 6: date, in days
  uint32_t status; ///< 7: DK_SIGNED and so on
} dk_agreement;

enum { DK_PROPOSED = 1, DK_SIGNED = 2, DK_ENDED = 3 };

/// duikou.party: who takes part in an agreement.
typedef struct dk_party {
  dk_row row;
  dk_ref agreement; ///< 1: duikou.agreement
  dk_ref party; ///< 2: an agency or a place
  uint32_t order; ///< 3: 1 for who is named first
  uint32_t reserved;
} dk_party;

/// duikou.date: a day or period that the text names, once a document. DK_INFERRED where not all of it is
/// written.
typedef struct dk_date {
  dk_row row;
  int32_t start; ///< 1: date, in days: the first day; absent where the beginning is open
  int32_t end; ///< 2: date, in days: the last day, included; absent where the end is open
  uint32_t precision; ///< 3: DK_PRECISION_DAY and so on
  uint32_t basis; ///< 4: DK_BASIS_TEXT and so on
} dk_date;

enum { ///< how exactly the ends of a date are stated
  DK_PRECISION_DAY = 1,
  DK_PRECISION_MONTH = 2,
  DK_PRECISION_QUARTER = 3,
  DK_PRECISION_HALF = 4,
  DK_PRECISION_YEAR = 5,
  DK_PRECISION_PERIOD = 6 ///< 十三五期间, 近三年, 上旬
};

enum { ///< where what is not written of a date comes from
  DK_BASIS_TEXT = 1, ///< all is written
  DK_BASIS_PUBLICATION = 2, ///< the day of publication
  DK_BASIS_NEIGHBOUR = 3 ///< a date before it in the text
};

/// duikou.figure: a number with what it counts or measures; DK_DISTRIBUTIVE, DK_DELTA and DK_APPROXIMATE
/// say how it is meant.
typedef struct dk_figure {
  dk_row row;
  int64_t value; ///< 1: times ten to the power of `exponent`
  int64_t upper; ///< 2: the same, of a range's other end
  int32_t exponent; ///< 3: 0 where it is not stated
  uint32_t
      comparator; ///< 4: DK_BELOW and so on; not stated: the value itself, or about that
  dk_str unit; ///< 5: its usual name, eg: "元", "人次", "%"
  dk_str indicator; ///< 6: what is counted, in the text's words, eg: "国贫旗县"
  dk_ref scope; ///< 7: of which place or agency
  dk_ref as_of; ///< 8: of which date
} dk_figure;

enum { ///< how what is counted stands to the value
  DK_BELOW = 1,
  DK_AT_MOST = 2,
  DK_AT_LEAST = 3,
  DK_ABOVE = 4
};

/// duikou.pairing: who helps whom. Rows of one evidence without DK_DISTRIBUTIVE share their counts.
typedef struct dk_pairing {
  dk_row row;
  dk_ref helper; ///< 1: a place or an agency
  dk_ref helped; ///< 2
  dk_str kind; ///< 3: in the text's words, eg: "对口帮扶"
  int32_t since, until, as_of; ///< 4, 5, 6: dates, in days
  uint32_t helper_units; ///< 7: how many districts of the helper
  uint32_t helped_units; ///< 8: how many counties of the helped
  uint32_t coverage; ///< 9: 1 for 全覆盖
} dk_pairing;

/// duikou.event.
typedef struct dk_event {
  dk_row row;
  dk_str name; ///< 1
  dk_ref place; ///< 2
  dk_ref object; ///< 3: what was signed, founded or opened
  int32_t start, end; ///< 4, 5: dates, in days
  uint32_t kind, reserved; ///< 6: DK_MEETING…
} dk_event;

enum {
  DK_MEETING = 1,
  DK_SIGNING = 2,
  DK_FOUNDING = 3,
  DK_PRESENTATION = 4,
  DK_VISIT = 5,
  DK_OPENING = 6,
  DK_TRAINING = 7
};

/// duikou.participant: of an event.
typedef struct dk_participant {
  dk_row row;
  dk_ref event; ///< 1
  dk_ref who; ///< 2: a person, an agency, a place
  uint32_t role, reserved; ///< 3: DK_ATTENDEE…
} dk_participant;

enum {
  DK_ATTENDEE = 1,
  DK_ORGANISER = 2,
  DK_COUNTERPART = 3,
  DK_SPEAKER = 4,
  DK_AUDIENCE = 5,
  DK_SIGNATORY = 6,
  DK_FOUNDER = 7
};

/// duikou.project. Key: `name`.
typedef struct dk_project {
  dk_row row;
  dk_str name; ///< 1
  dk_ref owner; ///< 2
  dk_ref place; ///< 3
  int64_t amount; ///< 4: fen
  uint32_t status, reserved; ///< 5: DK_PLANNED…
} dk_project;

enum { DK_PLANNED = 1, DK_RUNNING = 2, DK_DONE = 3 };

/// duikou.brand: a name under which places are made known. Key: `name`.
typedef struct dk_brand {
  dk_row row;
  dk_str name; ///< 1
  dk_ref of; ///< 2: a place
  dk_ref by; ///< 3: who speaks of it
  uint32_t kind, reserved; ///< 4: DK_ROUTE…
} dk_brand;

enum { DK_LABEL = 1, DK_ROUTE = 2, DK_SLOGAN = 3 };

/// duikou.stop: on a route.
typedef struct dk_stop {
  dk_row row;
  dk_ref route; ///< 1: duikou.brand
  dk_ref place; ///< 2
  uint32_t order, reserved; ///< 3: from 1
} dk_stop;

/// duikou.commitment: what somebody says shall be done.
typedef struct dk_commitment {
  dk_row row;
  dk_ref speaker; ///< 1: a person or an agency
  dk_ref event; ///< 2: where; its speakers say it together
  dk_str action; ///< 3: in the text's words
  int32_t due; ///< 4: date, in days
  uint32_t kind; ///< 5: DK_PROPOSAL…
} dk_commitment;

enum { DK_PROPOSAL = 1, DK_PROMISE = 2, DK_PLAN = 3, DK_ADVICE = 4 };

/// duikou.membership.
typedef struct dk_membership {
  dk_row row;
  dk_ref member; ///< 1: a place, an agency
  dk_ref organisation; ///< 2
  int32_t since; ///< 3: date, in days
  uint32_t role; ///< 4: DK_MEMBER…
} dk_membership;

enum { DK_MEMBER = 1, DK_FOUNDED_IT = 2 };

/// duikou.organisation: one that is no agency. Key: `name`.
typedef struct dk_organisation {
  dk_row row;
  dk_str name; ///< 1
  uint32_t kind, reserved; ///< 2: DK_COMPANY…
} dk_organisation;

enum { DK_COMPANY = 1, DK_PLATFORM = 2, DK_ASSOCIATION = 3 };

/// duikou.region: divisions under one name, eg: 京津冀. Key: `name`.
typedef struct dk_region {
  dk_row row;
  dk_str name; ///< 1
  dk_str members; ///< 2: codes, with spaces between them
} dk_region;

/// duikou.need: what somebody lacks or offers.
typedef struct dk_need {
  dk_row row;
  dk_ref party; ///< 1: a place or an agency
  dk_str topic; ///< 2: eg: "人才"
  uint32_t kind, reserved; ///< 3: DK_NEEDED…
} dk_need;

enum { DK_NEEDED = 1, DK_OFFERED = 2 };

/// duikou.flow: visitors, and what they spent.
typedef struct dk_flow {
  dk_row row;
  dk_ref from, to; ///< 1, 2: places
  int32_t start, end; ///< 3, 4: dates, in days
  int64_t visitors; ///< 5: 人次
  int64_t spending; ///< 6: fen
} dk_flow;

DK_ASSERT(sizeof(dk_document) == 72 && offsetof(dk_document, published) == 64,
          "document");
DK_ASSERT(sizeof(dk_segment) == 48 && sizeof(dk_mention) == 48, "segment");
DK_ASSERT(sizeof(dk_run) == 80 && sizeof(dk_content) == 48, "run");
DK_ASSERT(sizeof(dk_piece) == 80 && offsetof(dk_piece, columns) == 72, "piece");
DK_ASSERT(sizeof(dk_place) == 72 && offsetof(dk_place, lon) == 56, "place");
DK_ASSERT(sizeof(dk_agency) == 72 && offsetof(dk_agency, successor) == 64, "agency");
DK_ASSERT(sizeof(dk_position) == 64 && sizeof(dk_party) == 56, "position");
DK_ASSERT(sizeof(dk_agreement) == 80 && offsetof(dk_agreement, status) == 76,
          "agreement");
DK_ASSERT(sizeof(dk_date) == 48 && sizeof(dk_figure) == 88, "date");
DK_ASSERT(sizeof(dk_pairing) == 80 && offsetof(dk_pairing, coverage) == 76, "pairing");
DK_ASSERT(sizeof(dk_event) == 72 && sizeof(dk_commitment) == 64, "event");

#endif
