internal import Evidence

/// A middlebox forgets idle connections.
enum IdleDropped: WeighedCause {
  static let page = CausePage(
    cause: .proxyIdleDropped,
    title: "A middlebox forgets idle connections",
    summary:
      "The first call after an idle time fails, the retry works.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    return nil
  }
}
