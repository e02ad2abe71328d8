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
    DK_FIELD(dk_figure, indicator, 6, DK_STRING, "What is counted, in the text's words."),
    DK_FIELD_REF(dk_figure, scope, 7, 0, "Of which place or agency."),
    DK_FIELD_REF(dk_figure, as_of, 8, DK_DATE, "Of which date.")};

static const dk_value piece_kinds[] = {
    {"text", NULL, DK_PIECE_TEXT},
    {"heading", NULL, DK_PIECE_HEADING},
    {"cell", "A cell of a table.", DK_PIECE_CELL},
    {"caption", "The caption of a picture or table.", DK_PIECE_CAPTION},
    {"furniture", "Navigation, page headers and the like.", DK_PIECE_FURNITURE}};

static const dk_field piece_fields[] = {
    DK_FIELD(dk_piece, text, 1, DK_STRING,
             "Its text, with the line break or tab behind it; a reader's alone."),
    DK_FIELD(dk_piece, part, 2, DK_STRING,
             "The part of the file, such as a sheet's name."),
    DK_FIELD_ENUM(dk_piece, kind, 3, DK_U32, piece_kinds, "What the piece is."),
    DK_FIELD(dk_piece, page, 4, DK_U32, "Page or sheet, from 1."),
    DK_FIELD(dk_piece, table, 5, DK_U32, "Table of the page, from 1."),
    DK_FIELD(dk_piece, line, 6, DK_U32, "Row of the table, from 1."),
    DK_FIELD(dk_piece, column, 7, DK_U32, "Column of the table, from 1."),
    DK_FIELD(dk_piece, lines, 8, DK_U32, "Rows that a merged cell covers."),
    DK_FIELD(dk_piece, columns, 9, DK_U32, "Columns that a merged cell covers.")};

static const dk_value coverages[] = {{"all", "全覆盖: every county there is.", 1}};

static const dk_field pairing_fields[] = {
    DK_FIELD_REF(dk_pairing, helper, 1, 0, "Who helps: a place or an agency."),
    DK_FIELD_REF(dk_pairing, helped, 2, 0, "Who is helped: a place or an agency."),
    DK_FIELD(dk_pairing, kind, 3, DK_STRING, "The kind of help, in the text's words."),
    DK_FIELD_UNIT(dk_pairing, since, 4, DK_I32, "day", "Since when."),
    DK_FIELD_UNIT(dk_pairing, until, 5, DK_I32, "day", "Until when."),
    DK_FIELD_UNIT(dk_pairing, as_of, 6, DK_I32, "day", "When this was so."),
    DK_FIELD(dk_pairing, helper_units, 7, DK_U32, "How many districts of the helper."),
    DK_FIELD(dk_pairing, helped_units, 8, DK_U32, "How many counties of the helped."),
    DK_FIELD_ENUM(dk_pairing, coverage, 9, DK_U32, coverages,
                  "How many that is of all.")};

static const dk_value event_kinds[] = {
    {"meeting", NULL, DK_MEETING},   {"signing", NULL, DK_SIGNING},
    {"founding", NULL, DK_FOUNDING}, {"presentation", NULL, DK_PRESENTATION},
    {"visit", NULL, DK_VISIT},       {"opening", NULL, DK_OPENING},
    {"training", NULL, DK_TRAINING}};

static const dk_field event_fields[] = {
    DK_FIELD(dk_event, name, 1, DK_STRING, "What it is called."),
    DK_FIELD_REF(dk_event, place, 2, DK_PLACE, "Where."),
    DK_FIELD_REF(dk_event, object, 3, 0, "What was signed, founded or opened."),
    DK_FIELD_UNIT(dk_event, start, 4, DK_I32, "day", "The first day."),
    DK_FIELD_UNIT(dk_event, end, 5, DK_I32, "day", "The last day, included."),
    DK_FIELD_ENUM(dk_event, kind, 6, DK_U32, event_kinds, "What took place.")};

