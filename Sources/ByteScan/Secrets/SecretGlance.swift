/// A quick look for what a secret begins with; `Redaction` takes the long one.
enum SecretGlance {
  /// Pairs of bytes (of either case) of which one stands in every sign of a secret: a text without any holds none.
  private static let pairs: [(first: StaticString, second: StaticString)] = [
    // Tokens and `key`; `basic`, `bearer`; `dpop`.
    ("e", "y"), ("b", "ea"), ("d", "p"),
    // `token`, `cookie`, `hook`; `password`, `passphrase`, `assertion`; `secret`, `credential`; `jwt`.
    ("o", "k"), ("s", "s"), ("c", "r"), ("j", "w"),
    // Segments of paths behind words as `reset`, `invite`, `token`, `key`, `link`, `confirm`, `magic`, `recover`.
    ("dentykmcr", "/"),
    // `-u`, `--user`, `--password`
    ("-", "-u"),
    // `"pwd", "…"`
    ("\"'", ","),
  ]
  /// The bit of the pair that ends in a slash: only what is long behind it may be a secret.
  private static let door: UInt32 = 1 << 7
  /// What may stand before a value, whatever follows.
  private static let marks: StaticString = "=:%>\u{2192}"

  /// By byte: of which pairs it is the first (low half), and of which the second.
  private nonisolated(unsafe) static let table: UnsafePointer<UInt32> = {
    var table = [UInt32](repeating: 1 << 31, count: 256)
    func add(_ text: StaticString, _ bit: UInt32) {
      for i in 0..<text.utf8CodeUnitCount {
        let c = unsafe text.utf8Start[i]
        table[Int(c)] |= bit
        if c &- 97 < 26 { table[Int(c ^ 0x20)] |= bit }
      }
    }
    for (number, pair) in pairs.enumerated() {
      add(pair.first, 1 << UInt32(number))
      add(pair.second, 1 << UInt32(16 + number))
    }
    add(marks, 1 << 15)
    let kept = UnsafeMutablePointer<UInt32>.allocate(capacity: table.count)
    unsafe kept.initialize(from: table, count: table.count)
    return unsafe UnsafePointer(kept)
  }()

  /// Longer texts are not worth a look.
  private static let longest = 256

  static func isPossible(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from >= 0, from < to, to <= s.count, to - from <= longest else { return true }
    // Asked for every path: the bounds were checked above, and a byte is below 256.
    let table = unsafe SecretGlance.table
    return unsafe s.extracting(from..<to).withUnsafeBufferPointer { text in
      var before: UInt32 = 0
      var i = 0
      while i < text.count {
        let sign = unsafe table[Int(text[i])]
        let hits = before & (sign &>> 16)
        if hits != 0 {
          if hits != door { return true }
          if unsafe isLong(text, i &+ 1) { return true }
        }
        before = sign
        i &+= 1
      }
      return false
    }
  }

  private static let slash = UInt8(ascii: "/")

  /// Whether a segment of a path is as long as a secret.
  private static func isLong(_ text: UnsafeBufferPointer<UInt8>, _ from: Int) -> Bool {
    let end = from + SecretWord.shortestRandom
    guard end <= text.count else { return false }
    for i in from..<end { if unsafe text[i] == slash { return false } }
    return true
  }
}
