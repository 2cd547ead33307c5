internal import Evidence

/// The 401 of the auth service reaches browsers.
enum NoLoginRedirect: WeighedCause {
  static let page = CausePage(
    cause: .ingressNoLoginRedirect,
    title: "The 401 of the auth service reaches browsers",
    summary:
      "The edge relays the auth service’s 401 to a browser instead of sending it to the login.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    return nil
  }
}
