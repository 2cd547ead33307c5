internal import ByteScan
internal import Evidence

/// What a field held last; other texts are told from it without a look at the table of texts.
struct FieldText: Sendable, BitwiseCopyable {
  var symbol = Symbol.none
  var ends: UInt64 = 0

  /// The first and the last bytes of a text, mixed. `s[from..<to]` is there and not empty.
  @inline(__always)
  static func ends(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> UInt64 {
    if to &- from >= 8 { return Bytes.word(s, from) &* 31 ^ Bytes.word(s, to &- 8) }
    var word: UInt64 = 0
    for i in from..<to { word = word &<< 8 | UInt64(s[i]) }
    return word
  }
}

/// The text of a field that is to be interned with those of others: `s[from..<to]` is there and not empty.
struct WantedText: Sendable, BitwiseCopyable {
  var field: Int
  var from: Int
  var to: Int
  var symbol = Symbol.none
  var ends: UInt64 = 0
  /// Its place among those that are looked up; -1: it is what its field held last.
  var lookup = -1

  init(field: Int, _ from: Int, _ to: Int) {
    self.field = field
    self.from = from
    self.to = to
  }
}