static const dk_value participant_roles[] = {
    {"attendee", NULL, DK_ATTENDEE},       {"organiser", NULL, DK_ORGANISER},
    {"counterpart", NULL, DK_COUNTERPART}, {"speaker", NULL, DK_SPEAKER},
    {"audience", NULL, DK_AUDIENCE},       {"signatory", NULL, DK_SIGNATORY},
    {"founder", NULL, DK_FOUNDER}};

static const dk_field participant_fields[] = {
    DK_FIELD_REF(dk_participant, event, 1, DK_EVENT, "The event."),
    DK_FIELD_REF(dk_participant, who, 2, 0, "Who took part: a person, agency or place."),
    DK_FIELD_ENUM(dk_participant, role, 3, DK_U32, participant_roles, "As what.")};

static const dk_value project_states[] = {{"planned", NULL, DK_PLANNED},
                                          {"running", NULL, DK_RUNNING},
                                          {"done", NULL, DK_DONE}};

static const dk_field project_fields[] = {
    DK_FIELD_KEY(dk_project, name, 1, DK_STRING, "What it is called."),
    DK_FIELD_REF(dk_project, owner, 2, 0, "Whose it is."),
    DK_FIELD_REF(dk_project, place, 3, DK_PLACE, "Where."),
    DK_FIELD_UNIT(dk_project, amount, 4, DK_I64, "fen", "What it costs."),
    DK_FIELD_ENUM(dk_project, status, 5, DK_U32, project_states, "Where it stands.")};

static const dk_value brand_kinds[] = {{"label", NULL, DK_LABEL},
                                       {"route", "A route for visitors.", DK_ROUTE},
                                       {"slogan", NULL, DK_SLOGAN}};

static const dk_field brand_fields[] = {
    DK_FIELD_KEY(dk_brand, name, 1, DK_STRING, "The name."),
    DK_FIELD_REF(dk_brand, of, 2, DK_PLACE, "The place that is known by it."),
    DK_FIELD_REF(dk_brand, by, 3, 0, "Who speaks of it."),
    DK_FIELD_ENUM(dk_brand, kind, 4, DK_U32, brand_kinds, "What it is.")};

static const dk_field stop_fields[] = {
    DK_FIELD_REF(dk_stop, route, 1, DK_BRAND, "The route."),
    DK_FIELD_REF(dk_stop, place, 2, DK_PLACE, "The place."),
    DK_FIELD(dk_stop, order, 3, DK_U32, "1 for the first.")};

static const dk_value commitment_kinds[] = {{"proposal", NULL, DK_PROPOSAL},
                                            {"promise", NULL, DK_PROMISE},
                                            {"plan", NULL, DK_PLAN},
                                            {"advice", NULL, DK_ADVICE}};

static const dk_field commitment_fields[] = {
    DK_FIELD_REF(dk_commitment, speaker, 1, 0, "Who says it: a person or an agency."),
    DK_FIELD_REF(dk_commitment, event, 2, DK_EVENT,
                 "Where; its speakers say it together."),
    DK_FIELD(dk_commitment, action, 3, DK_STRING,
             "What shall be done, in the text's words."),
    DK_FIELD_UNIT(dk_commitment, due, 4, DK_I32, "day", "By when."),
    DK_FIELD_ENUM(dk_commitment, kind, 5, DK_U32, commitment_kinds, "How it is said.")};

static const dk_value membership_roles[] = {{"member", NULL, DK_MEMBER},
                                            {"founder", NULL, DK_FOUNDED_IT}};

static const dk_field membership_fields[] = {
    DK_FIELD_REF(dk_membership, member, 1, 0, "Who belongs: a place or an agency."),
    DK_FIELD_REF(dk_membership, organisation, 2, DK_ORGANISATION, "To what."),
    DK_FIELD_UNIT(dk_membership, since, 3, DK_I32, "day", "Since when."),
    DK_FIELD_ENUM(dk_membership, role, 4, DK_U32, membership_roles, "As what.")};

static const dk_value organisation_kinds[] = {
    {"company", NULL, DK_COMPANY},
    {"platform", "A platform or alliance of several.", DK_PLATFORM},
    {"association", NULL, DK_ASSOCIATION}};

