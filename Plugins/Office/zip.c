#include "zip.h"
#include "names.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

enum {
  PARTS_MAX = 10000,
  NAME_MAX_BYTES = 1024,
  PART_MAX = 256 << 20,
  TOTAL_MAX = 512 << 20,
  RATIO_MAX = 200,       ///< unpacked bytes for one of the file
  RATIO_FROM = 16 << 20, ///< bytes that may be unpacked of any file
  BLOCK_MAX = 1 << 20,
  ENTRIES_MAX = 1 << 19 ///< of the directory that are read when it is opened once more
};

typedef struct part {
  char *name;
  uint64_t position; ///< of its header in a file that is cut off
  uint32_t index;    ///< among the archive's entries
  uint32_t counted;  ///< bytes that have been counted into the total
} part;

struct zip {
  job *job;
  const char *bytes;
  uint32_t len;
  int is_cut, is_damaged;
  part *parts; ///< in the order of their names
  uint32_t count, capacity;
  uint64_t unpacked; ///< bytes, of parts that are read twice once
  struct archive *reading;
  uint32_t next;     ///< index of the entry whose header comes next
  uint32_t entries;  ///< that have been read because a part lies before the last one
  part *now;         ///< what is read
  uint32_t done;     ///< bytes of it
  const char *block; ///< what is left of a large block
  size_t left;
};

static int fail_not_zip(job *j) {
  return job_fail(
      j, DK_INVALID_ARGUMENT,
      "the file is no Office file, or its beginning is damaged: open it in Office and "
      "save it again");
}

/// Opens the archive from a place; NULL when that fails. A directory is needed unless it is cut off.
static struct archive *open_at(const zip *z, uint64_t position) {
  struct archive *a = archive_read_new();
  if (!a)
    return NULL;
  if (z->is_cut)
    archive_read_support_format_zip_streamable(a);
  else
    archive_read_support_format_zip_seekable(a);
  if (archive_read_open_memory(a, z->bytes + position, z->len - position) == ARCHIVE_OK)
    return a;
  archive_read_free(a);
  return NULL;
}

/// Whether a name is one that a part may have; turns the slashes of some old writers.
static int is_good_name(char *name) {
  if (*name == '/' || *name == '\\')
    return 0;
  for (char *at = name; *at; at++)
    if (*at == '\\')
      *at = '/';
  for (const char *at = name; at; at = strchr(at, '/')) {
    at += *at == '/';
    size_t len = strcspn(at, "/");
    if (len == 2 && memcmp(at, "..", 2) == 0)
      return 0;
    if (len == 0)
      return *at == 0;
  }
  return 1;
}

static int add_part(zip *z, const char *name, uint32_t index, uint64_t position) {
  if (z->count == z->capacity) {
    uint32_t capacity = z->capacity * 2 + 64;
    part *parts = realloc(z->parts, capacity * sizeof *parts);
    if (!parts)
      return job_fail_memory(z->job);
    z->parts = parts;
    z->capacity = capacity;
  }
  size_t len = strlen(name);
  if (len > NAME_MAX_BYTES)
    return job_fail(
        z->job, DK_INVALID_ARGUMENT,
        "a part of the file has a name of %zu bytes: open it in Office and save it "
        "again",
        len);
  char *copy = malloc(len + 1);
  if (!copy)
    return job_fail_memory(z->job);
  memcpy(copy, name, len + 1);
  z->parts[z->count++] = (part){.name = copy, .index = index, .position = position};
  if (!is_good_name(copy))
    return job_fail(
        z->job, DK_INVALID_ARGUMENT,
        "a part of the file has a name that leads out of it, which no Office file "
        "has: do not open it if you do not know who made it");
  return 1;
}

static int check_entry(zip *z, struct archive *a, struct archive_entry *entry) {
  if (archive_entry_is_encrypted(entry))
    return job_fail(z->job, DK_UNIMPLEMENTED,
                    "the file's parts are encrypted: save it without a password");
  const char *format = archive_format_name(a);
  if (!format || (!strstr(format, "(deflation)") && !strstr(format, "(uncompressed)")))
    return job_fail(
        z->job, DK_UNIMPLEMENTED,
        "the file is compressed in a way that Office does not use: open it in Office "
        "and save it again");
  return 1;
}

