internal import Evidence

/// The edge’s login only knows browser sessions.
enum BearerIgnored: WeighedCause {
  static let page = CausePage(
    cause: .ingressBearerIgnored,
    title: "The edge’s login only knows browser sessions",
    summary:
      "A bearer token is ignored by the edge’s login plugin or forward-auth.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    return nil
  }
}
