internal import Evidence

/// ID or refresh token sent as access token.
enum WrongTokenType: WeighedCause {
  static let page = CausePage(
    cause: .tokenWrongType,
    title: "ID or refresh token sent as access token",
    summary:
      "A token of another kind than an access token is presented.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.6)
    if WireTokens.share(
      group, scene, { ["ID", "Refresh", "Offline"].contains(scene.text($0.type)) }) > 0.5
    {
      w.add(6, "the captured token is no access token (typ)", WireTokens.citations(group, scene))
      return w
    }
    let error = Signals.backError(group, scene)
    if error == "invalid_token_type" {
      w.add(5, "Keycloak says: invalid_token_type", Signals.events(group, scene))
      return w
    }
    if let s = group.answer.statement, s == .tokenAlgorithm {
      let hmac = group.answer.words.contains("HS512") || group.answer.words.contains("HS256")
      w.add(
        hmac ? 4.2 : 1.5,
        hmac
          ? "the token is signed with HMAC, as Keycloak signs refresh tokens"
          : "the algorithm of the token is refused", group.answer.citations)
      return w
    }
    if Signals.words(
      [.tokenType], group, scene, &w, odds: 4.5, "the refusal names the token's type")
    {
      return w
    }
    if Signals.isMute(group), profile.isNarrow,
      Signals.length([.tokenAlgorithm], group, scene, &w)
    {
      w.note(1.2, "an algorithm is refused only where a token of another kind is sent")
      return w
    }
    return nil
  }
}