/// Reads on to the end of an entry without a directory, where libarchive would count nothing.
static int skip_counted(zip *z, struct archive *a) {
  const void *block;
  size_t size;
  la_int64_t offset;
  int result;
  while ((result = archive_read_data_block(a, &block, &size, &offset)) >= ARCHIVE_WARN &&
         result != ARCHIVE_EOF) {
    z->unpacked += size;
    if (z->unpacked > TOTAL_MAX)
      return job_fail(z->job, DK_RESOURCE_EXHAUSTED,
                      "the file unpacks to more than %d MB: split it", TOTAL_MAX >> 20);
    if (!job_goes_on(z->job))
      return 0;
  }
  return result == ARCHIVE_EOF;
}

/// Lists the parts. Returns 0 when the archive's headers cannot be read to their end.
static int list(zip *z) {
  struct archive *a = open_at(z, 0);
  if (!a)
    return 0;
  struct archive_entry *entry;
  int result = ARCHIVE_OK;
  for (uint32_t index = 0; job_goes_on(z->job); index++) {
    result = archive_read_next_header(a, &entry);
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
      break;
    if (index == PARTS_MAX) {
      job_fail(
          z->job, DK_RESOURCE_EXHAUSTED,
          "the file has more than %d parts: split it, or save it without its pictures",
          PARTS_MAX);
      break;
    }
    const char *name = archive_entry_pathname(entry);
    if (!name)
      name = archive_entry_pathname_utf8(entry);
    if (name && archive_entry_filetype(entry) != AE_IFDIR &&
        (!check_entry(z, a, entry) ||
         !add_part(z, name, index, (uint64_t)archive_read_header_position(a))))
      break;
    if (z->is_cut && !skip_counted(z, a))
      break;
  }
  archive_read_free(a);
  return result == ARCHIVE_EOF;
}

static int by_name(const void *a, const void *b) {
  return name_compare(((const part *)a)->name, ((const part *)b)->name);
}

static void forget(zip *z) {
  for (uint32_t i = 0; i < z->count; i++)
    free(z->parts[i].name);
  z->count = 0;
}

static int sort(zip *z) {
  if (z->count)
    qsort(z->parts, z->count, sizeof *z->parts, by_name);
  for (uint32_t i = 1; i < z->count; i++)
    if (name_compare(z->parts[i - 1].name, z->parts[i].name) == 0)
      return job_fail(z->job, DK_INVALID_ARGUMENT,
                      "the file has two parts of one name, so that programs may read it "
                      "differently: open it in Office and save it again");
  return 1;
}

static const unsigned char compound_file[] = {0xd0, 0xcf, 0x11, 0xe0};

zip *zip_open(job *j, const void *bytes, uint32_t len) {
  if (len >= sizeof compound_file &&
      memcmp(bytes, compound_file, sizeof compound_file) == 0) {
    job_fail(j, DK_UNIMPLEMENTED,
             "the file is an old Office file (.doc, .xls) or has a password: save it as "
             ".docx or "
             ".xlsx, without a password");
    return NULL;
  }
  zip *z = calloc(1, sizeof *z);
  if (!z) {
    job_fail_memory(j);
    return NULL;
  }
  *z = (zip){.job = j, .bytes = bytes, .len = len};
  if (!list(z) && j->status == DK_OK) {
    forget(z);
    z->is_cut = 1;
    list(z);
  }
  if (j->status == DK_OK && z->count == 0)
    fail_not_zip(j);
  if (j->status != DK_OK || !sort(z)) {
    zip_close(z);
    return NULL;
  }
  if (z->is_cut)
    job_note(j, DK_LOG_WARNING,
             "the file is cut off or damaged: what its first %u parts hold is read",
             (unsigned)z->count);
  z->unpacked = 0;
  return z;
}

