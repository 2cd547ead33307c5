internal import Evidence

/// Broken Authorization header.
enum MalformedToken: WeighedCause {
  static let page = CausePage(
    cause: .tokenMalformed,
    title: "Broken Authorization header",
    summary:
      """
      What follows `Bearer` is not a token: the word undefined, a quoted or cut string, a \
      missing scheme. The client builds the header wrongly.
      """,
    decides: [
      """
      The header in the capture is `undefined`, `null`, `[object Object]`, in quotes, cut off, \
      without its scheme, or has not three parts.
      """,
      """
      The refusal names the form: `Jwt is not in the form of Header.Payload.Signature`, `Not \
      enough segments`, `malformed`, `decode_error`, `Invalid header padding`, `oidc: malformed \
      jwt`.
      """,
    ],
    supports: [
      "One user agent or build only, from one deploy on; others are served on the same route.",
      """
      The request is shorter than the client's good ones on that route, but longer than one \
      without a token.
      """,
      """
      One broken build gives one constant refusal; broken header code gives several different \
      ones from one client.
      """,
    ],
    against: [
      "Every client is affected at once: then something on the way breaks the header."
    ],
    lookAlikes: [
      (
        .ingressAuthHeaderStripped,
        """
        a broken header belongs to one client; an emptied header hits every client of the route \
        from one reload on
        """
      ),
      (
        .tokenMissing,
        """
        request length: no token at all is shorter by the whole header; a broken one keeps part \
        of it, and the refusal names a form
        """
      ),
      (
        .tokenWrongParty,
        """
        a well-formed token of the wrong kind was accepted by an OIDC check one hop before; a \
        broken one is refused by every check
        """
      ),
      (
        .tokenBadSignature,
        "the refusal speaks of segments, padding or JSON (form) or of the signature (content)"
      ),
    ],
    needs: [
      "a capture at the first hop, or the request length in the ingress's log",
      "the application's log (the library's words)",
    ],
    fix: [
      """
      In the client, send exactly `Authorization: Bearer ` + access_token: check for an unset \
      variable, quotes from a JSON dump, a line break at the end, or a length limit of the store \
      that cuts the token.
      """,
      """
      Find which build sends it: `kubectl -n NS logs deploy/INGRESS | grep ' 401 '` and compare \
      user agents before and after the deploy; roll that build back with `kubectl -n NS rollout \
      undo deploy/CLIENT`
      """,
      """
      Make the client fail early: refuse to send a request when the token does not have two \
      dots.
      """,
    ],
    verify: [
      "`printf %s \"$TOKEN\" | why401 token` shows three parts and a readable header",
      """
      `curl -i -H "Authorization: Bearer $TOKEN" https://HOST/PATH` answers 2xx with the token \
      as the client has it stored
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.malformedPrior)
    if WireTokens.share(group, scene, { $0.form == .malformed }) > 0.5 {
      let problem = WireTokens.problem(group, scene)
      w.add(
        .malformedNoTokenOnWire, "the captured header is no token: \(problem.text)",
        problem.citations)
      return w
    }
    if let text = placeholder(group, scene) {
      w.add(
        .malformedPlaceholder,
        "the requests are as much longer than others of the same user agent as `Authorization: Bearer \(text)` is, and have another answer",
        Signals.rows(group, scene), beside: MixedRefusals.shorter(than: group, by: text, scene),
        alone: "the requests are as long as such that hold `Authorization: Bearer \(text)`")
      return w
    }
    let said = Signals.words(
      [.tokenMalformed, .unsupportedScheme], group, scene, &w, odds: .malformedSaid,
      "the refusal says the token cannot be read")
    if Signals.isMute(group) {
      if isRead(group, scene) { return nil }
      let several = Contrast.refusalSizes(group, profile, scene)
      let halfway =
        several >= 2 && profile.clientsFailing <= 1 && !profile.isSlow
        && (!group.circumstances.backError.isNone || scene.introspecting.contains(group.party))
      let neverFetched =
        !said && scene.tokenCallsTell && profile.isStranger
        && scene.isEmptySize(group) == false && profile.isNarrow && group.count >= 5
        && group.circumstances.backError.isNone && group.status == 401
        && group.circumstances.credentials != .absent
      let lengths = Contrast.lengthVariety(group, scene)
      lazy var mixed = MixedRefusals(group, profile, scene)
      let varies = lengths >= 4 && profile.isNarrow && scene.unsteadyLengths == false
      // Nothing has one length and one answer.
      let isShortAndVaried =
        lengths >= 2 && several >= 2 && group.circumstances.credentials == .absent
        && profile.isNarrow && profile.sameServed == 0 && scene.unsteadyLengths == false
      let hasTwoAnswers =
        several == 2 && profile.gotToken && profile.sameServed == 0 && profile.isNarrow
      guard
        said || several >= 3 || halfway || neverFetched || varies || isShortAndVaried
          || hasTwoAnswers
      else {
        return nil
      }
      if isShortAndVaried {
        w.add(
          .malformedShortAndVaried,
          "what this client sends is shorter than any token, yet differs in length, and is refused in several ways",
          mixed.bySize + mixed.byLength)
      }
      if varies {
        w.add(
          lengths >= 6 ? .malformedManyLengths : .malformedSeveralLengths,
          "the refused requests of this client differ in length, those of a good client do not: the header is built differently each time",
          mixed.byLength, beside: MixedRefusals.steady(beside: group, scene),
          alone:
            "the refused requests of this client differ in length: the header is built differently each time"
        )
      }
      if neverFetched {
        w.add(
          .malformedNeverFetched,
          "this client's refusal is not the one to no token, yet it never fetched a token in these logs nor was ever served",
          Signals.rows(group, scene))
      }
      if halfway, several < 3 {
        let checked = MixedRefusals.checked(group, scene)
        w.add(
          .malformedHalfChecked,
          "of one client's requests some are refused by Keycloak's check and some without asking it: the header itself is broken at times",
          checked.asked, beside: checked.unasked,
          alone:
            "one client's requests are refused in several ways: the header itself is broken at times"
        )
      }
      if hasTwoAnswers {
        w.note(.malformedTwoAnswers, "the client is refused in two ways")
      }
      if !said, several <= 1, group.count >= 20, group.circumstances.backError.isNone {
        w.note(.malformedOneAnswer, "the client is refused in one way only")
      }
      if several >= 3, profile.isNarrow || profile.clientsFailing <= 2 {
        w.add(
          several >= 4 ? .malformedManyAnswers : .malformedSeveralAnswers,
          "one client is refused in several ways: its header is built wrongly in several ways",
          mixed.bySize)
      }
    }
    if profile.isPartyWide { w.note(.malformedEveryClient, "every client is refused alike") }
    return w
  }

  /// What nearly all requests are long enough to hold in place of a token.
  private static func placeholder(_ group: Group, _ scene: Scene) -> String? {
    guard Signals.isMute(group), group.status == 401 else { return nil }
    let rows = group.rows.prefix(200)
    let texts = rows.compactMap {
      scene.lengths.placeholder(scene.exchange($0).request, group.party)
    }
    guard let text = texts.first, texts.count * 10 >= rows.count * 8 else { return nil }
    return texts.allSatisfy { $0 == text } ? text : nil
  }

  /// Keycloak's events name the token, or its session: it could be read, and its signature was in order.
  private static func isRead(_ group: Group, _ scene: Scene) -> Bool {
    let events = group.rows.prefix(200).compactMap { scene.event(scene.exchange($0).backEvent) }
    return !events.isEmpty && events.allSatisfy { !$0.tokenID.isNone || !$0.session.isNone }
  }
}
