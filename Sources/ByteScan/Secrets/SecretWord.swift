/// What a value looks like: a word that says there is no secret, something that was made at random, or
/// neither.
enum SecretWord {
  /// Words that stand where a secret could: what is wrong with it, that there is none, that it was masked.
  private static let plain: [StaticString] = [
    "a", "an", "and", "are", "at", "bad", "bearer", "by", "cannot", "changed",
    "client_secret_basic",
    "client_secret_jwt", "client_secret_post", "denied", "disabled", "does", "empty", "enabled",
    "error", "expired",
    "failed", "false", "for", "found", "from", "given", "has", "hidden", "in", "incorrect",
    "invalid",
    "invalid_token", "is", "malformed", "masked", "mismatch", "mismatched", "missing", "must",
    "n/a", "nil", "no",
    "none", "not", "null", "of", "off", "ok", "on", "optional", "or", "present", "redacted",
    "refused", "rejected",
    "removed", "required", "revoked", "set", "the", "to", "true", "unauthorized", "unavailable",
    "undefined", "unknown", "unset", "unsupported", "was", "with", "without", "wrong", "yes",
  ]

  /// A secret's place, but not a secret: `undefined`, `expired`, `***`.
  static func saysNone(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from < to, to - from <= 19 else { return false }
    switch s[from] {
    case UInt8(ascii: "*"), UInt8(ascii: "-"):
      return (from..<to).allSatisfy { s[$0] == s[from] }
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      return to - from >= 3 && (from..<to).allSatisfy { s[$0] == s[from] }
    default: break
    }
    for word in plain
    where word.utf8CodeUnitCount == to - from && SecretName.begins(word, s, from, to) {
      return true
    }
    return false
  }

  /// Long, and with digits: no word of a language.
  static func looksMade(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let length = to - from
    return length >= 40 || length >= 16 && (from..<to).contains { Bytes.isDigit(s[$0]) }
  }

  /// Bytes from which on a text may be random wherever it stands.
  static let shortestRandom = 20

  /// So long and so mixed that it is neither a name nor a word, wherever it stands: bytes of tokens alone.
  static func looksRandom(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let length = to - from
    guard length >= shortestRandom else { return false }
    var digits = 0
    var capitals = 0
    var smalls = 0
    for i in from..<to {
      switch s[i] {
      case 48...57: digits += 1
      case 65...90: capitals += 1
      case 97...122: smalls += 1
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"),
        UInt8(ascii: "+"), UInt8(ascii: "="):
        break
      default: return false
      }
    }
    guard digits > 0, capitals + smalls > 0 else { return false }
    return digits >= 4 || capitals > 0 && smalls > 0 && digits >= 2
  }

  /// Letters and digits, eight or more: what follows a colon without a blank may be a line's number.
  static func isMixed(_ s: Span<UInt8>, _ from: Int, _ to: Int, atLeast length: Int) -> Bool {
    guard to - from >= length else { return false }
    var hasDigit = false
    var hasLetter = false
    for i in from..<to {
      if Bytes.isDigit(s[i]) { hasDigit = true } else if s[i] | 0x20 &- 97 < 26 { hasLetter = true }
    }
    return hasDigit && hasLetter
  }

  /// Small letters and what joins them alone.
  static func isWord(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    (from..<to).allSatisfy {
      s[$0] &- 97 < 26 || s[$0] == UInt8(ascii: "-") || s[$0] == UInt8(ascii: "_")
    }
  }

  /// Whether a word is followed by others, of which the next is no name: `could not parse`, not `hunter2 user=`.
  static func beginsProse(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ end: Int) -> Bool {
    guard
      (from..<to).allSatisfy({
        s[$0] | 0x20 &- 97 < 26 || s[$0] == UInt8(ascii: "'") || s[$0] == UInt8(ascii: ":")
      }),
      to + 1 < end, s[to] == 32, s[to + 1] | 0x20 &- 97 < 26
    else { return false }
    var i = to + 1
    while i < end, SecretValue.isNameByte(s[i]) { i += 1 }
    return i >= end || s[i] != UInt8(ascii: "=") && s[i] != UInt8(ascii: ":")
  }

  /// What a token may consist of.
  static func isTokenText(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    (from..<to).allSatisfy {
      Redaction.isTokenByte(s[$0])
        || [
          UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "~"),
          UInt8(ascii: "/"),
        ].contains(s[$0])
    }
  }
}
