internal import Evidence

/// A CORS preflight is asked for credentials.
enum CORSPreflight: WeighedCause {
  static let page = CausePage(
    cause: .ingressCORSPreflight,
    title: "A CORS preflight is asked for credentials",
    summary:
      "OPTIONS requests never carry Authorization; asking them for it breaks browsers.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard !group.circumstances.method.isNone, Signals.isApplication(group),
      group.status == 401 || group.status == 403
    else { return nil }
    var w = Weight()
    w.add(4.5, "OPTIONS requests are refused", Signals.rows(group, scene))
    return w
  }
}
