/// Duikou plugin ABI, major 1. This header is the whole promise: what is not in it is not promised.
///
/// A plugin is a shared library that exports one symbol, `duikou_plugin_v1`. It describes
/// itself with constant data: record types and methods. There is one call shape:
///
///     an image in, rows out
///
/// An *image* is a flat block of memory with a document's text and its records so far. A
/// *method* reads it and appends rows. An extractor, an analyzer, a reader and a report differ
/// in their role only.
///
/// Rules that hold everywhere
/// - Owner. Memory belongs to whoever made it. The host lends the image, the call and all rows
///   for the length of one call; the plugin lends its descriptors for as long as it is loaded.
///   Nobody frees the other's memory.
/// - Threads. `[setup]` functions run once, on one thread, before any call. `[call]` functions
///   belong to one call and may be used from the thread that runs it only, and only until the
///   method returns. `[any]` functions may be used from every thread at any time. A method runs
///   on as many threads at once as its `concurrency` says.
/// - Growth. Structs and rows grow at their end only. Each carries its size, each array the
///   stride of its elements; a reader takes `min(size, sizeof)` bytes, and what is absent
///   reads as zero. No later host requires what this header lacks.
/// - Numbers. Offsets and sizes are bytes, times are nanoseconds of CLOCK_MONOTONIC, dates are
///   days since 1970-01-01, money is fen, confidence is parts per million. Text is UTF-8,
///   little-endian is the only byte order, and 4 GiB the largest image.
/// - Errors. A status is a gRPC code. A failed call leaves nothing behind.
///
/// Compiles alone as C99, C11, C17, C++17 and through Swift (`import CDuikou`).
#ifndef DUIKOU_H
#define DUIKOU_H

#include "duikou/base.h"
#include "duikou/function.h"
#include "duikou/image.h"
#include "duikou/plugin.h"
#include "duikou/records.h"
#include "duikou/type.h"

#endif
