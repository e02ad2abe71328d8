/// The elements of an XML part, one after another. Document types, and with them entities, are refused; so is
/// what is nested too deep.
#ifndef OFFICE_XML_H
#define OFFICE_XML_H

#include "zip.h"

/// What an element belongs to, in the namespaces of either edition of the standard.
typedef enum xml_space {
  XML_OTHER,
  XML_WORD,
  XML_SHEET,
  XML_MATH,
  XML_PACKAGE, ///< content types and relationships
  XML_COMPATIBILITY,
  XML_PROPERTIES ///< Dublin Core
} xml_space;

/// An element whose start or end is told; lent for that call.
typedef struct xml_element {
  xml_space space;
  const char *name;
  const void *attributes;
  uint32_t attribute_count;
} xml_element;

/// The value of an attribute; `bytes` is NULL where it is absent. No NUL stands behind it.
typedef struct xml_value {
  const char *bytes;
  uint32_t len;
} xml_value;

xml_value xml_attribute(const xml_element *e, const char *name);
int xml_is(xml_value value, const char *text);

/// Whether a switch is on: it is without a value, and unless that is "0", "false" or "off".
int xml_is_on(xml_value value);

/// Reads a number of digits alone that is at most `limit`. Returns 0 where it is none.
int xml_number(xml_value value, uint32_t limit, uint32_t *number);

/// What is told of a part. Either may end the reading by failing the job.
typedef struct xml_handler {
  void (*start)(void *context, const xml_element *e);
  void (*end)(void *context, const xml_element *e);
  void (*text)(void *context, const char *bytes, uint32_t len); ///< whole characters
} xml_handler;

/// How the reading of a part went.
typedef enum xml_result {
  XML_WHOLE,
  XML_CUT,    ///< its end is missing or damaged
  XML_BROKEN, ///< it is no XML; what was told so far is right
  XML_FAILED  ///< the job has failed
} xml_result;

/// Reads a part from its start to its end. `problem` gets a few words on why it is broken.
xml_result xml_read(job *j, zip *z, uint32_t part, const xml_handler *handler,
                    void *context, char problem[160]);

/// Makes the parser ready; call it before any thread reads.
void xml_prepare(void);

#endif
