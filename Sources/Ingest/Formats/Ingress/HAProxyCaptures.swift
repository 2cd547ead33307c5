internal import ByteScan
internal import Evidence

/// HAProxy's captured headers, `{a|b}` for the request and `{c}` for the response, whose names the
/// line does not give: values are recognised by their shape. Special bytes are written `#XX`.
///
/// May not keep what it does not recognise, nor any credential.
struct HAProxyCaptures {
  private var blocks = (Extent.none, Extent.none)

  /// Reads the blocks at `i` and moves it to the request.
  init(_ s: Span<UInt8>, _ i: inout Int, _ to: Int) {
    blocks.0 = HAProxyCaptures.block(s, &i, to)
    if blocks.0.to > 0 { blocks.1 = HAProxyCaptures.block(s, &i, to) }
  }

  private static func block(_ s: Span<UInt8>, _ i: inout Int, _ to: Int) -> Extent {
    guard i < to, s[i] == UInt8(ascii: "{") else { return .none }
    // Captures may hold braces only as `#7B`; the block ends at `} `.
    let end = Bytes.find("} ", s, i, to)
    guard end >= 0 else { return .none }
    let block = Extent(i + 1, end)
    i = end + 2
    return block
  }

  func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    fill(&request, s, blocks.0, &sink)
    fill(&request, s, blocks.1, &sink)
  }

  private func fill(
    _ request: inout Request, _ s: Span<UInt8>, _ block: Extent, _ sink: inout Sink
  ) {
    var i = block.from
    while i < block.to {
      let bar = Bytes.find(UInt8(ascii: "|"), s, i, block.to)
      let end = bar < 0 ? block.to : bar
      if end - i > 1 { take(&request, s, i, end, &sink) }
      i = end + 1
    }
  }

  private func take(
    _ request: inout Request, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ sink: inout Sink
  ) {
    if Challenge.isScheme(s, from, to) {
      if Challenge.isChallenge(s, from, to, status: request.status) {
        let plain = HAProxyCaptures.decoded(s, from, to)
        request.challenge = sink.internMasked(plain.span, 0, plain.count)
      } else {
        request.authorization = .present
      }
    } else if to - from >= 52, Bytes.has("00-", s, from, to) {
      request.traceID = sink.internTrace(s, from, to)
    } else if HAProxyCaptures.isIdentifier(s, from, to) {
      request.requestID = sink.intern(s, from, to)
    } else if HAProxyCaptures.isAgent(s, from, to) {
      let plain = HAProxyCaptures.decoded(s, from, to)
      request.userAgent = sink.internMasked(plain.span, 0, plain.count)
    } else if request.host.isNone, HAProxyCaptures.isHost(s, from, to) {
      request.host = sink.intern(s, from, to)
    }
  }

  /// 32 hex digits, or a UUID.
  private static func isIdentifier(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from == 32 || to - from == 36 else { return false }
    if to - from == 32 {
      return (0..<4).allSatisfy { Bytes.isHex(Bytes.word(s, from + $0 * 8)) }
    }
    for i in from..<to {
      let c = s[i]
      let isHex = Bytes.isDigit(c) || c >= 97 && c <= 102 || c >= 65 && c <= 70
      if !isHex, c != UInt8(ascii: "-") { return false }
    }
    return true
  }

  /// `product/1.2…` (RFC 9110 §10.1.5).
  private static func isAgent(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let slash = Bytes.find(UInt8(ascii: "/"), s, from, min(to, from + 48))
    guard slash > from, slash + 1 < to, Bytes.isDigit(s[slash + 1]) else { return false }
    for i in from..<slash where s[i] <= 32 || s[i] == UInt8(ascii: ":") { return false }
    return true
  }

  /// A name with a dot and letters, perhaps with a port.
  private static func isHost(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var hasDot = false
    var hasLetter = false
    for i in from..<to {
      let c = s[i]
      switch c {
      case UInt8(ascii: "."): hasDot = i > from
      case 48...57, UInt8(ascii: "-"), UInt8(ascii: ":"): continue
      case 65...90, 97...122: hasLetter = true
      default: return false
      }
    }
    return hasDot && hasLetter
  }

  /// `#22` → `"`.
  private static func decoded(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt8] {
    Challenge.decoded(s, from, to, escape: "#")
  }
}
