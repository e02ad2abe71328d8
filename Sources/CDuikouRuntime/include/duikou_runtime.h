/// The call side of the plugin ABI: what stands behind `append`, `intern` and the others, and how a
/// library is opened. One implementation for calls in the host's own process and in a worker:
/// all that a call produces lies in one block and refers to itself by offsets.
///
/// A context serves one call at a time, from the thread that runs it. Different contexts are
/// independent.
#ifndef DUIKOU_RUNTIME_H
#define DUIKOU_RUNTIME_H

#include "duikou.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The version of host and worker, which belong together.
#define DKR_VERSION "0.1.0"

enum {
  DKR_SEGMENTS_MAX = 1024, ///< pieces of tables between two flushes
  DKR_WRITES_MAX = 64,     ///< types that one method may append to
  DKR_MESSAGE_MAX = 1024,  ///< bytes of an error message
  DKR_TRAILERS_MAX = 4096  ///< bytes of a call's trailers
};

/// A contiguous piece of a table, in the order in which its rows were appended.
typedef struct dkr_segment {
  uint32_t type, row_size;
  uint64_t rows_off;
  uint32_t row_count;
  uint32_t reserved;
} dkr_segment;

/// What a call has produced since it began or last flushed. Lies at the start of the call's
/// block; offsets count from there.
typedef struct dkr_output {
  int32_t status;
  uint32_t message_len;
  uint64_t message_off;  ///< why the call failed, at most DKR_MESSAGE_MAX bytes
  uint64_t segments_off; ///< of the array of dkr_segment
  uint32_t segment_count;
  uint32_t trailers_size;
  uint64_t pool_off;
  uint64_t pool_base; ///< the pool offset of its first byte
  uint64_t pool_size;
  uint64_t block_size; ///< of the whole block
  /// Of the trailers since the call began, one behind the other: uint32_t lengths of name and value, the
  /// name, the value; neither aligned nor ended.
  uint64_t trailers_off;
} dkr_output;

typedef struct dkr_limits {
  uint64_t rows_size;    ///< bytes of rows between two flushes
  uint64_t pool_size;    ///< bytes of strings between two flushes
  uint64_t scratch_size; ///< bytes of scratch memory in a call
} dkr_limits;

/// What the host hears of a running call, on the call's thread. Either function may be NULL.
typedef struct dkr_hooks {
  void *context;
  dk_status (*flush)(void *context, const dkr_output *output);
  void (*progress)(void *context, uint64_t done, uint64_t total);
} dkr_hooks;

/// What a call is given. Everything is lent for the length of `dkr_invoke`.
typedef struct dkr_request {
  const dk_image *image;
  int64_t deadline_ns;
  const volatile uint32_t *cancelled; ///< NULL: cannot be cancelled
  const dk_metadata *metadata;
  uint64_t metadata_stride;
  uint32_t metadata_count;
  uint32_t reserved;
  dkr_hooks hooks;
} dkr_request;

typedef struct dkr_context dkr_context;

/// Reserves the memory for calls; pages are taken as they are written. NULL when the system
/// refuses. Free with `dkr_context_destroy`.
dkr_context *dkr_context_create(const dkr_limits *limits);

/// The same over a block of `dkr_block_size` zeroed bytes that the caller keeps, aligned to a page:
/// memory that is shared with another process.
dkr_context *dkr_context_create_in(void *block, const dkr_limits *limits);

/// Bytes of the block for calls with these limits.
uint64_t dkr_block_size(const dkr_limits *limits);

void dkr_context_destroy(dkr_context *context);

/// Runs one method and returns its status, which is always one of 0 to 16. The output stays
/// readable until the next `dkr_invoke` on this context.
dk_status dkr_invoke(dkr_context *context, const dk_method *method, void *self,
                     const dkr_request *request);
const dkr_output *dkr_context_output(const dkr_context *context);

/// Opens a library with RTLD_NOW | RTLD_LOCAL and finds its entry symbol. `path` must be a private
/// copy that nobody writes to again. The library stays mapped: unloading code that may have
/// started threads or registered types is never safe. Returns DK_OK; DK_INVALID_ARGUMENT when it
/// cannot be opened; DK_FAILED_PRECONDITION when it has no entry symbol; with a message.
typedef const dk_plugin *(*dkr_entry)(const dk_host *host);
dk_status dkr_open(const char *path, dkr_entry *entry, char message[DKR_MESSAGE_MAX]);

/// Descriptors of the domain records of `duikou/records.h`.
const dk_type *dkr_domain_types(uint32_t *count);

/// Nanoseconds of CLOCK_MONOTONIC.
int64_t dkr_now_ns(void);

/// Whether anybody has a file open for writing, by a descriptor that is open for reading: 1 or 0, or -1
/// where the file system or the file's owner does not let it be known. Takes a lease for a moment (see
/// fcntl), which Swift's C library module does not offer.
int dkr_is_written(int descriptor);

/// Whether a path lies on a file system that other machines may change without this one's kernel saying
/// so. Swift's C library module lacks statfs.
int dkr_is_remote(const char *path);

#ifdef __cplusplus
}
#endif

#endif
