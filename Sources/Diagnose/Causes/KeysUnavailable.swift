internal import Evidence

/// The checking party has no keys, and no input says why.
enum KeysUnavailable: WeighedCause {
  static let page = CausePage(
    cause: .resourceServerKeysUnavailable,
    title: "The checking party has no keys, and no input says why",
    summary:
      "Discovery or the JWKS could not be fetched.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    guard let s = group.answer.statement,
      s == .keysUnavailable || s == .callFailed || s == .callTimedOut
    else { return nil }
    var w = Weight(-0.2)
    w.add(
      s == .callTimedOut ? 0.8 : 1.9,
      "the keys could not be fetched: “\(Signals.shorten(group.answer.words))”",
      group.answer.citations)
    return w
  }
}
