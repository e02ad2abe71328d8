/// Plain C functions as methods: what `duikou/function.h` promises, carried out with libffi.
#ifndef DUIKOU_FUNCTIONS_H
#define DUIKOU_FUNCTIONS_H

#include "duikou_runtime.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Makes a plugin whose methods name functions into one whose methods can all be invoked. Sets
/// `*adopted` to the plugin itself where no method names a function; otherwise to a copy that lives as
/// long as the process, in which
///
/// - each method with a function has an `invoke` that calls it, the request and response that the
///   function states, and both as its uses;
/// - the row types made from the arguments stand behind the plugin's own, named
///   "<id>.<method in lower_snake_case>_request" and "…_response";
/// - every other method sees `call->method` as it is in the plugin.
///
/// Methods are invoked at the addresses they have in the copy. Its descriptors point into the plugin,
/// which must stay loaded. What makes the plugin's lists unreadable is left for `dkr_describe` to
/// refuse, which comes next.
///
/// Returns DK_OK; DK_INVALID_ARGUMENT with a sentence for the plugin's author;
/// DK_RESOURCE_EXHAUSTED where there is no memory.
/// [any thread; one at a time for one plugin]
dk_status dkr_adopt(const dk_plugin *plugin, const dk_plugin **adopted,
                    char message[DKR_MESSAGE_MAX]);

#ifdef __cplusplus
}
#endif

#endif
