import Glibc

/// The names of the signals that end a worker.
enum SignalNames {
  static func name(_ signal: Int) -> String {
    names[signal] ?? "signal \(signal)"
  }

  private static let names = [
    Int(SIGABRT): "SIGABRT", Int(SIGBUS): "SIGBUS", Int(SIGFPE): "SIGFPE", Int(SIGILL): "SIGILL",
    Int(SIGKILL): "SIGKILL", Int(SIGSEGV): "SIGSEGV", Int(SIGSYS): "SIGSYS",
    Int(SIGTERM): "SIGTERM", Int(SIGTRAP): "SIGTRAP", Int(SIGXCPU): "SIGXCPU",
    Int(SIGPIPE): "SIGPIPE",
  ]
}
