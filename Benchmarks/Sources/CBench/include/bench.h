/// What is measured in C: the yardsticks, and the runtime's C side without a host around it.
///
/// What measures returns nanoseconds for one call: the median of many samples, each of which times
/// a batch of calls that is long against the clock.
#ifndef BENCH_H
#define BENCH_H

#include <bench_work.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a call does: nothing, or the work of `bench_work.h`.
enum { BENCH_KIND_EMPTY = 0, BENCH_KIND_DOC = 1 };

/// Nanoseconds for one call of `body(context, calls)`: the median of `samples` runs.
typedef void (*bench_body)(void *context, uint32_t calls);
double bench_median(bench_body body, void *context, uint32_t samples, uint32_t calls);

/// The plugin's library, opened in this process, and room for what it finds. Never closed.
typedef struct bench_library bench_library;
bench_library *bench_library_open(const char *path, const char *text, uint32_t size);

/// A call by a pointer that dlsym gave.
double bench_pointer(bench_library *library, int kind);

/// The same call through libffi's ffi_call.
double bench_ffi(bench_library *library, int kind);

/// `dkr_invoke` of the plugin's method, whose rows are read.
double bench_runtime(bench_library *library, int kind, const void *image);

/// One row of 64 bytes appended and filled; the same row copied to where it belongs.
double bench_append(bench_library *library, const void *image);
double bench_copy(void);

/// Two processes that share memory and nothing else: no framing, checks, deadlines or counters.
typedef struct bench_pair bench_pair;
bench_pair *bench_pair_start(bench_library *library);
void bench_pair_stop(bench_pair *pair);

/// Where the two processes run.
enum {
  BENCH_FREE = 0,    ///< where the kernel puts them
  BENCH_APART = 1,   ///< each on a core of its own
  BENCH_TOGETHER = 2 ///< both on one core
};

typedef struct bench_pair_mode {
  int kind;
  int sleeps;    ///< waits by futex; otherwise it spins
  int placement; ///< BENCH_FREE and so on
  uint32_t
      pause_us; ///< of sleep before each call, so that both sides are asleep; 0 for none
} bench_pair_mode;

/// Returns a negative number where the machine has too few cores for the placement.
double bench_pair_measure(bench_pair *pair, const bench_pair_mode *mode);

/// A worker without a Swift host around it: dkr_spawn and a dkr_channel, the rows read unchecked
/// where the worker put them. It ends with the thread that starts it. NULL where it does not start.
typedef struct bench_worker bench_worker;
bench_worker *bench_worker_start(const char *program, const char *plugin);
void bench_worker_stop(bench_worker *worker);
double bench_worker_measure(bench_worker *worker, int kind, const void *image,
                            uint64_t size, uint32_t pause_us);

/// From nothing to a worker that has loaded the plugin, in its sandbox; negative where it fails.
double bench_worker_cold(const char *program, const char *plugin);

#ifdef __cplusplus
}
#endif

#endif
