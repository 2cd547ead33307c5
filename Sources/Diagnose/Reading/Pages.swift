internal import Evidence

/// Pages that browsers open: navigations send cookies and no token, whoever answers them. Told by headers
/// where those were logged, else by the icon that a browser alone asks for, right after a page.
struct Pages: Sendable {
  /// How a party answers browsers that open its pages.
  struct Door: Sendable {
    /// Pages refused with 401, and by how many actors they were opened.
    var refused: [Int] = []
    var actors: Set<Int32> = []
    /// Pages answered with a redirect to the login.
    var redirects: [Int] = []
    /// Refusals after which the browser was at a login.
    var followed = 0
  }
  private struct Visit: Hashable {
    var actor: Int32
    var party: Int32
  }
  private struct Visitor {
    var lastPage = Instant.unknown
    var firstRefusal = Instant.unknown
    var lastRefusal = Instant.unknown
    /// Something was served there after a refusal, and something refused after that.
    var isServedBetween = false
    /// A page, by its headers or by the icon after it.
    var isSure = false
    var hasIcon = false
  }
  private var rows: Set<Int> = []
  /// Calls of an API's paths that browsers make without a session where the edge turns such calls to the login.
  private var calls: Set<Int> = []
  private(set) var doors: [Int32: Door] = [:]

  /// Seconds after a page in which its icon is asked for.
  private static let icon = 2.5
  /// Seconds within which people are at the login that they were sent to.
  private static let login = 12.0

  init() {}

  init(_ scene: Scene) {
    let parties = Pages.parties(scene)
    guard !parties.isEmpty else { return }
    let candidates = scene.briefs.indices.filter {
      Pages.mayBe(scene.briefs[$0]) && parties.contains(scene.briefs[$0].party)
        && Pages.mayBe($0, scene)
    }
    let visitors = Pages.visitors(candidates, scene)
    var icons: [Int32: Int] = [:]
    for (visit, v) in visitors where v.hasIcon { icons[visit.party, default: 0] += 1 }
    var redirected: [Int32: Set<Symbol>] = [:]
    var redirectedCalls: [Int32: Int] = [:]
    for i in candidates where scene.exchange(i).isLoginRedirect {
      let r = scene.exchange(i).request
      redirected[scene.briefs[i].party, default: []].insert(r.route)
      if Pages.kind(r.path, scene) == .other {
        redirectedCalls[scene.briefs[i].party, default: 0] += 1
      }
    }
    for i in candidates {
      let b = scene.briefs[i]
      let e = scene.exchange(i)
      let visit = Visit(actor: b.actor, party: b.party)
      guard let v = visitors[visit] else { continue }
      let kind = Pages.kind(e.request.path, scene)
      if kind == .other, (redirectedCalls[b.party] ?? 0) >= 2, Pages.isAnsweredBefore(e) {
        calls.insert(i)
        stand(at: i, e, scene)
        continue
      }
      let isKnown =
        v.isSure || v.hasIcon && (icons[b.party] ?? 0) >= 2
        || redirected[b.party]?.contains(e.request.route) == true
      guard kind != .other,
        e.request.navigation == .present || isKnown && !v.isServedBetween,
        e.request.navigation != .absent || kind == .icon
      else { continue }
      rows.insert(i)
      if kind == .page { stand(at: i, e, scene) }
    }
  }

  private mutating func stand(at i: Int, _ e: Exchange, _ scene: Scene) {
    let b = scene.briefs[i]
    if b.status == 401 {
      doors[b.party, default: Door()].refused.append(i)
      doors[b.party]?.actors.insert(b.actor)
      if Pages.isAtLogin(i, scene) { doors[b.party]?.followed += 1 }
    } else if e.isLoginRedirect {
      doors[b.party, default: Door()].redirects.append(i)
    }
  }

  /// Calls that carried credentials were not refused for want of a session.
  mutating func settle(_ credentials: [Seen], _ scene: Scene) {
    let sent = calls.filter { credentials[$0] == .present }
    guard !sent.isEmpty else { return }
    calls.subtract(sent)
    for party in Set(sent.map { scene.briefs[$0].party }) {
      guard var door = doors[party] else { continue }
      door.refused.removeAll { sent.contains($0) }
      door.redirects.removeAll { sent.contains($0) }
      door.actors = Set(door.refused.map { scene.briefs[$0].actor })
      door.followed = door.refused.count { Pages.isAtLogin($0, scene) }
      doors[party] = door
    }
  }

  /// The edge, or the service that it asks, answered: with the login or with its 401.
  private static func isAnsweredBefore(_ e: Exchange) -> Bool {
    e.isLoginRedirect || e.request.answeredBy == .edge
  }

  /// A browser came without a session: it opened a page, or made a call that such browsers are sent to the login for.
  func isAtDoor(_ i: Int) -> Bool { rows.contains(i) || calls.contains(i) }

  /// A browser opened it, or fetched it for a page: no token was sent.
  func isTokenless(_ i: Int) -> Bool { rows.contains(i) }

  /// Parties at which anything shows that pages are opened: only they are looked at.
  private static func parties(_ scene: Scene) -> Set<Int32> {
    var found: Set<Int32> = []
    var isFound = [Bool](repeating: false, count: scene.file.parties.count)
    var icons = Icons(scene)
    for (i, b) in scene.briefs.enumerated() where mayBe(b) && !isFound[Int(b.party)] {
      if scene.file.exchanges.links[i].login != .none
        || scene.file.exchanges.requests[i].navigation == .present || icons.contains(i)
      {
        isFound[Int(b.party)] = true
        found.insert(b.party)
      }
    }
    return found
  }

