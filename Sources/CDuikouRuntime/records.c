#include "duikou_runtime.h"

static const dk_value scripts[] = {{"simplified", NULL, DK_SIMPLIFIED},
                                   {"traditional", NULL, DK_TRADITIONAL}};

static const dk_value segment_kinds[] = {
    {"headline", "The headline, where it stands first.", DK_HEADLINE},
    {"headline_repeat", "The headline again.", DK_HEADLINE_REPEAT},
    {"widget", "A part of the page around the text.", DK_WIDGET},
    {"caption", "The caption of a picture.", DK_CAPTION}};

static const dk_value mention_kinds[] = {
    {"name", "The full name.", DK_NAME},
    {"short_name", "A usual short form.", DK_SHORT_NAME},
    {"reference", "Another word for it, such as 全区.", DK_REFERENCE}};

static const dk_value levels[] = {{"nation", NULL, DK_LEVEL_NATION},
                                  {"province", NULL, DK_LEVEL_PROVINCE},
                                  {"prefecture", NULL, DK_LEVEL_PREFECTURE},
                                  {"county", NULL, DK_LEVEL_COUNTY},
                                  {"township", NULL, DK_LEVEL_TOWNSHIP}};

static const dk_value agreement_states[] = {{"proposed", NULL, DK_PROPOSED},
                                            {"signed", NULL, DK_SIGNED},
                                            {"ended", NULL, DK_ENDED}};

static const dk_field document_fields[] = {
    DK_FIELD(dk_document, text, 1, DK_SPAN, "Its part of the text section."),
    DK_FIELD(dk_document, uri, 2, DK_STRING, "Where it came from."),
    DK_FIELD(dk_document, title, 3, DK_STRING, "Its title."),
    DK_FIELD_KEY(dk_document, sha256, 4, DK_STRING,
                 "SHA-256 of the bytes that came in, in hex."),
    DK_FIELD_UNIT(dk_document, published, 5, DK_I32, "day", "When it was published."),
    DK_FIELD_ENUM(dk_document, script, 6, DK_U32, scripts,
                  "The script it is written in.")};

static const dk_field segment_fields[] = {
    DK_FIELD_ENUM(dk_segment, kind, 1, DK_U32, segment_kinds, "What the part is."),
    DK_FIELD_REF(dk_segment, duplicate_of, 2, DK_SEGMENT, "The segment it repeats.")};

static const dk_field mention_fields[] = {
    DK_FIELD_REF(dk_mention, entity, 1, 0, "What is named."),
    DK_FIELD_ENUM(dk_mention, kind, 2, DK_U32, mention_kinds, "How it is named.")};

static const dk_field run_fields[] = {
    DK_FIELD(dk_run, plugin, 1, DK_STRING, "Id of the plugin."),
    DK_FIELD(dk_run, version, 2, DK_STRING, "Version of the plugin."),
    DK_FIELD(dk_run, method, 3, DK_STRING, "Name of the method."),
    DK_FIELD(dk_run, message, 4, DK_STRING, "Why it failed."),
    DK_FIELD(dk_run, status, 5, DK_I32, "Status code."),
    DK_FIELD(dk_run, rows, 6, DK_U32, "How many rows it appended."),
    DK_FIELD_UNIT(dk_run, elapsed_ns, 7, DK_U64, "ns", "How long it took.")};

static const dk_field content_fields[] = {
    DK_FIELD(dk_content, media, 1, DK_STRING,
             "Media type; the method's own where absent."),
    DK_FIELD(dk_content, bytes, 2, DK_BYTES, "The next bytes.")};

static const dk_field place_fields[] = {
    DK_FIELD_KEY(dk_place, code, 1, DK_U32, "Code by GB/T 2260."),
    DK_FIELD(dk_place, parent, 2, DK_U32, "Code of the division above."),
    DK_FIELD(dk_place, name, 3, DK_STRING, "Full name."),
    DK_FIELD_ENUM(dk_place, level, 4, DK_U32, levels, "Level of the division."),
    DK_FIELD_UNIT(dk_place, lon, 5, DK_F64, "degree", "Longitude of its seat."),
    DK_FIELD_UNIT(dk_place, lat, 6, DK_F64, "degree", "Latitude of its seat.")};

static const dk_field agency_fields[] = {
    DK_FIELD_KEY(dk_agency, name, 1, DK_STRING, "Full name."),
    DK_FIELD(dk_agency, sector, 2, DK_STRING, "What it works on, such as tourism."),
    DK_FIELD(dk_agency, division, 3, DK_U32, "Code of the division it serves."),
    DK_FIELD_ENUM(dk_agency, level, 4, DK_U32, levels, "Level of that division."),
    DK_FIELD_UNIT(dk_agency, valid_from, 5, DK_I32, "day",
                  "Since when it has this name."),
    DK_FIELD_UNIT(dk_agency, valid_until, 6, DK_I32, "day",
                  "Until when it had this name."),
    DK_FIELD(dk_agency, successor, 7, DK_STRING, "Full name of what it became.")};

static const dk_field person_fields[] = {
    DK_FIELD_KEY(dk_person, name, 1, DK_STRING, "Name.")};

