internal import Evidence

/// What shows that Keycloak does not learn from its proxy who calls, and how.
enum Forwarding {
  struct Hints {
    var nonSecure: Citation?
    var isPublicHTTPS = false
    /// Keycloak's own warning that proxy headers are not configured though a proxy is in front.
    var unset: Citation?
    /// Keycloak's start line up to 24: it takes its name from each request, and was told of no proxy.
    var unproxied: Citation?
    /// Events that show all clients that came through the edge under the proxy's address; empty where they do not.
    var citations: [Citation] = []
    var addressesAreProxy: Bool { !citations.isEmpty }
    /// Events of clients' own calls.
    var calls = Calls()
    /// Events by which Keycloak takes its own older tokens for another's, for their scheme or port alone.
    var ownTokens: [(time: Instant, citation: Citation)] = []
    /// The port it is, not the scheme.
    var isOfPort = false
  }

  /// Clients' own calls in Keycloak's events, in order of time: when, and which have an address that is nobody's at the
  /// edge.
  struct Calls {
    private var times: [Instant] = []
    /// Places in `times`, ascending.
    private var strangers: [Int] = []
    private var lines: [Citation] = []

    mutating func append(_ time: Instant, isStranger: Bool, _ line: Citation) {
      if isStranger {
        strangers.append(times.count)
        lines.append(line)
      }
      times.append(time)
    }

    /// Two lines of strangers among all calls; none where they are few, or few of them.
    var ofProxy: [Citation] { Calls.areProxy(strangers.count, of: times.count) ? few(from: 0) : [] }

    /// The same of the calls in a span, from the first stranger on, where there are hardly any strangers around it.
    func ofProxy(only from: Instant, _ to: Instant) -> [Citation] {
      let low = times.partitioningIndex { $0 >= from }
      let high = times.partitioningIndex { $0 > to }
      let first = strangers.partitioningIndex { $0 >= low }
      let last = strangers.partitioningIndex { $0 >= high }
      guard first < last else { return [] }
      let around = times.count - (high - low)
      let isSoundAround = around >= 3 && (strangers.count - (last - first)) * 5 < around
      return isSoundAround && Calls.areProxy(last - first, of: high - strangers[first])
        ? few(from: first) : []
    }

    private func few(from first: Int) -> [Citation] { Array(lines[first...].prefix(2)) }

    private static func areProxy(_ strangers: Int, of all: Int) -> Bool {
      strangers >= 3 && (all - strangers) * 5 < strangers
    }
  }

  /// Seconds after a reload in which the first client comes with a token from before it.
  private static let sinceReload = 120.0

  /// Seconds before the first refusal in which the tokens may have been issued.
  private static let before = 10.0

  /// Lines that show Keycloak taking everybody for the proxy while a group was refused, and only then.
  static func onset(_ profile: Profile, _ scene: Scene) -> [Citation] {
    guard profile.first.isKnown, !scene.forwarding.addressesAreProxy else { return [] }
    return scene.forwarding.calls.ofProxy(
      only: profile.first.advanced(seconds: -before), profile.last)
  }

