internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Plain threads: reading blocks, so it may not take a thread from a shared pool.
package enum Workers {
  /// Processors this process may use.
  package static let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  private final class Task: Sendable {
    let index: Int
    let body: @Sendable (Int) -> Void
    init(_ index: Int, _ body: @escaping @Sendable (Int) -> Void) {
      self.index = index
      self.body = body
    }
  }

  /// Runs `body(0) … body(count - 1)` at the same time and waits for all. Runs those on this thread for
  /// which the system gives none.
  package static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    guard count > 1 else {
      if count == 1 { body(0) }
      return
    }
    var started: [pthread_t] = []
    var left: [Int] = []
    for index in 1..<count {
      #if canImport(Darwin)
        var thread: pthread_t?
      #else
        var thread = pthread_t()
      #endif
      let task = unsafe Unmanaged.passRetained(Task(index, body))
      let code = unsafe pthread_create(
        &thread, nil,
        { argument in
          #if canImport(Darwin)
            let task = unsafe Unmanaged<Task>.fromOpaque(argument).takeRetainedValue()
          #else
            guard let argument = unsafe argument else { return nil }
            let task = unsafe Unmanaged<Task>.fromOpaque(argument).takeRetainedValue()
          #endif
          task.body(task.index)
          return nil
        }, task.toOpaque())
      if code == 0 {
        #if canImport(Darwin)
          if let thread = unsafe thread { unsafe started.append(thread) }
        #else
          started.append(thread)
        #endif
      } else {
        unsafe task.release()
        left.append(index)
      }
    }
    body(0)
    for index in left { body(index) }
    for thread in started { _ = pthread_join(thread, nil) }
  }
}
