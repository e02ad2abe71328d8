#include "package.h"

#include <stdlib.h>
#include <string.h>

enum { RELATIONSHIPS_MAX = 20000 };

typedef struct reading {
  job *job;
  const char *part;
  relationships *found;
} reading;

/// Adds a relationship; its three strings lie in one block, which is its id.
static void add(reading *r, xml_value id, xml_value type, const char *target) {
  relationships *found = r->found;
  if (found->count == found->capacity) {
    uint32_t capacity = found->capacity * 2 + 16;
    relationship *all = realloc(found->all, capacity * sizeof *all);
    if (!all) {
      job_fail_memory(r->job);
      return;
    }
    found->all = all;
    found->capacity = capacity;
  }
  size_t target_size = strlen(target) + 1;
  char *block = calloc(1, id.len + 1 + type.len + 1 + target_size);
  if (!block) {
    job_fail_memory(r->job);
    return;
  }
  memcpy(block, id.bytes, id.len);
  memcpy(block + id.len + 1, type.bytes, type.len);
  char *copy = block + id.len + 1 + type.len + 1;
  memcpy(copy, target, target_size);
  found->all[found->count++] = (relationship){block, block + id.len + 1, copy};
}

static void on_start(void *context, const xml_element *e) {
  reading *r = context;
  if (e->space != XML_PACKAGE || strcmp(e->name, "Relationship") != 0 ||
      r->found->count >= RELATIONSHIPS_MAX)
    return;
  xml_value id = xml_attribute(e, "Id"), type = xml_attribute(e, "Type");
  xml_value target = xml_attribute(e, "Target");
  char name[NAME_SIZE];
  if (!id.bytes || !type.bytes || !target.bytes || id.len > 1024 || type.len > 1024 ||
      xml_is(xml_attribute(e, "TargetMode"), "External") ||
      !name_resolve(r->part, target.bytes, target.len, name))
    return;
  for (uint32_t i = type.len; i > 0; i--)
    if (type.bytes[i - 1] == '/') {
      type = (xml_value){type.bytes + i, type.len - i};
      break;
    }
  add(r, id, type, name);
}

void read_relationships(job *j, zip *z, const char *part, relationships *found) {
  static const xml_handler handler = {on_start, NULL, NULL};
  char name[NAME_SIZE], problem[160];
  *found = (relationships){0};
  if (!name_of_relationships(part, name))
    return;
  uint32_t index = zip_find(z, name);
  if (index == ZIP_NONE)
    return;
  reading r = {j, part, found};
  xml_result result = xml_read(j, z, index, &handler, &r, problem);
  if (result == XML_CUT || result == XML_BROKEN)
    job_note(j, DK_LOG_WARNING, "the part %s is broken (%s)", name, problem);
}

void free_relationships(relationships *r) {
  for (uint32_t i = 0; i < r->count; i++)
    free(r->all[i].id);
  free(r->all);
  *r = (relationships){0};
}

const char *target_of_type(const relationships *r, const char *type) {
  for (uint32_t i = 0; i < r->count; i++)
    if (strcmp(r->all[i].type, type) == 0)
      return r->all[i].target;
  return NULL;
}

uint32_t find_part(const zip *z, const relationships *r, const char *type,
                   const char *usual_name) {
  const char *name = target_of_type(r, type);
  uint32_t part = name ? zip_find(z, name) : ZIP_NONE;
  return part == ZIP_NONE ? zip_find(z, usual_name) : part;
}

const char *target_of_id(const relationships *r, xml_value id) {
  for (uint32_t i = 0; i < r->count; i++)
    if (xml_is(id, r->all[i].id))
      return r->all[i].target;
  return NULL;
}
