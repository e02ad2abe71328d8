/// What libdispatch reads about threads in /proc, told without /proc.
#ifndef WORKER_THREADS_H
#define WORKER_THREADS_H

/// If `path` is "/proc/N/stat" and N a thread of this process, opens a descriptor that reads like it,
/// as far as the state of the thread: "N (thread) R" for one that has run since it was last asked
/// about, S for one that has not. Returns -1 for other paths.
int open_thread_state(const char *path);

#endif
