import DuikouModel
import TestSupport
import Testing

/// A hostile plugin: a few lines of C that try one thing, and how the host must come out of it.
struct Specimen: Sendable, CustomTestStringConvertible {
  var name: String
  /// The codes that the call may end with.
  var codes: [StatusCode]
  /// A word of the reason; empty for any.
  var word: String
  /// What stands before the method.
  var before = ""
  /// The method's body. `CONTAINED` ends it where the attempt was refused; falling off its end
  /// means that the attempt has succeeded.
  var body: String
  /// What stands in the description besides.
  var plugin = ""

  var testDescription: String { name }

  /// An attempt that fails in the plugin itself: an expression that is true where it was refused.
  /// Without a sandbox it would be false; where the system would refuse it too, for another reason,
  /// `errno` tells which it was.
  static func refused(
    _ name: String, _ expression: String, with errno: String = "", before: String = ""
  ) -> Specimen {
    let reason = errno.isEmpty ? "" : " && errno == \(errno)"
    return Specimen(
      name: name, codes: [.permissionDenied], word: "contained", before: before,
      body: "if (\(expression)\(reason)) CONTAINED; return DK_OK;")
  }

  /// A call of the system for which the worker is ended.
  static func trapped(_ name: String, _ statement: String) -> Specimen {
    Specimen(
      name: name, codes: [.unavailable], word: "forbidden system call",
      body: "\(statement); return DK_OK;")
  }

  /// A crash in the method.
  static func crash(
    _ name: String, _ signals: String, before: String = "", _ body: String
  ) -> Specimen {
    Specimen(
      name: name, codes: [.unavailable], word: signals, before: before,
      body: "\(body); return DK_OK;")
  }

  /// A call that does not end by itself.
  static func hang(_ name: String, before: String = "", _ body: String) -> Specimen {
    Specimen(
      name: name, codes: [.deadlineExceeded], word: "", before: before,
      body: "\(body); return DK_OK;")
  }

  /// Rows that cannot be right; `place` is the first one.
  static func lie(_ name: String, _ statement: String) -> Specimen {
    Specimen(
      name: name, codes: [.dataLoss], word: "",
      body: """
        dk_place *place = call->append(call, DK_PLACE, 1, NULL);
        if (!place) return DK_INTERNAL;
        \(statement);
        return DK_OK;
        """)
  }

  /// Compiles it; a hostile author minds no warnings.
  func compile(in folder: TemporaryFolder, named file: String) throws -> String {
    let source = CompiledPlugin.source(
      id: "cn.example.specimen", before: Self.headers + before, body: body, plugin: plugin)
    let path = try folder.write("\(file).c", source.utf8)
    let library = "\(folder.path)/\(file).so"
    try Program.check(
      "/usr/bin/cc",
      [
        "-std=gnu11", "-D_GNU_SOURCE", "-w", "-O0", "-fno-stack-protector", "-shared", "-fPIC",
        "-pthread", "-fvisibility=hidden", "-I\(Repository.root)/include", path, "-o", library,
      ])
    return library
  }

  private static let headers = """
    #include <dirent.h>
    #include <dlfcn.h>
    #include <errno.h>
    #include <fcntl.h>
    #include <pthread.h>
    #include <sched.h>
    #include <signal.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <sys/ioctl.h>
    #include <sys/mman.h>
    #include <sys/prctl.h>
    #include <sys/ptrace.h>
    #include <sys/resource.h>
    #include <sys/socket.h>
    #include <sys/stat.h>
    #include <sys/syscall.h>
    #include <sys/uio.h>
    #include <sys/un.h>
    #include <netinet/in.h>
    #include <arpa/inet.h>
    #include <unistd.h>
    #define CONTAINED return call->fail(call, DK_PERMISSION_DENIED, "contained", 9)

    """
}