static const dk_field position_fields[] = {
    DK_FIELD_REF(dk_position, person, 1, DK_PERSON, "Who holds it."),
    DK_FIELD_REF(dk_position, agency, 2, DK_AGENCY, "Where."),
    DK_FIELD(dk_position, title, 3, DK_STRING, "The title, such as 副主任."),
    DK_FIELD_UNIT(dk_position, as_of, 4, DK_I32, "day", "When this was so.")};

static const dk_field agreement_fields[] = {
    DK_FIELD(dk_agreement, title, 1, DK_STRING, "Title as written, without 《》."),
    DK_FIELD_KEY(dk_agreement, normal_title, 2, DK_STRING,
                 "Title without spaces and punctuation."),
    DK_FIELD(dk_agreement, term, 3, DK_STRING,
             "How long it runs, as an ISO 8601 duration."),
    DK_FIELD(dk_agreement, number, 4, DK_STRING, "Number of the document."),
    DK_FIELD_REF(dk_agreement, implements, 5, DK_AGREEMENT,
                 "The agreement it carries out."),
    DK_FIELD_UNIT(dk_agreement, signed_on, 6, DK_I32, "day", "When it was signed."),
    DK_FIELD_ENUM(dk_agreement, status, 7, DK_U32, agreement_states, "Where it stands.")};

static const dk_field party_fields[] = {
    DK_FIELD_REF(dk_party, agreement, 1, DK_AGREEMENT, "The agreement."),
    DK_FIELD_REF(dk_party, party, 2, 0, "Who takes part: an agency or a place."),
    DK_FIELD(dk_party, order, 3, DK_U32, "1 for who is named first.")};

static const dk_value precisions[] = {
    {"day", NULL, DK_PRECISION_DAY},         {"month", NULL, DK_PRECISION_MONTH},
    {"quarter", NULL, DK_PRECISION_QUARTER}, {"half", NULL, DK_PRECISION_HALF},
    {"year", NULL, DK_PRECISION_YEAR},       {"period", NULL, DK_PRECISION_PERIOD}};

static const dk_value bases[] = {
    {"text", "All is written.", DK_BASIS_TEXT},
    {"publication", "The day of publication.", DK_BASIS_PUBLICATION},
    {"neighbour", "A date before it in the text.", DK_BASIS_NEIGHBOUR}};

static const dk_value comparators[] = {{"below", NULL, DK_BELOW},
                                       {"at_most", NULL, DK_AT_MOST},
                                       {"at_least", NULL, DK_AT_LEAST},
                                       {"above", NULL, DK_ABOVE}};

static const dk_field date_fields[] = {
    DK_FIELD_UNIT(dk_date, start, 1, DK_I32, "day", "The first day."),
    DK_FIELD_UNIT(dk_date, end, 2, DK_I32, "day", "The last day, included."),
    DK_FIELD_ENUM(dk_date, precision, 3, DK_U32, precisions, "How exactly it is stated."),
    DK_FIELD_ENUM(dk_date, basis, 4, DK_U32, bases,
                  "Where what is not written comes from.")};

static const dk_field figure_fields[] = {
    DK_FIELD(dk_figure, value, 1, DK_I64,
             "The number, times ten to the power of exponent."),
    DK_FIELD(dk_figure, upper, 2, DK_I64, "The same, of a range's other end."),
    DK_FIELD(dk_figure, exponent, 3, DK_I32, "Power of ten; 0 where it is not stated."),
    DK_FIELD_ENUM(dk_figure, comparator, 4, DK_U32, comparators,
                  "How what is counted stands to the number."),
    DK_FIELD(dk_figure, unit, 5, DK_STRING, "The unit's usual name."),
    DK_FIELD(dk_figure, indicator, 6, DK_STRING,
             "What is counted, in the text's words.")};

#define TYPE(struct_name, type_name, type_id, fields, type_doc)                          \
  {                                                                                      \
    "duikou." type_name, type_doc, type_id, (uint32_t)sizeof(struct_name), fields,       \
        DK_COUNT(fields), (uint32_t)sizeof(dk_field)                                     \
  }

static const dk_type types[] = {
    TYPE(dk_document, "document", DK_DOCUMENT, document_fields, "One document."),
    TYPE(dk_segment, "segment", DK_SEGMENT, segment_fields,
         "A part that is not running text."),
    TYPE(dk_mention, "mention", DK_MENTION, mention_fields,
         "An entity named in the text."),
    TYPE(dk_run, "run", DK_RUN, run_fields, "One method's run over the document."),
    TYPE(dk_content, "content", DK_CONTENT, content_fields, "Bytes that go in or out."),
    TYPE(dk_place, "place", DK_PLACE, place_fields, "An administrative division."),
    TYPE(dk_agency, "agency", DK_AGENCY, agency_fields, "A body of government or party."),
    TYPE(dk_person, "person", DK_PERSON, person_fields, "A person."),
    TYPE(dk_position, "position", DK_POSITION, position_fields,
         "A person's title at an agency."),
    TYPE(dk_agreement, "agreement", DK_AGREEMENT, agreement_fields, "An agreement."),
    TYPE(dk_party, "party", DK_PARTY, party_fields, "Who takes part in an agreement."),
    TYPE(dk_date, "date", DK_DATE, date_fields, "A day or period."),
    TYPE(dk_figure, "figure", DK_FIGURE, figure_fields,
         "A number with what it counts or measures.")};

const dk_type *dkr_domain_types(uint32_t *count) {
  *count = DK_COUNT(types);
  return types;
}
