#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What the process stands on: environment, terminal, files. Reads only.
enum Terminal {
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// Columns of the terminal on standard output; COLUMNS overrides; 80 elsewhere.
  static var width: Int {
    if let given = environment("COLUMNS").flatMap({ Int($0) }), given > 0 { return given }
    var size = winsize()
    guard isTerminal(1), unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// https://no-color.org: set and not empty means no colours, unless asked for.
  static func wantsColor(_ option: String?) -> Bool {
    switch option {
    case "always": true
    case "never": false
    default:
      isTerminal(1) && (environment("NO_COLOR") ?? "").isEmpty
        && !["dumb", "", nil].contains(environment("TERM"))
    }
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whoever read standard output went away.
  static var isOutputGone: Bool {
    var output = pollfd(fd: 1, events: 0, revents: 0)
    return unsafe poll(&output, 1, 0) > 0 && Int32(output.revents) & Int32(POLLERR | POLLNVAL) != 0
  }

  /// Standard input is a pipe, a file or a socket: somebody hands something in.
  static var isFed: Bool {
    var info = stat()
    guard unsafe fstat(0, &info) == 0 else { return false }
    let kind = info.st_mode & S_IFMT
    return kind == S_IFIFO || kind == S_IFREG || kind == S_IFSOCK
  }
}
