internal import ByteScan
internal import Evidence

/// Fields of requests whose texts mostly repeat, numbered behind those of events (`EventKey`).
enum RequestField: Int {
  case method = 32
  case service, detail, userAgent
}

/// What a field held before; other texts are told from it without a look at the table of texts, and so are equal
/// ones that are short.
struct FieldText: Sendable, BitwiseCopyable, Equatable {
  private var length = 0
  /// The first and the last eight bytes.
  private var head: UInt64 = 0
  private var tail: UInt64 = 0

  init() {}

  /// Of `s[from..<to]`, which is there and not empty.
  @inline(__always)
  init(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    length = to &- from
    if length >= 8 {
      head = Bytes.word(s, from)
      tail = Bytes.word(s, to &- 8)
    } else {
      for i in from..<to { head = head &<< 8 | UInt64(s[i]) }
    }
  }

  /// Two texts of which this is equal are equal.
  var isWhole: Bool { length <= 16 }

  /// One of `FieldTexts.perField` numbers.
  var place: Int {
    Int(truncatingIfNeeded: ((head ^ tail &* 31) &* 0x9e37_79b9_7f4a_7c15) &>> 61)
  }
}

/// The texts that fields held last, some for each field.
struct FieldTexts: Sendable {
  static let perField = 8
  /// Of the table in which the symbols are.
  private var table: UInt64 = 0
  private var held: [Held] = []

  private struct Held: Sendable, BitwiseCopyable {
    var text = FieldText()
    var symbol = Symbol.none
  }

  /// The symbol of a text of `s[from..<to]` in a field, if it is known to be that of one before.
  @inline(__always)
  func symbol(
    _ text: FieldText, field: Int, _ table: borrowing SymbolTable, _ s: Span<UInt8>, _ from: Int,
    _ to: Int
  ) -> Symbol? {
    let place = field &* FieldTexts.perField &+ text.place
    guard place < held.count, held[place].text == text else { return nil }
    let symbol = held[place].symbol
    return text.isWhole || table.stands(symbol, for: s, from, to) ? symbol : nil
  }

  mutating func note(_ text: FieldText, field: Int, _ symbol: Symbol) {
    // A table of texts that is full knows no more of them.
    guard !symbol.isNone else { return }
    let place = field &* FieldTexts.perField &+ text.place
    while held.count <= place { held.append(Held()) }
    held[place] = Held(text: text, symbol: symbol)
  }

  /// Forgets the symbols of another table.
  @inline(__always)
  mutating func turn(to table: borrowing SymbolTable) {
    guard self.table != table.mark else { return }
    self.table = table.mark
    held.removeAll(keepingCapacity: true)
  }
}

/// The text of a field that is to be interned with those of others: `s[from..<to]` is there and not empty.
struct WantedText: Sendable, BitwiseCopyable {
  /// -1: of no field that holds a text again.
  var field: Int
  var from: Int
  var to: Int
  var symbol = Symbol.none
  fileprivate var text = FieldText()
  /// Its place among those that are looked up; -1: its field held it before.
  fileprivate var lookup = -1

  init(field: Int, _ from: Int, _ to: Int) {
    self.field = field
    self.from = from
    self.to = to
  }
}

extension Sink {
  /// `intern` for a field that mostly holds what it held in some line before: `field` numbers it.
  mutating func intern(_ s: Span<UInt8>, _ from: Int, _ to: Int, again field: Int) -> Symbol {
    guard from >= 0, from < to, to <= s.count else { return .none }
    let text = FieldText(s, from, to)
    latest.turn(to: observations.symbols)
    if let known = latest.symbol(text, field: field, observations.symbols, s, from, to) {
      return known
    }
    let symbol = observations.symbols.intern(s, from, to)
    latest.note(text, field: field, symbol)
    return symbol
  }

  /// The same for several fields of some lines; their symbols are `wanted[...].symbol` then.
  mutating func intern(_ s: Span<UInt8>, _ wanted: inout [WantedText]) {
    latest.turn(to: observations.symbols)
    lookups.removeAll(keepingCapacity: true)
    var wanted = wanted.mutableSpan
    for i in wanted.indices {
      let (field, from, to) = (wanted[i].field, wanted[i].from, wanted[i].to)
      if field >= 0 {
        let text = FieldText(s, from, to)
        if let known = latest.symbol(text, field: field, observations.symbols, s, from, to) {
          wanted[i].symbol = known
          continue
        }
        wanted[i].text = text
      }
      wanted[i].lookup = lookups.count
      lookups.append(SymbolTable.Wanted(from: from, to: to))
    }
    observations.symbols.intern(s, &lookups)
    for i in wanted.indices where wanted[i].lookup >= 0 {
      let one = wanted[i]
      wanted[i].symbol = lookups[one.lookup].symbol
      if one.field >= 0 { latest.note(one.text, field: one.field, wanted[i].symbol) }
    }
  }

  /// A buffer for what is wanted, empty; give it back.
  mutating func takeWantedTexts() -> [WantedText] {
    var wanted: [WantedText] = []
    swap(&wanted, &wantedTexts)
    wanted.removeAll(keepingCapacity: true)
    return wanted
  }

  mutating func giveBack(_ wanted: inout [WantedText]) { swap(&wanted, &wantedTexts) }
}
