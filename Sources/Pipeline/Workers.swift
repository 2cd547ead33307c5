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
      if let thread = start(Task(index, body)) {
        started.append(thread)
      } else {
        left.append(index)
      }
    }
    body(0)
    for index in left { body(index) }
    for thread in started { _ = pthread_join(thread, nil) }
  }

  /// Runs `body` at the same time and waits for nothing: it may block for good in a read. `false` when
  /// the system gives no thread.
  package static func detach(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = start(Task(0) { _ in body() }) else { return false }
    _ = pthread_detach(thread)
    return true
  }

  private static func start(_ task: Task) -> pthread_t? {
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let held = unsafe Unmanaged.passRetained(task)
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
      }, held.toOpaque())
    guard code == 0 else {
      unsafe held.release()
      return nil
    }
    return thread
  }
}
