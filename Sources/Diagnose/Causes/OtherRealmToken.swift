internal import Evidence

/// Token of another realm.
enum OtherRealmToken: WeighedCause {
  static let page = CausePage(
    cause: .tokenOtherRealm,
    title: "Token of another realm",
    summary:
      "A genuine token of another realm or another Keycloak is presented.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.8)
    let said = Signals.words(
      [.tokenUnknownKey], group, scene, &w, odds: 2.2, "the refusal says the key is unknown")
    guard said || Signals.isMute(group) else { return nil }
    let realms = Realms.tokenRealms(group, scene)
    if realms.isForeignToParty, !profile.isPartyWide {
      w.add(
        said ? 3 : 2.4,
        "the client got its token from realm \(realms.name), others of this service do not",
        realms.citations)
    } else if !said || Signals.isMute(group) {
      return nil
    } else {
      w.note(-0.8, "no token call to another realm was seen")
    }
    if group.hasForeignKeyIDLength { w.note(-2.5, "the key id has not the length of Keycloak's") }
    if profile.isPartyWide { w.note(-2.5, "every client is refused") }
    return w
  }
}
