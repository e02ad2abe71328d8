/// The system calls that a worker may use, as filters for the kernel.
#ifndef WORKER_FILTER_H
#define WORKER_FILTER_H

#include <linux/filter.h>

/// Builds a filter; returns its length.
typedef unsigned (*build_filter)(struct sock_filter *program);

enum { FILTER_MAX = 1024 };

/// What loading a plugin needs.
unsigned loading_filter(struct sock_filter *program);

/// What serving does not need any more: new code, and memory shared with others. Holds together
/// with the first.
unsigned serving_filter(struct sock_filter *program);

/// Installs a filter for all threads. Returns 0 where the kernel refuses.
int install_filter(build_filter build);

/// Whether the kernel can bind threads that run already.
int can_filter_threads(void);

/// Tries the seals that the host puts on its pages.
int fcntl_seal(int descriptor);

#endif
