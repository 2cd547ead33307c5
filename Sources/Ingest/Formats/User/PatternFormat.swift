internal import ByteScan
internal import Evidence

/// A log format given as the pattern that a server writes it by (`--log-format`): compiled once
/// into texts and fields, read from left to right. A field ends where the text after it begins.
package struct PatternFormat: Sendable {
  enum Piece: Sendable {
    case text([UInt8])
    case field(PatternField)
  }

  /// The stamp is the start of the request.
  var stampsStart: Bool
  private let pieces: [Piece]
  /// By piece: the byte at which the field ends, when a single one tells; else 0.
  private let stops: [UInt8]

  /// `nil` when the pattern has no field that a request is known by.
  init?(_ pieces: [Piece], stampsStart: Bool) {
    var merged: [Piece] = []
    for piece in pieces {
      if case .text(let more) = piece, case .text(let text)? = merged.last {
        merged[merged.count - 1] = .text(text + more)
      } else {
        merged.append(piece)
      }
    }
    guard
      merged.contains(where: {
        if case .field(let field) = $0 { field == .status } else { false }
      })
    else { return nil }
    self.pieces = merged
    self.stampsStart = stampsStart
    stops = merged.indices.map { i in
      if i + 1 < merged.count, case .text(let text) = merged[i + 1] { text.first ?? 0 } else { 0 }
    }
  }

  /// Reads a line; `nil` when it is not written by this pattern.
  func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ hop: Hop, _ context: LineContext,
    _ sink: inout Sink
  ) -> ReadLine? {
    var found = PatternLine()
    var at = from
    for (i, piece) in pieces.enumerated() {
      switch piece {
      case .text(let text):
        guard at + text.count <= to else { return nil }
        for k in text.indices where s[at + k] != text[k] { return nil }
        at += text.count
      case .field(let field):
        guard let end = end(i, field, s, at, to), found.take(field, s, at, end) else { return nil }
        at = end
      }
    }
    guard at >= to || Bytes.skipBlanks(s, at, to) >= to, found.status >= 0 else { return nil }
    return found.add(stampsStart, hop, s, context, &sink)
  }

  /// Where the field that begins at `at` ends.
  private func end(_ i: Int, _ field: PatternField, _ s: Span<UInt8>, _ at: Int, _ to: Int) -> Int?
  {
    guard i + 1 < pieces.count else { return to }
    guard case .text(let text) = pieces[i + 1] else {
      // Two fields without anything between: the first one takes a word.
      return Quoted.wordEnd(s, at, to)
    }
    if field == .commonTimeInBrackets {
      let close = Bytes.find(UInt8(ascii: "]"), s, at, to)
      return close < 0 ? nil : close + 1
    }
    let stop = stops[i]
    if stop == UInt8(ascii: "\"") {
      let quote = Quoted.end(s, at, to)
      return quote < 0 ? nil : quote
    }
    var from = at
    while true {
      let place = Bytes.find(stop, s, from, to)
      guard place >= 0 else { return nil }
      if text.count == 1 { return place }
      if place + text.count <= to {
        var k = 1
        while k < text.count, s[place + k] == text[k] { k += 1 }
        if k == text.count { return place }
      }
      from = place + 1
    }
  }
}
