/// Looking for words in a text, byte by byte: what the standard library does for all of Unicode takes a
/// hundred times as long, and is asked hundreds of times for each message.
extension String {
  /// Whether `words` stand anywhere in the text, the very same bytes.
  func contains(_ words: String) -> Bool {
    let found = unsafe utf8.withContiguousStorageIfAvailable { text in
      unsafe words.utf8.withContiguousStorageIfAvailable { unsafe String.occurs($0, in: text) }
    }
    return (found ?? nil) ?? false
  }

  private static func occurs(
    _ words: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let first = unsafe words.first else { return true }
    var i = 0
    while i + words.count <= text.count {
      if unsafe text[i] == first {
        var k = 1
        while k < words.count, unsafe text[i + k] == words[k] { k += 1 }
        if k == words.count { return true }
      }
      i += 1
    }
    return false
  }
}
