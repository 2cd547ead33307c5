internal import Evidence

/// Reads the circumstances of one failing row: redirects and logins around it, failed renewals
/// before it, whether credentials were sent.
enum CircumstanceReading {
  static func read(_ i: Int, _ scene: Scene) -> Circumstances {
    let e = scene.file.exchanges[i]
    var c = Circumstances()
    c.answerer = answerer(e, scene)
    if let event = scene.event(e.event) {
      c.eventError = event.error
      c.eventReason = event.reason
      c.eventClient = event.client
      c.eventType = event.type
      c.isMended = scene.logins.after(event, scene) != nil
    }
    if let event = scene.event(e.backEvent) {
      c.backError = event.error
      c.backReason = event.reason
    }
    if e.endpoint.isKeycloak { return c }
    if scene.isPreflight(e.request.method) { c.method = e.request.method }
    c.isProbe = scene.isProbe(i)
    c.isCallback = e.request.isLoginCallback
    c.credentials = scene.credentials[i]
    if c.credentials != .present, !e.isTurnedAway {
      c.afterRedirect = redirect(before: i, scene) != nil
      c.beforeLogin = isBeforeLogin(i, scene)
    }
    c.afterFailedRenewal = isAfterFailedRenewal(i, scene)
    return c
  }

  static func answerer(_ e: Exchange, _ scene: Scene) -> Answerer {
    let r = e.request
    let detail = r.detail.isNone ? "" : scene.text(r.detail)
    if detail.hasPrefix("jwt_authn") || detail.hasPrefix("rbac") { return .gatewayFilter }
    if detail.hasPrefix("ext_authz") { return .authService }
    if r.answeredBy == .edge {
      return r.status == 401 && r.remoteUser.isNone
        && scene.file.parties[Int(e.party)].kind
          != .keycloak
        ? .authService : .edge
    }
    if e.endpoint.isKeycloak { return .keycloak }
    if e.endpoint == .authService { return .authService }
    return r.answeredBy == .unknown && r.hop == .edge ? .unknown : .application
  }

  /// Whether the request carried credentials: said by the log or the wire, else by what asked for it, else
  /// by its length.
  static func credentials(
    _ i: Int, _ file: CaseFile, _ pages: Pages, _ lengths: RequestLengths
  ) -> Seen {
    let e = file.exchanges[i]
    if e.request.authorization != .unknown { return e.request.authorization }
    if e.wire >= 0 {
      let seen = file.legs[Int(e.wire)].authorization
      if seen != .unknown { return seen }
    }
    if e.wireInner >= 0, file.legs[Int(e.wireInner)].authorization == .present {
      return .present
    }
    if pages.isTokenless(i) { return .absent }
    return lengths.credentials(e.request, e.party)
  }

  /// A redirect of the same client and path within the two seconds before.
  static func redirect(before i: Int, _ scene: Scene) -> Int? {
    guard scene.redirectsOfClient.count(of: scene.briefs[i].client) > 0,
      let list = scene.redirectsOfClient[scene.briefs[i].client]
    else { return nil }
    let e = scene.file.exchanges[i]
    let slack = e.request.isCoarse ? 2.2 : 1.5
    return scene.within(
      list, e.request.start.advanced(seconds: -slack), e.request.start.advanced(seconds: 1.2)
    ).first { j in
      guard j != i else { return false }
      let other = scene.file.exchanges[j].request
      return other.path == e.request.path
        && (other.citation.source != e.request.citation.source
          || other.citation < e.request.citation || !other.isCoarse)
    }
  }

  /// Challenged; the actor's next call (or the one after) goes to Keycloak, and the same route (or,
  /// after a login within half a second, the same service) is served right after that.
  static func isBeforeLogin(_ i: Int, _ scene: Scene) -> Bool {
    if scene.tokenCallsOfActor.count(of: scene.briefs[i].actor) == 0 { return false }
    if scene.programs.kind(i) == .neverServed { return false }
    if hasFreshToken(i, scene) || scene.youngTokens.isRefused(i, scene) || followsRefusals(i, scene)
    {
      return false
    }
    let e = scene.file.exchanges[i]
    let list = scene.byActor[Int(e.actor)]
    let slack = e.request.isCoarse ? 1.0 : 0.0
    var position = 0
    var token: Instant?
    var isAtOnce = false
    var between = 0
    for j in scene.within(
      list, e.request.start.advanced(seconds: -slack), e.request.end.advanced(seconds: 8))
    where j > i || e.request.isCoarse && isWrittenLater(j, than: e.request, scene) {
      let other = scene.briefs[j]
      if other.isProbe { continue }
      if let token {
        if other.endpoint.isKeycloak { continue }
        guard other.start - token < 2.5 + slack else { return false }
        if other.isSuccess, other.party == e.party,
          isAtOnce || scene.file.exchanges[j].request.route == e.request.route,
          scene.isSameProgram(i, j)
        {
          return true
        }
        between += 1
        if between > 3 { return false }
      } else if other.endpoint == .token || other.endpoint == .loginActions
        || other.endpoint == .authorization
      {
        guard other.start - e.request.end < 3 + slack else { return false }
        if other.endpoint == .token, other.isSuccess {
          token = other.end
          isAtOnce = other.start - e.request.end < 0.5 + slack
        }
      } else {
        position += 1
        if position > 4 { return false }
      }
    }
    return false
  }

