internal import ByteScan

/// What tells stern's prefix before anything behind it was read.
extension Prefixes {
  /// `POD CONTAINER ` or `NAMESPACE POD CONTAINER ` where that is all it can be: the pod's name ends as a
  /// controller ends it, or another wrapper follows.
  static func plainlyStern(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Named? {
    for words in 2...3 {
      guard let name = stern(s, from, to, words: words) else { return nil }
      let pod = Bytes.find(32, s, name.nameStart, name.nameEnd)
      guard pod > 0, Bytes.find(UInt8(ascii: "."), s, pod, name.nameEnd) < 0 else { continue }
      if isGenerated(s, name.nameStart, pod) || begin(s, name.next, to) { return name }
    }
    return nil
  }

  /// `…-x2x4z`: five characters out of those that Kubernetes makes names of (no vowels, nothing that is
  /// mistaken for another).
  private static func isGenerated(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 7, s[to - 6] == UInt8(ascii: "-") else { return false }
    for i in to - 5..<to {
      switch s[i] {
      case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
        UInt8(ascii: "u"), UInt8(ascii: "y"), UInt8(ascii: "0"), UInt8(ascii: "1"),
        UInt8(ascii: "3"), UInt8(ascii: "-"), UInt8(ascii: "."):
        return false
      default: continue
      }
    }
    return true
  }

  /// Whether a wrapper that cannot be much else begins at `from`.
  static func begin(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from < to else { return false }
    switch s[from] {
    case 27: return true
    case UInt8(ascii: "{"): return JSONWrapper(s, from, to)?.text != nil
    case UInt8(ascii: "["): return pod(s, from, to) != nil
    case UInt8(ascii: "<"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return SyslogPrefix(s, from, to) != nil
    default:
      guard let stamp = stamp(s, from, to) else { return compose(s, from, to) != nil }
      return stamp.isNano || stamp.isBeforeLabels || cri(s, stamp.next, to) != nil
    }
  }
}
