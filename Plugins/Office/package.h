/// How the parts of an Office file belong together: the types of its parts, and the relationships between them.
#ifndef OFFICE_PACKAGE_H
#define OFFICE_PACKAGE_H

#include "names.h"
#include "xml.h"

/// One relationship of a part to another one of the file.
typedef struct relationship {
  char *id;
  const char *type;   ///< the end of its type's address, such as "worksheet"
  const char *target; ///< the name of the other part
} relationship;

typedef struct relationships {
  relationship *all;
  uint32_t count, capacity;
} relationships;

/// Reads the relationships of a part, "" for the file itself. What points out of the file is left out. None
/// where the part of relationships is missing or broken, which is noted.
void read_relationships(job *j, zip *z, const char *part, relationships *found);
void free_relationships(relationships *r);

/// The target of the first relationship of a type; NULL without one.
const char *target_of_type(const relationships *r, const char *type);
/// The part that is such a target, or has the usual name; ZIP_NONE without one.
uint32_t find_part(const zip *z, const relationships *r, const char *type,
                   const char *usual_name);

const char *target_of_id(const relationships *r, xml_value id);

/// What a file is.
typedef enum content { CONTENT_UNKNOWN, CONTENT_DOCUMENT, CONTENT_WORKBOOK } content;

/// Finds the main part, by the file's relationships, by the types of its parts or by the name it usually has.
/// Returns 0 with the job failed when the file has none, or holds something else than `wanted`. The name is ""
/// for a workbook that is cut off before it. Notes macros.
int find_main_part(job *j, zip *z, const relationships *of_file, content wanted,
                   char name[NAME_SIZE]);

#endif
