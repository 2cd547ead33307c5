internal import ByteScan

/// Finds one parameter of a request target's query.
enum QueryValue {
  /// The value of `name` (which ends in `=`), still percent-encoded; empty when absent.
  static func find(_ name: StaticString, _ s: Span<UInt8>, _ from: Int, _ to: Int) -> Extent {
    let query = Bytes.find(UInt8(ascii: "?"), s, from, to)
    guard query >= 0 else { return .none }
    var i = query + 1
    while i < to {
      let end = {
        let e = Bytes.find(UInt8(ascii: "&"), s, i, to); return e < 0 ? to : e
      }()
      if Bytes.has(name, s, i, end) { return Extent(i + name.utf8CodeUnitCount, end) }
      i = end + 1
    }
    return .none
  }
}
