internal import ByteScan
internal import Evidence

extension TraefikJSON: GlancingFormat {
  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance? {
    AccessShape.glance(s, from, to, &memory, .traefikJSON) { $0 / 1000 }
  }

  package static func learn(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) {
    AccessShape.learn(s, from, to, &memory, .traefikJSON) { item in
      func has(_ name: StaticString) -> Bool {
        Bytes.equals(name, s, item.key.lowerBound, item.key.upperBound)
      }
      guard item.depth == 0 else { return .other }
      if has("DownstreamStatus") { return .status }
      if has("RequestPath") { return .path }
      if has("StartUTC") { return .time }
      if has("Duration") { return .duration }
      return has("StartLocal") ? .secondTime : .other
    }
  }
}
