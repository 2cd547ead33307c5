internal import Evidence

/// Finds the redirects to a login, and those among them that were of no use to whoever got them: the request
/// carried a token, or came from a program that fetches tokens by itself and does not log in. A browser's
/// way to its login is none of these.
enum LoginRedirects {
  /// Seconds within which a browser follows a redirect, and within which a login that it began ends.
  private static let follows = 3.0
  private static let login = 90.0

  static func mark(_ file: inout CaseFile) {
    let candidates = file.exchanges.indices.filter {
      isRedirect(file.exchanges.requests[$0].status) && file.exchanges[$0].endpoint == .none
    }
    guard !candidates.isEmpty else { return }
    let actors = Actors(file)
    // Services redirect for other reasons, too: theirs are counted apart, and are followed one by one.
    let (passed, own) = (
      candidates.filter { isPassed(file.exchanges[$0]) },
      candidates.filter { !isPassed(file.exchanges[$0]) }
    )
    let turning = turningAway(own, file, actors)
    let guarded = parties(own, file, actors).union(turning)
    let sending = parties(passed, file, actors)
    var texts: [Symbol: Bool] = [:]
    for i in candidates {
      let e = file.exchanges[i]
      let names = pointsToLogin(e, file, &texts)
      let leads =
        isPassed(e)
        ? e.request.status == 302 && sending.contains(e.party)
          && actors.asksForLogin(e.actor, after: e.request.end, within: follows)
        : guarded.contains(e.party)
      guard names ?? leads else { continue }
      let isUseless =
        actors.hasToken(e, file) && !startsLogin(e.request.path, file)
        && !actors.logsIn(e.actor, after: e.request.start, within: login)
      file.exchanges.links[i].login = isUseless ? .useless : .offered
    }
    markAlike(own.filter { turning.contains(file.exchanges[$0].party) }, &file, actors)
  }

  /// Of programs that got their tokens before the log begins no call for one is seen: while a party turns others away,
  /// theirs are turned away alike whose request is as long as the one that was served to them there before, and
  /// who do not set out for a login.
  private static func markAlike(_ candidates: [Int], _ file: inout CaseFile, _ actors: Actors) {
    var spans: [Int32: (first: Instant, last: Instant)] = [:]
    for i in candidates where file.exchanges.links[i].login == .useless {
      let e = file.exchanges[i]
      let known = spans[e.party] ?? (e.request.start, e.request.end)
      spans[e.party] = (min(known.first, e.request.start), max(known.last, e.request.end))
    }
    guard !spans.isEmpty else { return }
    var senders: Set<Int32> = []
    for i in candidates { senders.insert(file.exchanges[i].actor) }
    let lengths = ServedLengths(file, of: senders)
    for i in candidates where file.exchanges.links[i].login == .offered {
      let e = file.exchanges[i]
      guard let span = spans[e.party], e.request.authorization == .unknown,
        e.request.start >= span.first.advanced(seconds: -around),
        e.request.end <= span.last.advanced(seconds: around), lengths.hasLikeBefore(e),
        !startsLogin(e.request.path, file),
        !actors.logsIn(e.actor, after: e.request.start, within: login),
        !actors.asksForLogin(e.actor, after: e.request.end, within: login)
      else { continue }
      file.exchanges.links[i].login = .useless
    }
  }

  /// Seconds around those who are surely turned away.
  private static let around = 15.0

  /// How long the requests are that services serve, by who sent them, targets not counted. (An edge may name its auth
  /// service where it turns somebody away, so that the service is another one then.)
  private struct ServedLengths {
    private var served: [Int32: [(time: Instant, length: Int)]] = [:]
    /// Bytes: a counter or a body's length differs.
    private static let slack = 12
    private static let around = 200

    init(_ file: CaseFile, of actors: Set<Int32>) {
      for e in file.exchanges
      where e.isSuccess && e.endpoint == .none && e.request.requestBytes > 0
        && actors.contains(e.actor)
      {
        served[e.actor, default: []].append((e.request.start, e.request.lengthWithoutTarget))
      }
    }

    func hasLikeBefore(_ e: Exchange) -> Bool {
      guard e.request.requestBytes > 0, let all = served[e.actor] else { return false }
      let length = e.request.lengthWithoutTarget
      return all[..<all.partitioningIndex { $0.time >= e.request.start }].suffix(Self.around)
        .contains { abs($0.length - length) <= Self.slack }
    }
  }

  /// The edge passed on a service's redirect. (Caddy's log cannot tell it from one of its auth service.)
  private static func isPassed(_ e: Exchange) -> Bool {
    e.request.answeredBy == .upstream && e.request.format != .caddyAccess
  }

  private static func isRedirect(_ status: UInt16) -> Bool {
    status == 302 || status == 303 || status == 307
  }

  /// Spring Security's path of a login (`OAuth2AuthorizationRequestRedirectFilter`) and what others call theirs: a
  /// redirect to Keycloak is its use.
  private static func startsLogin(_ path: Symbol, _ file: CaseFile) -> Bool {
    let parts = file.text(path).prefix { $0 != "?" }.split(separator: "/")
    return parts.contains { ["login", "signin", "sign-in", "sso"].contains($0) }
      || zip(parts, parts.dropFirst()).contains { $0 == "oauth2" && $1 == "authorization" }
  }

  /// Whether a redirect says that it leads to a login; nil where it does not say where it leads.
  private static func pointsToLogin(
    _ e: Exchange, _ file: CaseFile, _ texts: inout [Symbol: Bool]
  ) -> Bool? {
    if !e.request.location.isNone {
      if let known = texts[e.request.location] { return known }
      let text = file.text(e.request.location)
      let isLogin =
        text.firstRange(of: "/protocol/openid-connect/auth") != nil
        || text.firstRange(of: "/oauth2/start") != nil
        || text.firstRange(of: "/oauth2/sign_in") != nil
      texts[e.request.location] = isLogin
      return isLogin
    }
    guard !e.request.detail.isNone else { return nil }
    return file.text(e.request.detail) == "oauth.missing_credentials" ? true : nil
  }

