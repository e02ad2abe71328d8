/// How a host talks to a worker: a process of its own that runs one plugin in a sandbox.
///
/// They share four pieces of memory, each a sealed memfd. Two are the host's: its page and the
/// input arena, which the worker can only read. Two are the worker's: its page and the output,
/// which the host copies before it believes a word. They take turns: the host posts a command, the
/// worker answers, in between exactly one of them works.
///
/// A channel belongs to one thread at a time, except `dkr_channel_cancel`, `dkr_channel_mark_dead` and
/// `dkr_channel_held`, which may be called from any.
#ifndef DUIKOU_WORKER_H
#define DUIKOU_WORKER_H

#include "duikou_runtime.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DKR_PROTOCOL 4u ///< raised when anything in this header changes its meaning

/// Descriptors that a worker finds open. 0 is /dev/null, 1 and 2 are pipes to the host. Log lines
/// of the plugin come on 2 as well: 0x1e, a digit for the severity, the line.
enum {
  DKR_FD_HOST_PAGE = 3,
  DKR_FD_INPUT = 4,
  DKR_FD_WORKER_PAGE = 5,
  DKR_FD_OUTPUT = 6,
  DKR_FD_PLUGIN = 7 ///< the plugin's private copy, opened read-only
};

/// What a worker ends with by itself, as in sysexits.h. DKR_EXIT_USAGE and DKR_EXIT_SANDBOX can be
/// believed: no plugin was loaded, and behind the sandbox the kernel ends with SIGSYS whoever asks for
/// such an end. With anything else a plugin may end it too.
enum {
  DKR_EXIT_USAGE = 64,    ///< it was not started by a host
  DKR_EXIT_UNCLOSED = 70, ///< the plugin has kept it from closing the sandbox behind it
  DKR_EXIT_SANDBOX = 71,  ///< this machine does not let it put its sandbox on
  DKR_EXIT_ORPHAN = 72,   ///< its host is gone
  DKR_EXIT_PROTOCOL = 76  ///< the host does not speak as it should
};

/// What the host asks.
enum {
  DKR_DESCRIBE = 1, ///< load, sandbox fully, write the description to the output
  DKR_CREATE = 2,   ///< make the plugin's instance
  DKR_CALL = 3,     ///< run a method
  DKR_CONTINUE = 4, ///< what was flushed has been taken; `status` is what flush returns
  DKR_DRAIN = 5     ///< destroy the instance and end with 0
};

/// What the worker answers.
enum {
  DKR_READY = 1, ///< done; `status` says how it went
  DKR_FLUSHED =
      2, ///< in the middle of a call: rows lie in the output, waiting for DKR_CONTINUE
  DKR_DEAD = 3 ///< it has ended (set by the host's reaper)
};

/// What a wait ended with.
enum { DKR_ANSWERED = 0, DKR_ENDED = 1, DKR_TIMED_OUT = 2 };

/// Sizes of a channel's memory, in bytes; pages are taken as they are written.
typedef struct dkr_channel_limits {
  uint64_t input_size; ///< of the largest image and its metadata
  dkr_limits call;     ///< of a call's output, and of scratch memory in the worker
} dkr_channel_limits;

typedef struct dkr_channel dkr_channel;

/// Makes the memory of a channel. NULL with `errno` when the system refuses.
dkr_channel *dkr_channel_create(const dkr_channel_limits *limits);
void dkr_channel_destroy(dkr_channel *channel);

/// The memory's descriptors in the order of DKR_FD_HOST_PAGE to DKR_FD_OUTPUT; close-on-exec.
void dkr_channel_descriptors(const dkr_channel *channel, int descriptors[4]);

/// What a call is given, besides the image.
typedef struct dkr_call_request {
  const void *image;
  uint64_t image_size;
  uint32_t method; ///< index in the plugin's description
  uint32_t metadata_count;
  const dk_metadata *metadata; ///< packed, count elements
  int64_t deadline_ns;         ///< CLOCK_MONOTONIC
} dkr_call_request;

/// Clears the cancel word. Call it for each call, before anybody is told of whom they may cancel:
///
///     take the worker · dkr_channel_begin · make it known · dkr_channel_call · …
///
/// What cancels behind it reaches the call, also before that is posted.
void dkr_channel_begin(dkr_channel *channel);

/// Posts a command without details: DKR_DESCRIBE, DKR_DRAIN, or DKR_CREATE for a plugin without
/// configuration.
void dkr_channel_post(dkr_channel *channel, uint32_t command);

/// Copies the image of a plugin's configuration into the input arena and posts DKR_CREATE; without one,
/// NULL and 0. Returns 0 when it does not fit, in which case nothing is posted.
int dkr_channel_create_plugin(dkr_channel *channel, const void *config, uint64_t size);

/// Copies image and metadata into the input arena and posts DKR_CALL; `dkr_channel_begin` comes
/// before. Returns 0 when they do not fit, in which case nothing is posted.
int dkr_channel_call(dkr_channel *channel, const dkr_call_request *request);

/// Posts DKR_CONTINUE with what `flush` is to return.
void dkr_channel_continue(dkr_channel *channel, dk_status status);

