/// Looks into a file's compressed streams before anything unpacks them to memory.
#ifndef PDF_STREAMS_H
#define PDF_STREAMS_H

#include <stddef.h>
#include <stdint.h>

enum streams_outcome {
  STREAMS_FINE,
  STREAMS_LARGE, ///< one unpacks to more than STREAM_MAX bytes, or all, with what they
                 ///< are unpacked from, are more than STREAMS_MAX
  STREAMS_WORDY, ///< a page's content has more than STREAM_TEXT_MAX bytes to show
  STREAMS_CANCELLED
};

enum { STREAM_MAX = 128 << 20, STREAMS_MAX = 1 << 30, STREAM_TEXT_MAX = 5 << 20 };

/// Unpacks what is compressed by Flate, once or several times, and forgets it. Images are left out: whoever
/// reads text does not unpack them. What is encrypted or damaged tells nothing.
enum streams_outcome look_into_streams(const char *bytes, size_t len,
                                       const volatile uint32_t *cancelled);

#endif