static const dk_field organisation_fields[] = {
    DK_FIELD_KEY(dk_organisation, name, 1, DK_STRING, "Name."),
    DK_FIELD_ENUM(dk_organisation, kind, 2, DK_U32, organisation_kinds, "What it is.")};

static const dk_field region_fields[] = {
    DK_FIELD_KEY(dk_region, name, 1, DK_STRING, "Name, such as 京津冀."),
    DK_FIELD(dk_region, members, 2, DK_STRING,
             "Codes of its divisions, with spaces between them.")};

static const dk_value need_kinds[] = {{"need", NULL, DK_NEEDED},
                                      {"offer", NULL, DK_OFFERED}};

static const dk_field need_fields[] = {
    DK_FIELD_REF(dk_need, party, 1, 0, "Whose it is: a place or an agency."),
    DK_FIELD(dk_need, topic, 2, DK_STRING, "What it is about, such as 人才."),
    DK_FIELD_ENUM(dk_need, kind, 3, DK_U32, need_kinds,
                  "Whether it is lacked or offered.")};

static const dk_field flow_fields[] = {
    DK_FIELD_REF(dk_flow, from, 1, DK_PLACE, "Where the visitors come from."),
    DK_FIELD_REF(dk_flow, to, 2, DK_PLACE, "Where they go."),
    DK_FIELD_UNIT(dk_flow, start, 3, DK_I32, "day", "The first day."),
    DK_FIELD_UNIT(dk_flow, end, 4, DK_I32, "day", "The last day, included."),
    DK_FIELD_UNIT(dk_flow, visitors, 5, DK_I64, "visit", "How many, in 人次."),
    DK_FIELD_UNIT(dk_flow, spending, 6, DK_I64, "fen", "What they spent.")};

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
    TYPE(dk_piece, "piece", DK_PIECE, piece_fields,
         "A piece of a file's text, and where it stood there."),
    TYPE(dk_place, "place", DK_PLACE, place_fields, "An administrative division."),
    TYPE(dk_agency, "agency", DK_AGENCY, agency_fields, "A body of government or party."),
    TYPE(dk_person, "person", DK_PERSON, person_fields, "A person."),
    TYPE(dk_position, "position", DK_POSITION, position_fields,
         "A person's title at an agency."),
    TYPE(dk_agreement, "agreement", DK_AGREEMENT, agreement_fields, "An agreement."),
    TYPE(dk_party, "party", DK_PARTY, party_fields, "Who takes part in an agreement."),
    TYPE(dk_date, "date", DK_DATE, date_fields, "A day or period."),
    TYPE(dk_figure, "figure", DK_FIGURE, figure_fields,
         "A number with what it counts or measures."),
    TYPE(dk_pairing, "pairing", DK_PAIRING, pairing_fields, "Who helps whom."),
    TYPE(dk_event, "event", DK_EVENT, event_fields, "Something that took place."),
    TYPE(dk_participant, "participant", DK_PARTICIPANT, participant_fields,
         "Who took part in an event."),
    TYPE(dk_project, "project", DK_PROJECT, project_fields, "A project."),
    TYPE(dk_brand, "brand", DK_BRAND, brand_fields,
         "A name under which places are made known."),
    TYPE(dk_stop, "stop", DK_STOP, stop_fields, "A place on a route."),
    TYPE(dk_commitment, "commitment", DK_COMMITMENT, commitment_fields,
         "What somebody says shall be done."),
    TYPE(dk_membership, "membership", DK_MEMBERSHIP, membership_fields,
         "Who belongs to an organisation."),
    TYPE(dk_organisation, "organisation", DK_ORGANISATION, organisation_fields,
         "An organisation that is no agency."),
    TYPE(dk_region, "region", DK_REGION, region_fields, "Divisions under one name."),
    TYPE(dk_need, "need", DK_NEED, need_fields, "What somebody lacks or offers."),
    TYPE(dk_flow, "flow", DK_FLOW, flow_fields, "Visitors, and what they spent.")};

const dk_type *dkr_domain_types(uint32_t *count) {
  *count = DK_COUNT(types);
  return types;
}
