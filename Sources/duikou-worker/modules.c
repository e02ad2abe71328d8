#define _GNU_SOURCE
#include "modules.h"

#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { MODULES_MAX = 128, LINE_MAX_SIZE = 512 };

typedef struct module {
  uint64_t start, end, base;
  uint32_t is_plugin;
  char name[64];
} module;

static module modules[MODULES_MAX];
static uint32_t module_count;

/// The process's mappings, as text: a constructor may crash before the table exists, while the
/// loader holds its lock.
static int mappings = -1;

void open_modules(void) {
  mappings = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
}

static void set_name(char name[64], const char *path, size_t len) {
  size_t start = len;
  while (start > 0 && path[start - 1] != '/')
    start--;
  len -= start;
  if (len > 63)
    len = 63;
  memcpy(name, path + start, len);
  name[len] = 0;
}

static int note_module(struct dl_phdr_info *info, size_t size, void *plugin) {
  (void)size;
  if (module_count == MODULES_MAX)
    return 1;
  module *m = &modules[module_count];
  *m = (module){.start = UINT64_MAX, .base = info->dlpi_addr};
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    if (header->p_type != PT_LOAD)
      continue;
    uint64_t start = info->dlpi_addr + header->p_vaddr, end = start + header->p_memsz;
    m->start = start < m->start ? start : m->start;
    m->end = end > m->end ? end : m->end;
  }
  uint64_t at = (uint64_t)(uintptr_t)plugin;
  m->is_plugin = at >= m->start && at < m->end;
  // The loader knows the plugin by its descriptor only.
  char path[4096];
  ssize_t len = m->is_plugin ? readlink(info->dlpi_name, path, sizeof path) : -1;
  if (len >= 0)
    set_name(m->name, path, (size_t)len);
  else
    set_name(m->name, info->dlpi_name, strlen(info->dlpi_name));
  module_count++;
  return 0;
}

void note_modules(const void *plugin) {
  dl_iterate_phdr(note_module, (void *)(uintptr_t)plugin);
  if (mappings >= 0)
    close(mappings);
  mappings = -1;
}

/// A line of the mappings: "start-end rwxp offset major:minor inode path".
typedef struct mapping {
  uint64_t start, end, device, inode;
  const char *path;
  size_t path_len;
} mapping;

static uint64_t read_number(const char **at, uint32_t base) {
  uint64_t number = 0;
  for (;; (*at)++) {
    char c = **at;
    uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                     : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                                            : base;
    if (digit >= base)
      return number;
    number = number * base + digit;
  }
}

static const char *skip_field(const char *at) {
  while (*at && *at != ' ')
    at++;
  while (*at == ' ')
    at++;
  return at;
}

static mapping read_mapping(const char *line) {
  mapping m = {0};
  m.start = read_number(&line, 16);
  line += *line == '-';
  m.end = read_number(&line, 16);
  line = skip_field(skip_field(skip_field(line))); // the rest of it, rights, offset
  uint32_t major = (uint32_t)read_number(&line, 16);
  line += *line == ':';
  m.device = makedev(major, (uint32_t)read_number(&line, 16));
  line = skip_field(line);
  m.inode = read_number(&line, 10);
  m.path = skip_field(line);
  m.path_len = strlen(m.path);
  return m;
}

/// Looks the address up among the mappings. A library's first one is where it begins.
static void find_mapping(dkr_crash *crash) {
  char buffer[4096];
  off_t at = 0;
  size_t kept = 0;
  uint64_t base = 0, inode = 0, device = 0;
  for (;;) {
    ssize_t len = pread(mappings, buffer + kept, sizeof buffer - 1 - kept, at);
    if (len <= 0)
      return;
    at += len;
    kept += (size_t)len;
    buffer[kept] = 0;
    char *line = buffer, *end;
    for (; (end = strchr(line, '\n')); line = end + 1) {
      *end = 0;
      mapping m = read_mapping(line);
      if (m.inode != inode || m.device != device)
        base = m.start, inode = m.inode, device = m.device;
      if (crash->pc < m.start || crash->pc >= m.end)
        continue;
      struct stat plugin;
      crash->offset = m.inode ? crash->pc - base : 0;
      crash->is_plugin = fstat(DKR_FD_PLUGIN, &plugin) == 0 && m.inode == plugin.st_ino &&
                         m.device == plugin.st_dev;
      set_name(crash->module, m.path, m.path_len);
      return;
    }
    kept -= (size_t)(line - buffer);
    memmove(buffer, line, kept);
    if (kept > LINE_MAX_SIZE)
      return;
  }
}

void find_module(dkr_crash *crash) {
  if (mappings >= 0)
    find_mapping(crash);
  for (uint32_t i = 0; i < module_count; i++) {
    const module *m = &modules[i];
    if (crash->pc < m->start || crash->pc >= m->end)
      continue;
    crash->offset = crash->pc - m->base;
    crash->is_plugin = m->is_plugin;
    memcpy(crash->module, m->name, sizeof crash->module);
    return;
  }
}
