/// Who the worker is: somebody who owns nothing and may nothing.
#ifndef WORKER_USER_H
#define WORKER_USER_H

#include <stdint.h>

typedef enum user_kind {
  USER_SHARED,   ///< still the host's own user
  USER_UNMAPPED, ///< in a namespace of its own, whose users have no names
  USER_NAMESPACE,
  USER_OWN ///< a user that is nobody else's
} user_kind;

/// Makes the worker somebody else, as far as the system lets it, and gives up every capability.
/// `uid` is for a host that is root. The calling thread must be the only one.
user_kind change_user(uint32_t uid);

#endif
