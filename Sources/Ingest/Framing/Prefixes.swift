internal import ByteScan

/// Wrappers that only stand in front of a line. Each returns positions, or `nil` when the line does not
/// begin that way. Shapes: facts sheets of kubectl, CRI, docker compose, stern, logcli.
enum Prefixes {
  /// A name and the offset behind the wrapper.
  struct Named: BitwiseCopyable {
    var nameStart: Int
    var nameEnd: Int
    var next: Int
  }

  /// `[pod/NAME/CONTAINER] ` of `kubectl logs --prefix`; the name is `NAME/CONTAINER`.
  static func pod(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Named? {
    guard Bytes.has("[pod/", s, from, to) else { return nil }
    // Names are at most 253 + 63 bytes (DNS-1123).
    let close = Bytes.find(UInt8(ascii: "]"), s, from + 5, min(to, from + 5 + 330))
    guard close > from + 5 else { return nil }
    let next = close + 1
    if next == to { return Named(nameStart: from + 5, nameEnd: close, next: to) }
    guard s[next] == 32 else { return nil }
    return Named(nameStart: from + 5, nameEnd: close, next: next + 1)
  }

  /// A leading RFC 3339 stamp with its zone and the one blank (or the end) behind it.
  struct Stamped: BitwiseCopyable {
    var nanoseconds: Int64
    var next: Int
    /// Nine fraction digits: what kubectl and docker print, and hardly anyone else.
    var isNano: Bool
    var isCoarse: Bool
    /// `{` follows (logcli).
    var isBeforeLabels: Bool
  }

  static func stamp(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Stamped? {
    guard from + 20 <= to, Bytes.isDigit(s[from]), s[from + 4] == UInt8(ascii: "-"),
      s[from + 10] == UInt8(ascii: "T"), let stamp = TimeStamp.iso(s, from, to), stamp.hasZone
    else { return nil }
    var digits = 0
    if !stamp.isCoarse { digits = Bytes.digitsEnd(s, from + 20, to) - from - 20 }
    guard stamp.end == to || s[stamp.end] == 32 else { return nil }
    let next = min(to, stamp.end + 1)
    return Stamped(
      nanoseconds: stamp.nanoseconds, next: next, isNano: digits == 9, isCoarse: stamp.isCoarse,
      isBeforeLabels: next < to && s[next] == UInt8(ascii: "{"))
  }

  /// `1787306400123<tab>2026-08-21T10:00:00.123Z<tab>` of the text that Grafana saves; behind it.
  static func grafana(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (nanoseconds: Int64, next: Int)?
  {
    let end = from + 13
    guard end + 25 < to, s[end] == 9, s[end + 25] == 9, Bytes.digitsEnd(s, from, to) == end,
      let stamp = TimeStamp.iso(s, end + 1, to), stamp.hasZone, stamp.end == end + 25
    else { return nil }
    return (stamp.nanoseconds, stamp.end + 1)
  }

  /// `2026-08-21T10:00:00.123Z<tab>` of what is copied from CloudWatch's console, in front of a line that may be a program's
  /// own: one that begins with an address, a stamp, a bracket or an object. Loggers that put tabs between their fields have
  /// a level there.
  @inline(__always)
  static func shown(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Stamped? {
    guard from + 30 < to, s[from + 10] == UInt8(ascii: "T"),
      s[from + 20] == 9 || s[from + 24] == 9 || s[from + 25] == 9 || s[from + 29] == 9,
      let stamp = TimeStamp.iso(s, from, to), stamp.hasZone, stamp.end + 1 < to,
      s[stamp.end] == 9, mayBeginAccess(s[stamp.end + 1])
    else { return nil }
    return Stamped(
      nanoseconds: stamp.nanoseconds, next: stamp.end + 1, isNano: false,
      isCoarse: stamp.isCoarse, isBeforeLabels: false)
  }

  /// An address, a bracket or an object: what applications' own words do not begin with.
  static func mayBeginAccess(_ c: UInt8) -> Bool {
    Bytes.isDigit(c) || c == UInt8(ascii: "[") || c == UInt8(ascii: "{") || c == UInt8(ascii: ":")
  }

  /// `STREAM ` behind the stamp of `aws logs tail`: paths (`kube/pod`, `ecs/web/3f…`) and long names of nodes and pods.
  static func logStream(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Named? {
    var i = from
    var hasSlash = false
    var hasDash = false
    while i < to, i - from < 512, s[i] > 32, s[i] != UInt8(ascii: "\""), s[i] != UInt8(ascii: "=") {
      if s[i] == UInt8(ascii: "/") { hasSlash = true }
      if s[i] == UInt8(ascii: "-") { hasDash = true }
      i += 1
    }
    guard i > from, i < to, s[i] == 32, isLetterOrDigit(s[from]), s[i - 1] != UInt8(ascii: ":"),
      hasSlash || hasDash && i - from >= 20
    else { return nil }
    return Named(nameStart: from, nameEnd: i, next: i + 1)
  }

  /// `stdout F ` and its kin behind a CRI stamp.
  struct CRI: BitwiseCopyable {
    var isErrors: Bool
    var isPartial: Bool
    var next: Int
  }

  static func cri(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> CRI? {
    let isOutput = Bytes.has("stdout ", s, from, to)
    guard isOutput || Bytes.has("stderr ", s, from, to) else { return nil }
    let tag = from + 7
    guard tag < to, s[tag] == UInt8(ascii: "F") || s[tag] == UInt8(ascii: "P") else { return nil }
    // More tags may follow, joined with colons; the first one counts.
    var end = tag + 1
    if end < to, s[end] == UInt8(ascii: ":") {
      while end < to, s[end] != 32 { end += 1 }
    }
    guard end == to || s[end] == 32 else { return nil }
    return CRI(
      isErrors: !isOutput, isPartial: s[tag] == UInt8(ascii: "P"), next: min(to, end + 1))
  }

  /// `name-1  | ` of docker compose and `0|name  | ` of PM2.
  static func compose(_ s: Span<UInt8>, _ line: Int, _ to: Int) -> Named? {
    var from = line
    let digits = Bytes.digitsEnd(s, line, min(to, line + 4))
    if digits > line, digits < to, s[digits] == UInt8(ascii: "|") { from = digits + 1 }
    var i = from
    while i < to, i - from < 80, isNameByte(s[i]) { i += 1 }
    let nameEnd = i
    guard nameEnd > from, nameEnd < to, s[nameEnd] == 32, isLetterOrDigit(s[from]),
      !isLoud(s, from, nameEnd)
    else {
      return nil
    }
    while i < to, s[i] == 32 { i += 1 }
    guard i < to, s[i] == UInt8(ascii: "|") else { return nil }
    guard i + 1 == to || s[i + 1] == 32 else { return nil }
    return Named(nameStart: from, nameEnd: nameEnd, next: min(to, i + 2))
  }

  /// `2026-08-21 12:00:00 name-1  | ` as Docker Desktop copies it, in its own local time.
  static func desktop(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Named? {
    guard from + 24 < to, s[from + 10] == 32, s[from + 19] == 32,
      let stamp = TimeStamp.iso(s, from, to), stamp.end == from + 19
    else { return nil }
    return compose(s, from + 20, to)
  }

  /// `POD CONTAINER ` or `NAMESPACE POD CONTAINER ` of stern: two or three DNS labels. Says little, so
  /// it is asked last, and believed only when what follows can be read.
  static func stern(_ s: Span<UInt8>, _ from: Int, _ to: Int, words: Int) -> Named? {
    var i = from
    var nameStart = from
    var hasDash = false
    for word in 0..<words {
      let start = i
      while i < to, i - start < 253, isLabelByte(s[i]) {
        if s[i] == UInt8(ascii: "-") { hasDash = true }
        i += 1
      }
      guard i > start, i < to, s[i] == 32, isLetterOrDigit(s[start]) else { return nil }
      if word == words - 2 { nameStart = start }
      i += 1
    }
    // The name of a pod made by a controller has a dash.
    guard hasDash else { return nil }
    return Named(nameStart: nameStart, nameEnd: i - 1, next: i)
  }

  /// `{pod="a", app="b"}` of logcli behind its stamp: where it ends, and the pod's or job's name.
  static func labels(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Named? {
    guard from < to, s[from] == UInt8(ascii: "{") else { return nil }
    var i = from + 1
    var name = (from, from)
    var rank = 0
    while i < to, s[i] != UInt8(ascii: "}") {
      let key = i
      while i < to, isNameByte(s[i]) { i += 1 }
      let keyEnd = i
      guard keyEnd > key, i + 1 < to, s[i] == UInt8(ascii: "="), s[i + 1] == UInt8(ascii: "\"")
      else { return nil }
      let end = JSONWalk.stringEnd(s, i + 2, to).end
      guard end >= 0 else { return nil }
      let found =
        Bytes.equals("pod", s, key, keyEnd)
        ? 3
        : Bytes.equals("container", s, key, keyEnd)
          ? 2 : Bytes.equals("app", s, key, keyEnd) || Bytes.equals("job", s, key, keyEnd) ? 1 : 0
      if found > rank {
        rank = found
        name = (i + 2, end)
      }
      i = end + 1
      while i < to, s[i] == 32 || s[i] == UInt8(ascii: ",") { i += 1 }
    }
    guard i < to else { return nil }
    var next = i + 1
    while next < to, s[next] == 32 { next += 1 }
    return Named(nameStart: name.0, nameEnd: name.1, next: next)
  }

  /// `188 <29>1 …`: syslog over TCP counts the bytes of each message (RFC 6587 §3.4.1); behind the count.
  static func counted(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let end = Bytes.digitsEnd(s, from, min(to, from + 6))
    guard end > from, Bytes.has(" <", s, end, to), SyslogPrefix(s, end + 1, to) != nil else {
      return nil
    }
    return end + 1
  }

  /// Capitals alone: a level or a zone in front of a bar (`UTC | INFO | `), no container's name.
  private static func isLoud(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    for i in from..<to where s[i] < 65 || s[i] > 90 { return false }
    return true
  }
  static func isLetterOrDigit(_ c: UInt8) -> Bool {
    Bytes.isDigit(c) || (c | 32) &- 97 < 26
  }
  static func isNameByte(_ c: UInt8) -> Bool {
    isLetterOrDigit(c) || c == UInt8(ascii: "-") || c == UInt8(ascii: "_") || c == UInt8(ascii: ".")
  }
  static func isLabelByte(_ c: UInt8) -> Bool {
    Bytes.isDigit(c) || c &- 97 < 26 || c == UInt8(ascii: "-") || c == UInt8(ascii: ".")
  }
}
