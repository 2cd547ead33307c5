package import Evidence

/// Writes JSON (RFC 8259) piece by piece into an `Output`, members in the order of the calls.
///
/// Strings from inputs go through `Neutral` first. Knows nothing of reports.
package struct JSONWriter {
  package var out: Output
  private let isPretty: Bool
  /// One entry per open container: `true` once it has a member.
  private var open: [Bool] = []
  private var afterKey = false

  /// Lends `out` to `body`. Pretty means two spaces a level; otherwise all on one line.
  package static func write(
    to out: inout Output, isPretty: Bool = false, _ body: (inout JSONWriter) -> Void
  ) {
    var json = JSONWriter(out: Output(), isPretty: isPretty)
    swap(&json.out, &out)
    body(&json)
    swap(&json.out, &out)
  }

  private init(out: Output, isPretty: Bool) {
    self.out = out
    self.isPretty = isPretty
  }

  // MARK: Structure

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    enter(UInt8(ascii: "{"))
    body(&self)
    leave(UInt8(ascii: "}"))
  }
  package mutating func object(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(body)
  }
  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    enter(UInt8(ascii: "["))
    body(&self)
    leave(UInt8(ascii: "]"))
  }
  package mutating func array(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    array(body)
  }

  package mutating func key(_ name: StaticString) {
    separate()
    out.append(UInt8(ascii: "\""))
    out.append(name)
    out.append(isPretty ? "\": " : "\":")
    afterKey = true
  }
  /// A key that is not known beforehand.
  package mutating func key(text name: String) {
    separate()
    quote(Neutral.text(name))
    out.append(isPretty ? ": " : ":")
    afterKey = true
  }

  // MARK: Values

  package mutating func string(_ text: String) {
    separate()
    quote(Neutral.text(text))
  }
  package mutating func string(bytes: ArraySlice<UInt8>) {
    string(harmless: Neutral.isPlain(bytes) ? bytes : Neutral.bytes(bytes)[...])
  }
  /// Bytes that went through `Neutral` before.
  mutating func string(harmless bytes: ArraySlice<UInt8>) {
    separate()
    out.append(UInt8(ascii: "\""))
    escape(bytes)
    out.append(UInt8(ascii: "\""))
  }
  package mutating func string(_ key: StaticString, _ text: String) {
    self.key(key)
    string(text)
  }
  /// An empty text is written as `null`.
  package mutating func optional(_ key: StaticString, _ text: String) {
    self.key(key)
    if text.isEmpty { null() } else { string(text) }
  }
  package mutating func optional(_ key: StaticString, bytes: ArraySlice<UInt8>) {
    self.key(key)
    if bytes.isEmpty { null() } else { string(bytes: bytes) }
  }
  package mutating func strings(_ key: StaticString, _ texts: [String]) {
    array(key) { json in for text in texts { json.string(text) } }
  }
  package mutating func int(_ value: Int) {
    separate()
    out.append(decimal: value)
  }
  package mutating func int(_ key: StaticString, _ value: Int) {
    self.key(key)
    int(value)
  }
  package mutating func bool(_ key: StaticString, _ value: Bool) {
    self.key(key)
    separate()
    out.append(value ? "true" : "false")
  }
  /// A number of moderate size with at most six decimals.
  mutating func decimal(_ key: StaticString, _ value: Double) {
    self.key(key)
    separate()
    let millionths = value.isFinite && abs(value) < 1e9 ? Int((value * 1e6).rounded()) : 0
    if millionths < 0 { out.append(UInt8(ascii: "-")) }
    append(abs(millionths), of: 1_000_000, digits: 6)
  }
  /// Seconds, to the millisecond.
  package mutating func seconds(_ key: StaticString, _ value: Double) {
    self.key(key)
    separate()
    let thousandths = value.isFinite && abs(value) < 1e12 ? Int((value * 1000).rounded()) : 0
    if thousandths < 0 { out.append(UInt8(ascii: "-")) }
    out.append(decimal: abs(thousandths) / 1000)
    let rest = String(abs(thousandths) % 1000)
    guard rest != "0" else { return }
    out.append("." + String(repeating: "0", count: 3 - rest.count) + rest)
  }
  /// A share 0…1 with at most four decimals; anything else is clamped.
  package mutating func share(_ key: StaticString, _ value: Double) {
    self.key(key)
    separate()
    let parts = value.isFinite ? Int((min(max(value, 0), 1) * 10_000).rounded()) : 0
    append(parts, of: 10_000, digits: 4)
  }
  /// Parts of one, `whole` of which are one: 10 to the power of `digits`; without zeros at the end.
  private mutating func append(_ parts: Int, of whole: Int, digits: Int) {
    out.append(decimal: parts / whole)
    var rest = parts % whole
    guard rest > 0 else { return }
    var width = digits
    while rest % 10 == 0 {
      rest /= 10
      width -= 1
    }
    out.append(UInt8(ascii: "."))
    out.append(digits: UInt(rest), width: width)
  }
  package mutating func null() {
    separate()
    out.append("null")
  }
  /// A string of program-made characters that need no escape, written by `body`.
  mutating func plain(_ body: (inout Output) -> Void) {
    separate()
    out.append(UInt8(ascii: "\""))
    body(&out)
    out.append(UInt8(ascii: "\""))
  }
  /// RFC 3339 or `null`.
  package mutating func stamp(_ instant: Instant) {
    if instant.isKnown { plain { $0.append(rfc3339: instant) } } else { null() }
  }
  package mutating func stamp(_ key: StaticString, _ instant: Instant) {
    self.key(key)
    stamp(instant)
  }

  // MARK: Parts

  /// The text between its quotes; `"` and `\` escaped, the rest was made harmless before.
  private mutating func escape(_ bytes: ArraySlice<UInt8>) {
    var from = bytes.startIndex
    for i in bytes.indices where bytes[i] == UInt8(ascii: "\"") || bytes[i] == UInt8(ascii: "\\") {
      out.append(bytes[from..<i])
      out.append(UInt8(ascii: "\\"))
      from = i
    }
    out.append(bytes[from...])
  }
  private mutating func quote(_ text: String) {
    out.append(UInt8(ascii: "\""))
    escape(Array(text.utf8)[...])
    out.append(UInt8(ascii: "\""))
  }
  private mutating func separate() {
    if afterKey {
      afterKey = false
      return
    }
    guard let hasMember = open.last else { return }
    if hasMember { out.append(UInt8(ascii: ",")) }
    open[open.count - 1] = true
    newline()
  }
  private mutating func enter(_ bracket: UInt8) {
    separate()
    out.append(bracket)
    open.append(false)
  }
  private mutating func leave(_ bracket: UInt8) {
    let hadMember = open.popLast() ?? false
    if hadMember { newline() }
    out.append(bracket)
  }
  private mutating func newline() {
    guard isPretty else { return }
    out.append(UInt8(ascii: "\n"))
    for _ in open.indices { out.append("  ") }
  }
}
