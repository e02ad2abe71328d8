/// A worker under test, as its host sees it.
#ifndef WORKER_TESTS_SESSION_H
#define WORKER_TESTS_SESSION_H

#include "duikou_worker.h"

enum { OUTPUT_SIZE = 1 << 16, ANSWER_MS = 10000 };

/// Where the tests find what they run.
typedef struct setting {
  const char *worker;  ///< the program
  const char *plugins; ///< the folder with the plugins of Plugins/
  const char *uid;     ///< an argument for workers of a host that is root; otherwise NULL
} setting;
extern setting tests;

typedef struct session {
  dkr_channel *channel;
  int process, pidfd;
  int output;             ///< read end of the pipe on which it writes
  int has_ended;          ///< reaped, with
  int status;             ///< its exit status, or the signal as a negative number
  char path[4096];        ///< of the plugin
  char text[OUTPUT_SIZE]; ///< all that it has written, after `reap`
} session;

/// What else a worker is started with.
typedef struct start_options {
  const char *argument;    ///< one more argument; NULL for none
  const char *environment; ///< one more variable; NULL for none
} start_options;

/// Starts a worker for a plugin by its name; ends the tests where that cannot be done.
session *start(const char *plugin, start_options options);

/// Starts it, and lets it load and create the plugin.
session *start_ready(const char *plugin, start_options options);

/// Posts a command and waits. Returns the status of DKR_READY; -1 when the worker has ended, -2 when
/// it has not answered in time, -3 when it answers something else.
enum { HAS_ENDED = -1, IS_LATE = -2, IS_STRANGE = -3 };
int command(session *s, uint32_t command);

/// The same for DKR_CREATE with the image of a configuration, which may be NULL. IS_STRANGE where it
/// does not fit.
int create_over(session *s, const dk_image *config);

/// The same for a call with a small image. Metadata may be NULL.
int call(session *s, uint32_t method, const dk_metadata *metadata, uint32_t count);

/// The same for a call with this image, without metadata.
int call_over(session *s, uint32_t method, const dk_image *image);

/// Posts a call that has begun, and does not wait.
void post_call(session *s, uint32_t method);
int wait_for(session *s, int milliseconds);

/// The start of the output, and the message of a failure.
const dkr_output *output_of(const session *s);
int message_has(const session *s, const char *text);

/// Waits until the worker has ended, and notes how and what it wrote. Returns 0 when it does not end.
int reap(session *s);

/// Kills the worker if it runs still, and forgets it.
void finish(session *s);

/// The path of a plugin.
void plugin_path(const char *plugin, char path[4096]);

#endif
