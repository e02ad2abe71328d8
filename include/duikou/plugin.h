/// The plugin: what it tells about itself, and what it may ask of the host during a call.
#ifndef DUIKOU_PLUGIN_H
#define DUIKOU_PLUGIN_H

#include "function.h"
#include "image.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dk_host dk_host;
typedef struct dk_call dk_call;
typedef struct dk_method dk_method;

enum { ///< severities of log lines
  DK_LOG_DEBUG = 1,
  DK_LOG_INFO = 2,
  DK_LOG_WARNING = 3,
  DK_LOG_ERROR = 4
};

/// The host, as a plugin sees it from `duikou_plugin_v1` until `destroy` has returned.
struct dk_host {
  uint32_t size;
  uint32_t abi_minor; ///< the newest minor the host speaks
  const char *version; ///< eg: "0.1.0"

  /// Returns an optional service, eg: "duikou.metrics/1", or NULL where the host has
  /// none of that name: do without. Lives as long as the host.
  /// [any]
  const void *(*service)(const dk_host *host, const char *id);

  /// Writes one line of UTF-8 to the host's log, under the plugin's id. Keeps nothing.
  /// [any]
  void (*log)(const dk_host *host, uint32_t severity, const char *line, uint32_t len);
};

enum { ///< roles of methods
  DK_CUSTOM = 0, ///< for clients only
  DK_EXTRACTOR = 1, ///< text to records
  DK_ANALYZER = 2, ///< a collection's records to findings
  DK_REPORT = 3, ///< a collection's records to `duikou.content` rows
  DK_READER = 4 ///< a file's bytes to text
};

enum { ///< what a method does with the rows of a type
  DK_READ = 1, ///< it cannot run without this table, which may be empty
  DK_USE = 2, ///< it reads the table where there is one
  DK_WRITE = 4, ///< it appends to the table
  DK_READ_ALL = 8 ///< with type 0: it reads whatever there is
};

/// A row type that a method touches. `row_size` is the author's `sizeof`: the rows it is lent have
/// at least that size, the rows it appends exactly that.
typedef struct dk_use {
  uint32_t type;
  uint32_t row_size;
  uint32_t access; ///< DK_READ | DK_WRITE and so on
  uint32_t reserved;
} dk_use;

/// One request header of a call. Names are lower case; the value is any bytes where the name ends with
/// "-bin", and otherwise text. A NUL stands behind either.
typedef struct dk_metadata {
  const char *name;
  const char *value;
  uint32_t value_len;
  uint32_t reserved;
} dk_metadata;

/// One call. The host lends it, and all that it points to, until the method returns.
struct dk_call {
  uint32_t size;
  uint32_t metadata_count;
  const dk_image *image; ///< what to read

  /// When the call must have ended, by CLOCK_MONOTONIC; INT64_MAX for never. A worker that passes
  /// it is killed.
  int64_t deadline_ns;

  /// Not 0: nobody waits any more; return DK_CANCELLED.
  const volatile uint32_t *cancelled;

  const dk_metadata *metadata;
  uint64_t metadata_stride;
  const dk_method *method; ///< which of the plugin's methods this is

  /// Appends `count` zeroed rows of a type that the method declared to write, and returns the
  /// first; the others follow it. Sets `*first` (unless NULL) to a reference to it. The
  /// rows belong to the host and stay where they are until the method returns or flushes.
  /// Returns NULL when the quota is reached or the type was not declared; the call has
  /// then failed, whatever the method returns.
  /// [call]
  void *(*append)(dk_call *call, uint32_t type, uint32_t count, dk_ref *first);

  /// Copies text or bytes into the pool. Returns an absent string when the quota is
  /// reached; the call has then failed. Text must be UTF-8.
  /// [call]
  dk_str (*intern)(dk_call *call, const char *bytes, uint32_t len);

  /// Hands over the rows and strings so far and waits until the receiver has taken them. Their
  /// memory may no longer be touched. Indices go on counting and references to the rows stay
  /// good, but a later row may only use strings of the image or interned since. Returns
  /// DK_OK, or the status to return at once, such as DK_CANCELLED.
  /// [call]
  dk_status (*flush)(dk_call *call);

  /// Memory for the length of the call, zeroed, aligned to 16 bytes. Returns NULL when the
  /// quota is reached; the call has then failed.
  /// [call]
  void *(*scratch)(dk_call *call, uint64_t size);

  /// Says why the call fails, in one sentence of UTF-8 for a person: at most 1024 bytes, where control
  /// characters become spaces. Returns `code`, so that
  /// `return call->fail(call, DK_NOT_FOUND, …)` ends the method. The first message counts.
  /// [call]
  dk_status (*fail)(dk_call *call, dk_status code, const char *message, uint32_t len);

  /// Tells how far the call is, as `done` of `total`. Cheap enough for every document.
  /// [call]
  void (*progress)(dk_call *call, uint64_t done, uint64_t total);

  /// Sends a trailer to the client behind the rows, when the call goes well. `name` ends with NUL: a–z,
  /// 0–9, `-`, `_`, `.`, not beginning with "grpc-" or "duikou-". The value is printable ASCII, or any
  /// bytes where the name ends with "-bin". All of a call take at most 4096 bytes, 8 for each included.
  /// Returns DK_OK, or what the call has then failed with.
  /// [call]
  dk_status (*trailer)(dk_call *call, const char *name, const char *value, uint32_t len);
};