void zip_close(zip *z) {
  if (!z)
    return;
  if (z->reading)
    archive_read_free(z->reading);
  forget(z);
  free(z->parts);
  free(z);
}

uint32_t zip_find(const zip *z, const char *name) {
  uint32_t low = 0, high = z->count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    int order = name_compare(z->parts[middle].name, name);
    if (order == 0)
      return middle;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return ZIP_NONE;
}

uint32_t zip_count(const zip *z) {
  return z->count;
}

const char *zip_name(const zip *z, uint32_t part) {
  return z->parts[part].name;
}

int zip_is_cut(const zip *z) {
  return z->is_cut;
}

int zip_begin(zip *z, uint32_t index) {
  z->now = &z->parts[index];
  z->done = 0;
  z->left = 0;
  z->is_damaged = 0;
  if (z->reading && (z->is_cut || z->next > z->now->index)) {
    archive_read_free(z->reading);
    z->reading = NULL;
    z->entries += z->is_cut ? 1 : z->count;
  }
  if (z->entries > ENTRIES_MAX)
    return job_fail(z->job, DK_RESOURCE_EXHAUSTED,
                    "the parts of the file lie in an order that takes long to read: open "
                    "it in Office and save it again");
  if (!z->reading) {
    z->reading = open_at(z, z->now->position * (unsigned)z->is_cut);
    z->next = z->is_cut ? z->now->index : 0;
  }
  struct archive_entry *entry;
  int result = z->reading ? ARCHIVE_OK : ARCHIVE_FATAL;
  for (; result >= ARCHIVE_WARN && result != ARCHIVE_EOF && z->next <= z->now->index;
       z->next++) {
    if (!job_goes_on(z->job))
      return 0;
    result = archive_read_next_header(z->reading, &entry);
  }
  if (result >= ARCHIVE_WARN && result != ARCHIVE_EOF)
    return 1;
  z->is_damaged = 1;
  z->now = NULL;
  return 0;
}

/// Counts what has been unpacked. Returns 0 above a limit.
static int count(zip *z, size_t size) {
  if (size > PART_MAX - z->done)
    return job_fail(z->job, DK_RESOURCE_EXHAUSTED,
                    "a part of the file unpacks to more than %d MB: split the file",
                    PART_MAX >> 20);
  z->done += (uint32_t)size;
  if (z->done <= z->now->counted)
    return 1;
  z->unpacked += z->done - z->now->counted;
  z->now->counted = z->done;
  if (z->unpacked > TOTAL_MAX)
    return job_fail(z->job, DK_RESOURCE_EXHAUSTED,
                    "the file unpacks to more than %d MB: split it", TOTAL_MAX >> 20);
  if (z->unpacked > RATIO_FROM && z->unpacked / RATIO_MAX > z->len)
    return job_fail(
        z->job, DK_RESOURCE_EXHAUSTED,
        "the file unpacks to more than %d times its size, as only files made to do "
        "harm do: do not open it if you do not know who made it",
        RATIO_MAX);
  return 1;
}

uint32_t zip_next(zip *z, const char **block) {
  while (z->now && z->left == 0) {
    const void *bytes = NULL;
    size_t size = 0;
    la_int64_t offset;
    int result = archive_read_data_block(z->reading, &bytes, &size, &offset);
    if (result != ARCHIVE_OK && result != ARCHIVE_EOF)
      z->is_damaged = 1;
    if (result == ARCHIVE_EOF || result < ARCHIVE_WARN || !job_goes_on(z->job) ||
        !count(z, size)) {
      z->now = NULL;
      return 0;
    }
    z->block = bytes;
    z->left = size;
  }
  if (!z->now)
    return 0;
  uint32_t len = z->left < BLOCK_MAX ? (uint32_t)z->left : BLOCK_MAX;
  *block = z->block;
  z->block += len;
  z->left -= len;
  return len;
}

int zip_end(const zip *z) {
  return z->is_damaged ? ZIP_DAMAGED : ZIP_WHOLE;
}
