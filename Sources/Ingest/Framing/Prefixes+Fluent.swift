internal import ByteScan

/// What Fluent Bit prints of a record to its own output, and Fluentd to files and to its own.
extension Prefixes {
  /// `STAMP<tab>TAG<tab>{` and `STAMP TAG: {` of Fluentd's outputs to files and to its own log.
  struct Tagged: BitwiseCopyable {
    var nanoseconds: Int64
    var isCoarse: Bool
    var name: Named
  }

  static func fluentd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Tagged? {
    guard from + 24 < to, s[to - 1] == UInt8(ascii: "}"), let stamp = TimeStamp.iso(s, from, to),
      stamp.hasZone, stamp.end < to
    else { return nil }
    let separator = s[stamp.end]
    guard separator == 9 || separator == 32 else { return nil }
    var i = stamp.end + 1
    while i < to, i - stamp.end < 256, isNameByte(s[i]) { i += 1 }
    let isFile = separator == 9 && i < to && s[i] == 9
    guard i > stamp.end + 1, isFile || Bytes.has(": ", s, i, to) else { return nil }
    let open = isFile ? i + 1 : i + 2
    guard open < to, s[open] == UInt8(ascii: "{") else { return nil }
    return Tagged(
      nanoseconds: stamp.nanoseconds, isCoarse: stamp.isCoarse,
      name: Named(nameStart: stamp.end + 1, nameEnd: i, next: open))
  }

  /// `[0] TAG: [[1787306400.123456789, {}], {"log"=>"…", …}]`, in versions before 2.1 `[0] TAG: [1787306400.123, {…}]`:
  /// what is behind the wrapper is a `RubyHash`.
  static func fluentBit(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Tagged? {
    let digits = Bytes.digitsEnd(s, from + 1, min(to, from + 12))
    guard digits > from + 1, Bytes.has("] ", s, digits, to) else { return nil }
    let tag = digits + 2
    var i = tag
    while i < to, i - tag < 512, s[i] > 32, s[i] != UInt8(ascii: "[") { i += 1 }
    guard i > tag + 1, s[i - 1] == UInt8(ascii: ":"), Bytes.has(" [", s, i, to) else { return nil }
    let tagEnd = i - 1
    i += 2
    let hasMetadata = i < to && s[i] == UInt8(ascii: "[")
    if hasMetadata { i += 1 }
    guard let stamp = StructuredFields.epoch(s, i, to) else { return nil }
    i = stamp.end
    if hasMetadata {
      // Nothing more than `{}`, or what OpenTelemetry knows of the record.
      i = Bytes.find("], {", s, i, min(to, i + 4096))
      guard i > 0 else { return nil }
      i += 3
    } else {
      guard Bytes.has(", {", s, i, to) else { return nil }
      i += 2
    }
    let open = Bytes.skipBlanks(s, i + 1, to)
    guard RubyHash.nameEnd(s, open, to) != nil || open < to && s[open] == UInt8(ascii: "}") else {
      return nil
    }
    return Tagged(
      nanoseconds: stamp.nanoseconds, isCoarse: stamp.isCoarse,
      name: Named(nameStart: tag, nameEnd: tagEnd, next: i))
  }

  /// `", "stream"=>"stdout", …}]`: the end of a record whose text ended with a line.
  static func isFluentBitEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from < to, s[from] == UInt8(ascii: "\""), Bytes.has("}]", s, to - 2, to) else {
      return false
    }
    return to - from == 3
      || Bytes.has(", ", s, from + 1, to) && RubyHash.nameEnd(s, from + 3, to) != nil
  }

  /// Pod and container of `kube.var.log.containers.POD_NAMESPACE_CONTAINER-HASH.log`, the tag that Fluent Bit's and
  /// Fluentd's `tail` make of a file's name; 64 hexadecimal digits are the container's.
  static func tagged(
    _ s: Span<UInt8>, _ name: Named
  ) -> (pod: (start: Int, end: Int), container: (start: Int, end: Int))? {
    let place = Bytes.find("containers.", s, name.nameStart, name.nameEnd)
    guard place >= 0 else { return nil }
    let pod = place + 11
    let namespace = Bytes.find(UInt8(ascii: "_"), s, pod, name.nameEnd)
    guard namespace > pod else { return nil }
    let container = Bytes.find(UInt8(ascii: "_"), s, namespace + 1, name.nameEnd) + 1
    let end = name.nameEnd - 4 - 65
    guard container > namespace, end > container, s[end] == UInt8(ascii: "-"),
      Bytes.has(".log", s, name.nameEnd - 4, name.nameEnd)
    else { return nil }
    return ((pod, namespace), (container, end))
  }
}
