internal import Evidence

/// A mistyped password.
enum UserTypo: WeighedCause {
  static let page = CausePage(
    cause: .benignUserTypo,
    title: "A mistyped password",
    summary:
      "One or two wrong passwords, then success.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.keycloakSays(["invalid_user_credentials", "user_not_found"], group, scene),
      group.count <= 6
    else { return nil }
    let after = Contrast.loginAfter(group, scene)
    guard !after.isEmpty else { return nil }
    var w = Weight()
    w.add(group.count <= 4 ? 5 : 3, "the same user logs in from the same address soon after", after)
    return w
  }
}
