/// Who the worker is: somebody who owns nothing and may nothing.
#ifndef WORKER_USER_H
#define WORKER_USER_H

#include <stdint.h>

/// The user that stands for nobody: many programs may run as it.
enum { USER_NOBODY = 65534 };

typedef enum user_kind {
  USER_SHARED,   ///< still the host's own user
  USER_COMMON,   ///< nobody, as other workers are too
  USER_UNMAPPED, ///< in a namespace of its own, whose users have no names
  USER_NAMESPACE,
  USER_OWN ///< a user that is nobody else's
} user_kind;

/// Makes the worker somebody else, as far as the system lets it, and gives up every capability.
/// `uid` is for a host that is root; USER_NOBODY gets a namespace besides. The calling thread must be
/// the only one. It can be traced behind this.
user_kind change_user(uint32_t uid);

#endif
