internal import ByteScan
internal import Evidence

extension StructuredFields {
  /// Puts the error that a browser brought back from a login, in the record's own address, behind a text that nobody
  /// knows: `The requested uri(/code) cannot be processed`.
  func addAnswer(_ s: Span<UInt8>, _ path: JSONValue, to text: inout [UInt8]) {
    let query = Bytes.find(UInt8(ascii: "?"), s, path.start, path.end)
    guard query >= 0, level >= .warn || level == .unknown,
      LoginCallback.isAnswer(s, path: path.start..<query, query: query + 1..<path.end)
    else { return }
    let words = LoginCallback.error(s, query: query + 1..<path.end)
    guard !words.isEmpty,
      MessageReader.judge(text.span, 0, text.count, level: level, voice: .others)?.row == nil
    else { return }
    if !text.isEmpty { text.append(contentsOf: [UInt8(ascii: ":"), 32]) }
    text.append(contentsOf: words)
  }
}
