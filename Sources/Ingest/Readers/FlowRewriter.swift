/// Makes other bytes of a text, piece by piece.
protocol FlowRewriter {
  /// Appends to `out` what becomes of `s`, the next bytes of the text: how many of them it took. The others are given
  /// again, with more behind them or, at the end of the text, with `isLast`.
  mutating func rewrite(_ s: Span<UInt8>, isLast: Bool, into out: inout [UInt8]) -> Int

  /// What was wrong with the end of the text; ready to print.
  var fault: String? { get }
}

extension FlowRewriter {
  var fault: String? { nil }
}

extension Flow {
  /// What a rewriter makes of these bytes.
  func rewritten(by rewriter: some FlowRewriter) -> Flow {
    let rewriting = Rewriting(self, rewriter)
    return Flow(
      fault: { self.fault ?? rewriting.rewriter.fault },
      pull: { rewriting.read(into: &$0, at: $1) })
  }
}

private final class Rewriting<Rewriter: FlowRewriter> {
  private let source: Flow
  private(set) var rewriter: Rewriter
  private var input: [UInt8] = []
  private var isAtEnd = false
  private var out: [UInt8] = []
  private var given = 0

  init(_ source: Flow, _ rewriter: Rewriter) {
    self.source = source
    self.rewriter = rewriter
  }

  func read(into buffer: inout [UInt8], at: Int) -> Int {
    while given == out.count {
      guard !isAtEnd else { return 0 }
      fill()
    }
    let count = min(out.count - given, buffer.count - at)
    let from = given
    buffer.replaceSubrange(at..<at + count, with: out[from..<from + count])
    given += count
    return count
  }

  private func fill() {
    // Spans lend from locals alone.
    var held: [UInt8] = []
    swap(&held, &input)
    let count = held.count
    held.append(contentsOf: repeatElement(0, count: 256 << 10))
    let got = source.read(into: &held, at: count)
    held.removeSubrange((count + got)...)
    isAtEnd = got == 0
    given = 0
    out.removeAll(keepingCapacity: true)
    let taken = rewriter.rewrite(held.span, isLast: isAtEnd, into: &out)
    held.removeSubrange(..<taken)
    swap(&held, &input)
  }
}