  /// Which requests are for a page's icon: told by their routes, which are few, where those are whole.
  private struct Icons {
    private let scene: Scene
    /// By symbol of a route.
    private var kinds: [Bool?]

    init(_ scene: Scene) {
      self.scene = scene
      kinds = [Bool?](repeating: nil, count: max(1, scene.file.observations.symbols.count))
    }

    mutating func contains(_ i: Int) -> Bool {
      let r = scene.file.exchanges.requests[i]
      if let known = kinds[Int(r.route.index)] { return known }
      let route = scene.file.observations.symbols.bytes(of: r.route)
      guard !r.route.isNone, !route.suffix(3).elementsEqual("…".utf8) else {
        return Pages.kind(r.path, scene) == .icon
      }
      let isIcon = Pages.kind(r.route, scene) == .icon
      kinds[Int(r.route.index)] = isIcon
      return isIcon
    }
  }

  private static func mayBe(_ b: Brief) -> Bool {
    b.endpoint == .none && !b.isProbe && (b.status == 401 || b.status >= 302 && b.status <= 307)
  }

  private static func mayBe(_ i: Int, _ scene: Scene) -> Bool {
    let e = scene.exchange(i)
    return e.request.authorization != .present && !e.isTurnedAway && !scene.isScanner(i)
      && scene.text(e.request.method) == "GET"
  }

  /// What a path names: scripts, assets and calls of an API are others.
  enum Kind { case page, icon, other }

  static func kind(_ path: Symbol, _ scene: Scene) -> Kind {
    let text = scene.file.observations.symbols.bytes(of: path)
    let slash = UInt8(ascii: "/")
    let end = (text.lastIndex { $0 != slash }).map { $0 + 1 } ?? text.startIndex
    let start = (text[..<end].lastIndex(of: slash)).map { $0 + 1 } ?? text.startIndex
    let last = text[start..<end]
    if last.elementsEqual("favicon.ico".utf8) { return .icon }
    if last.contains(UInt8(ascii: ".")), !last.suffix(5).elementsEqual(".html".utf8) {
      return .other
    }
    var k = text.startIndex
    while k < end, let next = text[k..<end].firstIndex(of: slash) {
      if text[next..<end].starts(with: "/api".utf8) { return .other }
      k = next + 1
    }
    return .page
  }

  /// Who opens pages where, and whether anything was served to them there.
  private static func visitors(
    _ candidates: [Int], _ scene: Scene
  ) -> [Visit: Visitor] {
    var found: [Visit: Visitor] = [:]
    for i in candidates {
      let b = scene.briefs[i]
      let r = scene.exchange(i).request
      guard r.userAgent.isNone || scene.file.isBrowser(r.userAgent) else { continue }
      var v = found[Visit(actor: b.actor, party: b.party)] ?? Visitor()
      if b.status == 401 {
        if !v.firstRefusal.isKnown { v.firstRefusal = b.start }
        v.lastRefusal = b.start
      }
      switch kind(r.path, scene) {
      case .page:
        v.lastPage = b.start
        if r.navigation == .present { v.isSure = true }
      case .icon:
        if v.lastPage.isKnown, b.start - v.lastPage < icon { v.hasIcon = true }
      case .other: break
      }
      found[Visit(actor: b.actor, party: b.party)] = v
    }
    for (visit, v) in found where v.firstRefusal.isKnown {
      let own = scene.within(scene.byActor[Int(visit.actor)], v.firstRefusal, v.lastRefusal)
      found[visit]?.isServedBetween = own.contains {
        scene.briefs[$0].party == visit.party && scene.briefs[$0].isSuccess
      }
    }
    return found
  }

  /// Whoever was sent there by the service itself meanwhile owes nothing to the refusal.
  private static func isAtLogin(_ i: Int, _ scene: Scene) -> Bool {
    let b = scene.briefs[i]
    let next = scene.within(
      scene.byActor[Int(b.actor)], b.start, b.end.advanced(seconds: login)
    ).first {
      isLogin(scene.briefs[$0].endpoint)
        || scene.briefs[$0].party == b.party && scene.exchange($0).isLoginRedirect
    }
    return next.map { isLogin(scene.briefs[$0].endpoint) } ?? false
  }

  private static func isLogin(_ endpoint: Endpoint) -> Bool {
    endpoint == .authorization || endpoint == .loginActions || endpoint == .authService
  }
}

extension Pages.Door {
  /// Those who open pages get a 401, and it is not on their way to a login. Where the door was open before, some
  /// are at a login soon: they try until it opens again.
  func isShut(_ scene: Scene) -> Bool {
    actors.count >= 2
      && (followed * 5 <= refused.count || followed * 2 <= refused.count && turns(scene))
  }

  /// The redirects to the login begin when the refusals have ended.
  func opens(_ scene: Scene) -> Bool {
    guard redirects.count >= 2, let first = redirects.first, let last = refused.last else {
      return false
    }
    return scene.briefs[first].start >= scene.briefs[last].end
  }

  /// The redirects to the login end where the refusals begin, and come again after them if at all.
  func turns(_ scene: Scene) -> Bool {
    guard let first = refused.first, let last = refused.last else { return false }
    let before = redirects.prefix { scene.briefs[$0].start <= scene.briefs[first].end }
    // Who was refused may ask once more without a look at the server (a page of a cache).
    let span = scene.briefs[last].start - scene.briefs[first].end
    let end = scene.briefs[last].start.advanced(seconds: -max(3, span * 0.2))
    return before.count >= 2
      && redirects.dropFirst(before.count).allSatisfy { scene.briefs[$0].start > end }
  }
}