  static func hints(_ scene: Scene) -> Hints {
    var result = Hints()
    result.nonSecure =
      scene.file.observations.messages.first { $0.statement == .nonSecureContext }?.citation
    result.unset =
      scene.file.observations.messages.first {
        $0.statement == .proxyHeadersUnset
      }?.citation
    result.unproxied =
      scene.file.observations.messages.last {
        $0.statement == .hostnameOptions && scene.text($0.text).contains("Proxied: ")
      }.flatMap {
        let text = scene.text($0.text)
        return text.contains("Hostname: <request>") && text.contains("Proxied: false")
          ? $0.citation : nil
      }
    var front = TextMemo<Bool>()
    var issuers = TextMemo<IssuerWord>()
    var expectsPlain: [(time: Instant, citation: Citation)] = []
    var expectsPort: [(time: Instant, citation: Citation)] = []
    var publicHosts: PublicHosts?
    for e in scene.file.observations.tokenEvents {
      if !e.reason.isNone {
        switch issuers.value(of: e.reason, { IssuerWord(scene.text($0)) }) {
        case .otherScheme: result.ownTokens.append((e.time, e.citation))
        case .plainExpected: expectsPlain.append((e.time, e.citation))
        case .otherPort: expectsPort.append((e.time, e.citation))
        case .portExpected(let host):
          let hosts = publicHosts ?? PublicHosts(scene)
          publicHosts = hosts
          if hosts.isWithoutPort(host) { expectsPort.append((e.time, e.citation)) }
        case .other, .nameExpected: break
        }
      }
      let isFront = front.value(of: e.type) {
        let type = scene.text($0)
        return type.hasPrefix("LOGIN") || type.hasPrefix("CODE_TO") || type.hasPrefix("REFRESH")
          || type.hasPrefix("CLIENT_LOGIN")
      }
      if !isFront || e.time < scene.first { continue }
      result.calls.append(e.time, isStranger: scene.rows(of: e.address).isEmpty, e.citation)
    }
    result.citations = result.calls.ofProxy
    result.isPublicHTTPS = scene.file.exchanges.contains {
      ($0.request.status == 301 || $0.request.status == 302 || $0.request.status == 308)
        && !$0.request.location.isNone && scene.text($0.request.location).hasPrefix("https://")
    }
    // Where only one name is written, that Keycloak takes clients for the proxy meanwhile tells of its headers.
    if result.ownTokens.isEmpty, let first = expectsPlain.first, let last = expectsPlain.last,
      result.addressesAreProxy || result.isPublicHTTPS || areRedirectsSecure(scene)
        || scene.reload(
          near: first.time.advanced(seconds: -sinceReload / 2), within: sinceReload / 2) != nil
        || !result.calls.ofProxy(
          only: first.time.advanced(seconds: -before), last.time.advanced(seconds: before)
        ).isEmpty
    {
      result.ownTokens = expectsPlain
    }
    if result.ownTokens.isEmpty, !expectsPort.isEmpty {
      result.ownTokens = expectsPort
      result.isOfPort = true
    }
    return result
  }

  /// Clients name only https addresses to be sent back to after a login.
  private static func areRedirectsSecure(_ scene: Scene) -> Bool {
    var secure = 0
    var plain = 0
    var texts = TextMemo<Int>()
    for e in scene.file.observations.tokenEvents where !e.redirectURI.isNone {
      switch texts.value(of: e.redirectURI, { scheme(scene.text($0)) }) {
      case 1: secure += 1
      case 2: plain += 1
      default: break
      }
    }
    return secure >= 2 && plain == 0
  }

  /// 1: https; 2: http to another host than the user's own.
  private static func scheme(_ uri: String) -> Int {
    if uri.hasPrefix("https://") { return 1 }
    return uri.hasPrefix("http://") && !uri.hasPrefix("http://localhost")
      && !uri.hasPrefix("http://127.0.0.1") ? 2 : 0
  }

  /// Hosts that clients call Keycloak by, and whether they do so without a port.
  private struct PublicHosts {
    private var hosts: Set<String> = []
    private var ports: Set<String> = []
    /// The edge logs ports where clients name them.
    private var areAllPortsLogged = true
    /// Services behind the same edge are reached by https without a port.
    private var areServicesWithoutPort = false

    init(_ scene: Scene) {
      var served: Set<String> = []
      var texts = TextMemo<String>()
      for r in scene.file.exchanges.requests where !r.host.isNone {
        served.insert(texts.value(of: r.host, scene.text))
      }
      for e in scene.file.exchanges where e.endpoint.isKeycloak && !e.request.host.isNone {
        let authority = texts.value(of: e.request.host, scene.text)
        if authority.contains(":") { ports.insert(String(authority.prefix { $0 != ":" })) }
        hosts.insert(authority)
        switch e.request.format {
        case .traefikJSON, .envoyText, .envoyJSON, .caddyAccess: break
        default: areAllPortsLogged = false
        }
      }
      areServicesWithoutPort = scene.file.observations.tokenEvents.contains { e in
        guard !e.redirectURI.isNone else { return false }
        let uri = texts.value(of: e.redirectURI, scene.text)
        guard uri.hasPrefix("https://") else { return false }
        return served.contains(String(uri.dropFirst("https://".count).prefix { $0 != "/" }))
      }
    }

    func isWithoutPort(_ host: String) -> Bool {
      hosts.contains(host) && !ports.contains(host)
        && (areAllPortsLogged || areServicesWithoutPort)
    }
  }

  /// What Keycloak says of the issuer of a token (`TokenVerifier.RealmUrlCheck`).
  enum IssuerWord: Equatable {
    case other
    /// `Invalid token issuer. Expected 'https://kc:8443/realms/r', but was 'https://kc/realms/r'`.
    case otherPort
    /// `Invalid token issuer. Expected 'https://kc/realms/r'`, the public name.
    case nameExpected
    /// `Invalid token issuer. Expected 'https://kc:8443/realms/r'`: the host.
    case portExpected(host: String)
    /// `Invalid token issuer. Expected 'http://kc/realms/r', but was 'https://kc/realms/r'`.
    case otherScheme
    /// `Invalid token issuer. Expected 'http://kc/realms/r'`, as some versions write it.
    case plainExpected

