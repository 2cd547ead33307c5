internal import Evidence

/// Tokens of another identity provider.
enum OtherIdentityProvider: WeighedCause {
  static let page = CausePage(
    cause: .foreignOtherIDP,
    title: "Tokens of another identity provider",
    summary:
      "The tokens come from an identity provider that is not this Keycloak.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.9)
    if WireTokens.share(
      group, scene,
      { !scene.text($0.issuer).isEmpty && !scene.text($0.issuer).contains("/realms/") }) > 0.5
    {
      w.add(
        6, "the captured token's issuer is no Keycloak realm", WireTokens.citations(group, scene))
      return w
    }
    let said = Signals.words(
      [.tokenUnknownKey], group, scene, &w, odds: 1.6, "the refusal says the key is unknown")
    guard
      said
        || Signals.isMute(group) && group.circumstances.credentials == .present && !profile.gotToken
    else { return nil }
    if Signals.isMute(group), group.circumstances.credentials == .absent { return nil }
    if Signals.isMute(group), group.circumstances.credentials == .present, !profile.gotToken {
      w.add(1.6, "it sends a token and never got one here", Signals.rows(group, scene))
    }
    if KeyIDs.isForeign(group) || group.hasForeignKeyIDLength {
      w.add(
        Signals.isMute(group) ? 1.0 : 3, "the key id has not the 43 characters of Keycloak's",
        group.answer.citations + Signals.rows(group, scene))
    }
    if !profile.gotToken {
      w.note(1.2, "the client never got a token here")
    } else if !said {
      return nil
    } else {
      w.note(-0.6, "the client gets tokens here")
    }
    if profile.isPartyWide { w.note(-2, "every client is refused") }
    return w
  }
}