/// Waits for the worker's answer until `until_ns` of CLOCK_MONOTONIC. Spins briefly where that
/// pays: the worker runs on another core. Where it never does, the calling thread is moved now and
/// then to another of the cores that it may use; it may use the same ones behind it. Returns
/// DKR_ANSWERED, DKR_ENDED or DKR_TIMED_OUT.
int dkr_channel_wait(dkr_channel *channel, int64_t until_ns);

/// What the worker answered, read once: DKR_READY or DKR_FLUSHED, and its status.
typedef struct dkr_answer {
  uint32_t kind;
  dk_status status;
} dkr_answer;
dkr_answer dkr_channel_answer(const dkr_channel *channel);

/// The output: a block that begins with a dkr_output (DKR_CALL), or with the description's size as
/// uint64_t and its bytes (DKR_DESCRIBE), or with a dkr_output without rows (DKR_CREATE). The worker
/// may write to it while it lives.
const void *dkr_channel_output(const dkr_channel *channel, uint64_t *size);

/// How far the running call is, as the plugin told; both 0 before it tells.
void dkr_channel_progress(const dkr_channel *channel, uint64_t *done, uint64_t *total);

/// Sets the cancel word of the call that has begun. It stays set until the next one begins.
/// [any thread]
void dkr_channel_cancel(dkr_channel *channel);

/// Notes that the worker has ended, and wakes whoever waits. [any thread]
void dkr_channel_mark_dead(dkr_channel *channel);

/// Gives the output's pages back where a call has used many. Those of the input stay until the channel
/// is destroyed: its seal forbids to take them out.
void dkr_channel_trim(dkr_channel *channel);

/// How many bytes of memory the input and the output take up now. No limit of the worker's counts
/// them, and a worker adds to them without a word to its host, up to their sizes: by writing to the
/// output, and by reading of the input what was never written. A channel that holds more than its calls
/// can have used has such a worker. [any thread]
uint64_t dkr_channel_held(const dkr_channel *channel);

/// Where a worker was when it crashed, or when it was asked (DKR_WHERE_SIGNAL).
typedef struct dkr_crash {
  uint32_t signal;  ///< 0: nothing is recorded
  int32_t code;     ///< si_code; for SIGSYS the number of the system call
  uint64_t address; ///< that could not be used; 0 where the signal was sent
  uint64_t pc;
  uint64_t offset; ///< of pc in its module, as in its ELF file; 0 where it lies in none
  uint32_t thread; ///< 0: the thread of the call; otherwise the plugin's own
  uint32_t is_plugin; ///< whether the module is the plugin's file
  char module[64]; ///< file name of the module, NUL-terminated; empty where it is unknown
} dkr_crash;

/// A copy of the crash record (`sample` 0) or of the last sample (`sample` 1).
dkr_crash dkr_channel_crash(const dkr_channel *channel, int sample);

/// Starts a worker. `arguments[0]` is the program's path; `environment` is all that it gets;
/// `descriptors` become DKR_FD_HOST_PAGE to DKR_FD_PLUGIN; `out` and `err` become 1 and 2. The
/// worker dies with the calling *thread*. Returns the process id, with a close-on-exec `pidfd`; or
/// -errno.
int dkr_spawn(char *const arguments[], char *const environment[],
              const int descriptors[5], int out, int err, int *pidfd);

/// Sends a signal through a pidfd; returns 0 or -errno.
int dkr_signal(int pidfd, int signal);

/// The signal that asks a worker where it is; its handler records a sample.
int dkr_where_signal(void);

/// What `dkr_reap` tells of a worker whose end somebody else was told of: no process exits with it.
enum { DKR_STATUS_UNKNOWN = 256 };

/// Reaps an ended worker: returns 1 with its exit status, or the signal that ended it as a
/// negative number, or DKR_STATUS_UNKNOWN where this process ignores SIGCHLD or has reaped it by
/// other means; 0 when it still runs.
int dkr_reap(int pidfd, int *status);

/// Writes a plugin's description as a flat sequence of bytes, for readers that trust nobody:
/// numbers little-endian as they are, a string as its length (uint32_t; 0xffffffff for NULL) and
/// its bytes, an array as its count (uint32_t) and its elements, in this order:
///
///     plugin:  u32 size, abi_built, abi_needed, config · string id, version, doc
///              · types · methods
///     type:    string name, doc · u32 id, size · fields
///     field:   string name, doc, unit · u32 number, offset, kind, flags, target · values
///     value:   string name, doc · i64 value
///     method:  string name, doc, media · u32 role, flags, concurrency, has_invoke, request,
///              response · uses
///     use:     u32 type, row_size, access
///
/// Structs and elements may be longer or shorter than this program's: what is absent reads as
/// zero. Returns DK_OK with `used`; DK_INVALID_ARGUMENT or DK_RESOURCE_EXHAUSTED with a message for
/// the plugin's author: a size below version 1's, a stride below it or not a multiple of 8 or above
/// 65536, an array that is NULL or has more than 1024 elements (63 fields, 4096 values), a
/// description above `size` bytes.
dk_status dkr_describe(const dk_plugin *plugin, void *buffer, uint64_t size,
                       uint64_t *used, char message[DKR_MESSAGE_MAX]);

#ifdef __cplusplus
}
#endif

#endif
