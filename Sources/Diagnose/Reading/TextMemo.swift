internal import Evidence

/// What is asked of texts that come again and again: each is looked at once.
struct TextMemo<Value> {
  private var places = Numbering()
  private var values: [Value] = []

  /// The value of a text, which `find` gives where it is new.
  mutating func value(of symbol: Symbol, _ find: (Symbol) -> Value) -> Value {
    let place = Int(places.number(of: UInt64(symbol.index)))
    if place == values.count { values.append(find(symbol)) }
    return values[place]
  }
}
