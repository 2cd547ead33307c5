/// Where the host begins in the authority of a URL.
package enum URLHost {
  /// Behind the user info (`user:password@`), which is no part of it.
  package static func start(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var i = to
    while i > from {
      i -= 1
      if s[i] == UInt8(ascii: "@") { return i + 1 }
    }
    return from
  }
}
