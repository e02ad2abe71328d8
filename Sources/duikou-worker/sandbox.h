/// What keeps a plugin from harming anything: put on piece by piece before the plugin's first
/// instruction runs, and never taken off.
#ifndef WORKER_SANDBOX_H
#define WORKER_SANDBOX_H

#include <stdint.h>

enum { LIBRARIES_MAX = 16 };

/// What the host asks for.
typedef struct sandbox_options {
  int32_t host; ///< the process that started this one
  uint32_t uid; ///< a user of the worker's own, where the host is root
  const char *libraries[LIBRARIES_MAX]; ///< folders of libraries besides the system's
  uint32_t library_count;
  const char *required; ///< names between commas; NULL for none
  uint64_t shared_size; ///< bytes of memory that are the host's to limit
} sandbox_options;

/// How far a protection holds here.
typedef enum protection_state {
  PROTECTION_NO,
  PROTECTION_PARTIAL,
  PROTECTION_YES
} protection_state;

/// One protection: what it is called, whether it holds, and what was found.
typedef struct protection {
  const char *name;
  protection_state state;
  char detail[96];
} protection;

enum { PROTECTIONS_MAX = 16 };

typedef struct protections {
  protection list[PROTECTIONS_MAX];
  uint32_t count;
} protections;

/// Puts on all that must be there before the plugin is loaded. Notes in `found` what holds. Returns 0
/// where a protection is missing that is required, or without which nothing would be contained: then
/// `sentence` says which, and the plugin must not be loaded. The calling thread must be the only one.
int enter_sandbox(const sandbox_options *options, protections *found, char sentence[128]);

/// Takes away what only loading needs: executable mappings, and looking at paths. Binds all threads
/// that the plugin may have started. Returns 0 where the kernel refuses.
int close_sandbox(void);

#endif