  /// Lines of whole seconds stand in the order in which their answers ended.
  private static func isWrittenLater(_ j: Int, than r: Request, _ scene: Scene) -> Bool {
    let citation = scene.exchange(j).request.citation
    return citation.source == r.citation.source && citation > r.citation
  }

  /// Calls of an actor that are looked at before one of its own: there may be as many as lines.
  private static let mostCalls = 1000

  /// A first call is not the last of a row of refusals: the service refused the actor seconds before, and it got
  /// no token since, or one at once that helps no more.
  private static func followsRefusals(_ i: Int, _ scene: Scene) -> Bool {
    let b = scene.briefs[i]
    let own = scene.byActor[Int(b.actor)]
    var renewal: Instant?
    for j in own[..<scene.lowerBound(own, b.start)].suffix(mostCalls).reversed() {
      let other = scene.briefs[j]
      guard b.start - other.end < 20 else { return false }
      if other.endpoint == .token, other.isSuccess {
        guard b.start - other.end < 2.5 else { return false }
        renewal = other.start
      }
      if other.party == b.party, other.endpoint == .none, !other.isProbe {
        if other.isSuccess { return false }
        guard other.status == 401 else { continue }
        if let renewal { return renewal - other.end < 3 }
        // Several calls of one page are one visit.
        if b.start - other.end > 1.2 { return true }
      }
    }
    return false
  }

  /// A program (no browser, whose pages forget their tokens) got a token less than a minute ago, and such tokens
  /// are served.
  static func hasFreshToken(_ i: Int, _ scene: Scene) -> Bool {
    let r = scene.file.exchanges[i].request
    guard !r.userAgent.isNone, !scene.file.isBrowser(r.userAgent), let age = scene.tokenAge(i)
    else { return false }
    return age < 60 && (age <= scene.greatestServedAge(at: scene.briefs[i].party) || age < 5)
  }

  /// The actor's last token call before this one failed for want of Keycloak.
  private static func isAfterFailedRenewal(_ i: Int, _ scene: Scene) -> Bool {
    failedRenewal(before: i, scene) != nil
  }

  /// That call.
  static func failedRenewal(before i: Int, _ scene: Scene) -> Int? {
    let e = scene.briefs[i]
    guard scene.tokenCallsOfActor.count(of: e.actor) > 0 else { return nil }
    let list = scene.tokenCallsOfActor[e.actor] ?? []
    var k = scene.lowerBound(list, e.start) - 1
    if k < 0 { return nil }
    k = scene.callOfSameConnection(as: i, upTo: k, list)
    // Other connections may be another program's.
    let port = scene.programs.isByPort ? scene.outlines[i].port : 0
    let isOwn = port > 0 && scene.outlines[list[k]].port == port
    while k >= 0 {
      let call = scene.briefs[list[k]]
      if isOwn, scene.outlines[list[k]].port != port {
        k -= 1
        continue
      }
      if call.isSuccess { return nil }
      // 404: what is called there is not Keycloak's end-point (a lost path, a realm that is gone).
      let isOfNoUse = call.status >= 499 || call.status == 404
      // Who waits long for a new token goes on with the old one meanwhile.
      let isWaiting = call.status >= 499 && call.end - call.start >= 3
      if isOfNoUse, isWaiting || call.end - e.start < 3 {
        return e.start - call.end < 30 && !scene.wasRefused(i, beforeCall: k, of: list)
          ? list[k] : nil
      }
      // Keycloak is there again, and says no.
      if (400...403).contains(call.status), call.end <= e.start { return nil }
      k -= 1
    }
    return nil
  }
}
