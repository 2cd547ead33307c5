#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Synchronization

private let interruptions = Atomic<Int>(0)

/// Ctrl-C: the first asks for the report so far, the second ends at once.
enum Interruption {
  static var isWanted: Bool { interruptions.load(ordering: .relaxed) > 0 }

  /// Also makes a vanished reader an error of `write` instead of a death (SIGPIPE).
  static func watch() {
    _ = signal(SIGPIPE, SIG_IGN)
    // A parent may have blocked them for itself; what it starts would inherit that.
    var wanted = sigset_t()
    _ = unsafe sigemptyset(&wanted)
    for number in [SIGINT, SIGTERM, SIGHUP] { _ = unsafe sigaddset(&wanted, number) }
    _ = unsafe sigprocmask(SIG_UNBLOCK, &wanted, nil)
    var action = sigaction()
    #if canImport(Glibc)
      unsafe action.__sigaction_handler.sa_handler = { _ in Interruption.signalled() }
    #else
      unsafe action.__sigaction_u.__sa_handler = { _ in Interruption.signalled() }
    #endif
    // No SA_RESTART: a blocked read returns, so that the report comes at once.
    _ = unsafe sigaction(SIGINT, &action, nil)
    _ = unsafe sigaction(SIGTERM, &action, nil)
    // A terminal that is closed asks for the report, too; `nohup` does not.
    let before = signal(SIGHUP, SIG_IGN)
    let isIgnored =
      unsafe unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    if !isIgnored {
      _ = unsafe sigaction(SIGHUP, &action, nil)
    }
  }

  /// Runs in a signal handler: an atomic and `_exit`, nothing else.
  private static func signalled() {
    if interruptions.add(1, ordering: .relaxed).newValue > 1 {
      _exit(ExitStatus.interrupted.rawValue)
    }
  }
}