/// One method. All pointers are constant for as long as the library is loaded.
struct dk_method {
  const char *name; ///< UpperCamelCase; in lower case it is a report's format
  const char *doc; ///< one sentence

  /// What a report writes, eg: "text/markdown; charset=utf-8"; what a reader takes, separated by
  /// spaces; otherwise NULL.
  const char *media;

  uint32_t role; ///< DK_EXTRACTOR and so on
  uint32_t flags; ///< DK_PURE and so on
  uint32_t concurrency; ///< how many calls may run at once; 0 for any number
  uint32_t use_count;
  const dk_use *uses;
  uint64_t use_stride;

  /// Does the work. `self` is what `create` made. Returns DK_OK or a status; a failed call's
  /// rows are dropped. Must return soon after the cancel word is set.
  /// [as many threads as `concurrency` says]
  dk_status (*invoke)(void *self, dk_call *call);

  /// What a client sends and gets, by gRPC: one row of a type that is among the uses (when
  /// streaming, a row a message of the response), or with 0 all tables that the method reads or
  /// writes.
  uint32_t request, response;

  /// What is called instead of `invoke`, which is then NULL, by a custom method without uses. It sets
  /// request and response itself.
  const dk_function *function;
};

enum { ///< flags of methods
  DK_PURE = 1, ///< the same image gives the same rows: its results may be kept
  DK_STREAMING = 2, ///< it flushes
  /// It takes many documents in an image. A row is of the one it names, else of its
  /// evidence's, and points into no other.
  DK_BATCHED = 4
};

/// The plugin. Constant for as long as the library is loaded.
typedef struct dk_plugin {
  uint32_t size;
  uint32_t abi_built; ///< DK_ABI_MINOR of the headers it was built with; information
  uint32_t abi_needed; ///< the lowest minor it can work with; a host below refuses it
  uint32_t config; ///< id of the row type of its configuration; 0 for none
  const char *id; ///< reverse DNS, eg: "cn.example.stays"; "duikou" is reserved
  const char *version; ///< semantic version, eg: "1.2.0"
  const char *doc; ///< one sentence: what it is for
  const dk_type *types; ///< row types that it brings along
  uint32_t type_count, type_stride;
  const dk_method *methods;
  uint32_t method_count, method_stride;

  /// Makes what `invoke` gets as `self`; NULL when there is nothing to make. `config` holds
  /// one row of the plugin's configuration type, in which what the operator has not set is absent, or is
  /// NULL when the plugin has none; it is lent for this call. May do I/O and start threads. On failure the plugin is not used, and `destroy` not called.
  /// [setup]
  dk_status (*create)(const dk_host *host, const dk_image *config, void **self);

  /// Frees what `create` made, after the last call has returned. NULL when there is nothing to free.
  /// A worker that is killed never gets here.
  /// [setup]
  void (*destroy)(void *self);
} dk_plugin;

/// The one exported symbol; its suffix is the ABI's major. Returns the plugin, or NULL when it
/// cannot work with this host. Does no I/O, starts no thread, may be called more than once.
/// [setup]
DK_EXPORT const dk_plugin *duikou_plugin_v1(const dk_host *host);

/// Lets a host recognise the library by reading its file, before anything in it is run; a file without
/// it is not a plugin. Write `DK_NOTE("cn.example.stays", "1.2.0");` once, outside of functions, with
/// the id and version of `dk_plugin` as literals. It is an ELF note of section .note.duikou: owner "Duikou",
/// type 1, with the ABI's major and minor in two bytes each, the id and the version, each with a NUL.
#define DK_NOTE(id, version)           DK_NOTE_AT(id, version, DK_ABI_MINOR)
#define DK_NOTE_AT(id, version, minor) DK_NOTE_(id, version, minor)
#define DK_NOTE_(id, version, minor)                                                     \
  __asm__(".pushsection .note.duikou,\"a\",%note\n"                                      \
          ".balign 4\n.long 7, 4f - 3f, 1\n.asciz \"Duikou\"\n.balign 4\n"               \
          "3: .short 1, " #minor "\n.asciz \"" id "\"\n.asciz \"" version "\"\n"         \
          "4: .balign 4\n.popsection\n")

/// How much of each struct existed when major 1 began: a smaller `size` or stride is refused.
#define DK_PLUGIN_SIZE_V1 88u
#define DK_METHOD_SIZE_V1 80u
#define DK_USE_SIZE_V1    16u
#define DK_TYPE_SIZE_V1   40u
#define DK_FIELD_SIZE_V1  64u
#define DK_VALUE_SIZE_V1  24u
#define DK_CALL_SIZE_V1   112u
#define DK_HOST_SIZE_V1   32u

DK_ASSERT(sizeof(dk_host) == DK_HOST_SIZE_V1, "host");
DK_ASSERT(sizeof(dk_use) == DK_USE_SIZE_V1, "use");
DK_ASSERT(sizeof(dk_call) == DK_CALL_SIZE_V1 && offsetof(dk_call, append) == 56, "call");
DK_ASSERT(sizeof(dk_method) == DK_METHOD_SIZE_V1 && offsetof(dk_method, invoke) == 56 &&
              offsetof(dk_method, function) == 72,
          "method");
DK_ASSERT(sizeof(dk_plugin) == DK_PLUGIN_SIZE_V1 && offsetof(dk_plugin, create) == 72,
          "plugin");

/// Whether nobody waits for the call any more. Look often: every document, every page. [call]
static inline int dk_cancelled(const dk_call *call) {
  return *call->cancelled != 0;
}

#ifdef __cplusplus
}
#endif

#endif