    init(_ reason: String) {
      self = .other
      guard reason.contains("Invalid token issuer") else { return }
      let names = reason.split(separator: "'").filter { $0.hasPrefix("http") }
      if names.count >= 2, names[0].hasPrefix("http://"), names[1].hasPrefix("https://"),
        names[0].dropFirst(7) == names[1].dropFirst(8)
      {
        self = .otherScheme
      } else if names.count >= 2 {
        let (expected, was) = (IssuerName(names[0]), IssuerName(names[1]))
        if expected.scheme == was.scheme, expected.host == was.host, expected.path == was.path,
          expected.port != was.port
        {
          self = .otherPort
        }
      } else if reason.hasPrefix("Invalid token issuer. Expected 'http://"),
        !reason.contains("but was")
      {
        self = .plainExpected
      } else if names.count == 1 {
        let name = IssuerName(names[0])
        self = name.port.isEmpty ? .nameExpected : .portExpected(host: name.host)
      }
    }
  }

  private struct IssuerName {
    var scheme: Substring
    var host: String
    var port: Substring
    var path: Substring

    init(_ url: Substring) {
      scheme = url.prefix { $0 != ":" }
      let rest = url.dropFirst(scheme.count + "://".count)
      let authority = rest.prefix { $0 != "/" }
      path = rest.dropFirst(authority.count)
      host = String(authority.prefix { $0 != ":" })
      port = authority.dropFirst(host.count + 1)
    }
  }

  /// Whether Keycloak refuses a group for such an issuer.
  static func isOfOwnToken(_ group: Group, _ scene: Scene) -> Bool {
    switch IssuerWord(Signals.eventReason(group, scene)) {
    case .other: return false
    case .otherScheme, .otherPort: return true
    case .nameExpected:
      // Keycloak knows its name again, and not the tokens that it made meanwhile.
      guard let first = scene.forwarding.ownTokens.first, let row = group.rows.first else {
        return false
      }
      return scene.briefs[row].start > first.time
    case .plainExpected, .portExpected:
      let lines = Set(Signals.events(group, scene))
      return scene.forwarding.ownTokens.contains { lines.contains($0.citation) }
    }
  }

  /// The refused URI is one that Keycloak takes of the same client, with http instead of https.
  static func redirectLostScheme(_ group: Group, _ scene: Scene) -> Bool {
    struct Place: Hashable {
      var client: Symbol
      var uri: String
    }
    let refused = Set(
      group.rows.prefix(200).compactMap { scene.event(scene.exchange($0).event) }
        .map { Place(client: $0.client, uri: scene.text($0.redirectURI)) })
    guard !refused.isEmpty, refused.allSatisfy({ $0.uri.hasPrefix("http://") }) else {
      return false
    }
    // Events are many, their URIs few.
    var texts = TextMemo<String>()
    var wanted = Set(
      refused.map {
        Place(client: $0.client, uri: "https://" + $0.uri.dropFirst("http://".count))
      })
    for e in scene.file.observations.tokenEvents where e.error.isNone && !e.redirectURI.isNone {
      wanted.remove(Place(client: e.client, uri: texts.value(of: e.redirectURI, scene.text)))
      if wanted.isEmpty { return true }
    }
    return false
  }

  /// A refused redirect URI with http:// or an explicit internal port, for a host whose https form
  /// is used elsewhere.
  static func redirectDiffersInScheme(_ group: Group, _ scene: Scene) -> Bool {
    var good: Set<String> = []
    var bad: Set<String> = []
    for e in scene.file.observations.tokenEvents where !e.redirectURI.isNone {
      let text = scene.text(e.redirectURI)
      if e.error.isNone { good.insert(text) } else { bad.insert(text) }
    }
    return bad.contains { uri in
      guard uri.hasPrefix("http://") else { return false }
      let rest = uri.dropFirst("http://".count)
      let host = rest.prefix { $0 != "/" && $0 != ":" }
      return good.contains("https://" + rest)
        || rest.contains(":8080/") || rest.contains(":8443/")
        || good.contains { $0.hasPrefix("https://" + host) }
    }
  }
}
