internal import ByteScan
internal import Evidence

extension EnvoyJSON: GlancingFormat {
  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance? {
    AccessShape.glance(s, from, to, &memory, .envoyJSON) { $0 &* 1000 }
  }

  package static func learn(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) {
    // One of these names is what it is Envoy's by: others hold only with a value.
    var isEnvoy = false
    _ = JSONWalk.members(s, from, to) { start, end, _ in
      if Bytes.equals("response_flags", s, start, end)
        || Bytes.equals("upstream_cluster", s, start, end)
      {
        isEnvoy = true
      }
    }
    guard isEnvoy else { return }
    AccessShape.learn(s, from, to, &memory, .envoyJSON) { item in
      func has(_ name: StaticString) -> Bool {
        Bytes.equals(name, s, item.key.lowerBound, item.key.upperBound)
      }
      guard item.depth == 0 else { return .other }
      if has("response_code") { return .status }
      if has("path") { return .path }
      if has("start_time") { return .time }
      if has("duration") { return .duration }
      if has("x-envoy-origin-path") || has("x-envoy-original-path") { return .secondPath }
      return has("@timestamp") ? .secondTime : .other
    }
  }
}