  /// Parties whose redirects lead to a login, by what those who got them asked for next.
  private static func parties(
    _ candidates: [Int], _ file: CaseFile, _ actors: Actors
  ) -> Set<Int32> {
    var all: [Int32: (redirects: Int, followed: Int)] = [:]
    var browsers = all
    for i in candidates {
      let e = file.exchanges[i]
      let followed = actors.asksForLogin(e.actor, after: e.request.end, within: follows) ? 1 : 0
      func count(_ counts: inout [Int32: (redirects: Int, followed: Int)]) {
        let known = counts[e.party] ?? (0, 0)
        counts[e.party] = (known.redirects + 1, known.followed + followed)
      }
      count(&all)
      if actors.isBrowser(e.actor) { count(&browsers) }
    }
    var found: Set<Int32> = []
    for counts in [all, browsers] {
      for (party, n) in counts where n.followed >= 2 && n.followed * 2 >= n.redirects {
        found.insert(party)
      }
    }
    return found
  }

  /// Parties at which the edge answers several programs that were served with their tokens with 302, and they do not
  /// ask for the same path again: other redirects of an edge are followed, or permanent.
  private static func turningAway(
    _ candidates: [Int], _ file: CaseFile, _ actors: Actors
  ) -> Set<Int32> {
    var found: [Int32: (actors: Set<Int32>, redirects: Int, repeated: Int)] = [:]
    for i in candidates {
      let e = file.exchanges[i]
      guard e.request.status == 302, e.request.answeredBy == .edge, e.request.location.isNone,
        actors.hasToken(e, file)
      else { continue }
      var known = found[e.party] ?? ([], 0, 0)
      known.actors.insert(e.actor)
      known.redirects += 1
      if isRepeated(i, file) { known.repeated += 1 }
      found[e.party] = known
    }
    return Set(
      found.filter {
        $0.value.actors.count >= 2 && $0.value.redirects >= 4
          && $0.value.repeated * 4 < $0.value.redirects
      }.keys
    )
  }

  /// The same client asks for the same path within two seconds.
  private static func isRepeated(_ i: Int, _ file: CaseFile) -> Bool {
    let r = file.exchanges.requests[i]
    return file.exchanges.requests[(i + 1)...].prefix(500)
      .prefix { $0.start <= r.end.advanced(seconds: 2) }
      .contains { $0.client == r.client && $0.path == r.path && $0.status != r.status }
  }

  /// What the actors ask of Keycloak, by time.
  private struct Actors {
    private struct Place: Hashable {
      var actor: Int32
      var party: Int32
    }
    private var firstToken: [Int32: Instant] = [:]
    /// Where actors that got a token by themselves were served.
    private var served: Set<Place> = []
    /// Calls of the authorization end-point or of an auth service's start page.
    private var asks: [Int32: [Instant]] = [:]
    /// Forms sent and answers brought back.
    private var logins: [Int32: [Instant]] = [:]
    private let browsers: [Bool]
    /// Those without a name, too.
    private let mayBeBrowser: [Bool]

    init(_ file: CaseFile) {
      browsers = file.actors.map { file.isBrowser($0.userAgent) }
      mayBeBrowser = file.actors.map { $0.userAgent.isNone || file.isBrowser($0.userAgent) }
      for e in file.exchanges {
        switch e.endpoint {
        case .token:
          if e.isSuccess, firstToken[e.actor] == nil { firstToken[e.actor] = e.request.end }
        case .authorization, .authService:
          asks[e.actor, default: []].append(e.request.start)
        case .loginActions: logins[e.actor, default: []].append(e.request.start)
        case .none:
          guard e.isSuccess, mayBeBrowser[Int(e.actor)], firstToken[e.actor] != nil else { break }
          served.insert(Place(actor: e.actor, party: e.party))
        default: break
        }
        if e.request.isLoginCallback { logins[e.actor, default: []].append(e.request.start) }
      }
    }

    func isBrowser(_ actor: Int32) -> Bool { browsers[Int(actor)] }

    /// The request carried a token, by the log, or its sender had got one: a browser's program (what logs in at
    /// the edge gets none by itself) is served here with it at another time.
    func hasToken(_ e: Exchange, _ file: CaseFile) -> Bool {
      switch e.request.authorization {
      case .present: return e.request.remoteUser.isNone
      case .absent: return false
      case .unknown: break
      }
      guard let token = firstToken[e.actor] else { return false }
      if mayBeBrowser[Int(e.actor)], !served.contains(Place(actor: e.actor, party: e.party)) {
        return false
      }
      // A second hides the order of what happened in it.
      return token <= e.request.end.advanced(seconds: e.request.isCoarse ? 1 : 0)
    }

    func asksForLogin(_ actor: Int32, after time: Instant, within seconds: Double) -> Bool {
      Actors.isAny(of: asks[actor], after: time, within: seconds)
    }

    func logsIn(_ actor: Int32, after time: Instant, within seconds: Double) -> Bool {
      Actors.isAny(of: logins[actor], after: time, within: seconds)
    }

    private static func isAny(of times: [Instant]?, after time: Instant, within seconds: Double)
      -> Bool
    {
      guard let times else { return false }
      let from = time.advanced(seconds: -1)
      let next = times.partitioningIndex { $0 >= from }
      return next < times.count && times[next] - time < seconds
    }
  }
}
