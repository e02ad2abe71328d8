/// The system calls that a worker may use.
#ifndef WORKER_FILTER_H
#define WORKER_FILTER_H

/// What a worker needs from loading the plugin on. This is the wall: a plugin's code runs while it
/// is loaded, and whatever that code has got hold of it keeps. Returns 0 where the kernel refuses.
/// `may_open` is for the second filter, which is made ready here.
int enter_loading_filter(int may_open);

/// Takes away what only loading needs: new code, looking at paths, and, without `may_open`, where
/// nothing else says what may be opened, opening files. That is for plugins that mean no harm and read a document that
/// does. Binds all threads. Returns 0 where the kernel refuses.
int enter_serving_filter(void);

/// Whether the kernel filters system calls, and whether it can bind threads that run already. Ask before
/// a filter is on: it refuses the question.
int can_filter_calls(void);
int can_filter_threads(void);

#endif
