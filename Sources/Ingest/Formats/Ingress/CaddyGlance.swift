internal import ByteScan
internal import Evidence

extension CaddyAccess: GlancingFormat {
  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance? {
    guard let line = AccessShape(s, from, to, &memory, .caddyAccess),
      let stamp = CaddyFields.time(s, line.time.from, line.time.to), stamp.hasZone
    else { return nil }
    return Glance(status: line.status, time: Instant(nanoseconds: stamp.nanoseconds))
  }

  package static func learn(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) {
    AccessShape.learn(s, from, to, &memory, .caddyAccess) { item in
      func has(_ name: StaticString, _ range: Range<Int>) -> Bool {
        Bytes.equals(name, s, range.lowerBound, range.upperBound)
      }
      if item.depth == 1, has("request", item.outer), has("uri", item.key) { return .path }
      guard item.depth == 0 else { return .other }
      if has("logger", item.key) { return nil }
      if has("status", item.key) { return .status }
      return has("ts", item.key) ? .time : .other
    }
  }
}
