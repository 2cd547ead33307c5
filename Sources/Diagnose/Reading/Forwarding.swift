internal import Evidence

/// What shows that Keycloak does not learn from its proxy who calls, and how.
enum Forwarding {
  struct Hints {
    var nonSecure: Citation?
    /// All clients that came through the edge appear under one private address in Keycloak's log.
    var addressesAreProxy = false
    var isPublicHTTPS = false
    /// Keycloak's own warning that proxy headers are not configured though a proxy is in front.
    var unset: Citation?
    var citations: [Citation] = []
    /// Events of clients' own calls, in order of time: whether their address is nobody's at the edge.
    var calls: [(time: Instant, isStranger: Bool, line: Citation)] = []
  }

  private static func areProxy(
    _ calls: ArraySlice<(time: Instant, isStranger: Bool, line: Citation)>
  ) -> Bool {
    let strangers = calls.count(where: \.isStranger)
    return strangers >= 3 && (calls.count - strangers) * 5 < strangers
  }

  /// Seconds before the first refusal in which the tokens may have been issued.
  private static let before = 10.0

  /// Lines that show Keycloak taking everybody for the proxy while a group was refused, and only then.
  static func onset(_ profile: Profile, _ scene: Scene) -> [Citation] {
    let calls = scene.forwarding.calls
    guard profile.first.isKnown, !scene.forwarding.addressesAreProxy else { return [] }
    let from = profile.first.advanced(seconds: -before)
    let low = calls.partitioningIndex { $0.time >= from }
    let high = calls.partitioningIndex { $0.time > profile.last }
    let around = calls[..<low] + calls[high...]
    guard low < high, let first = calls[low..<high].firstIndex(where: \.isStranger),
      areProxy(calls[first..<high]), around.count >= 3,
      around.count(where: \.isStranger) * 5 < around.count
    else { return [] }
    return calls[first..<high].lazy.filter(\.isStranger).prefix(2).map(\.line)
  }

  static func hints(_ scene: Scene) -> Hints {
    var result = Hints()
    result.nonSecure =
      scene.file.observations.messages.first { $0.statement == .nonSecureContext }?.citation
    result.unset =
      scene.file.observations.messages.first {
        $0.statement == .proxyHeadersUnset
      }?.citation
    var isFront: [Symbol: Bool] = [:]
    for e in scene.file.observations.tokenEvents {
      if isFront[e.type] == nil {
        let type = scene.text(e.type)
        isFront[e.type] =
          type.hasPrefix("LOGIN") || type.hasPrefix("CODE_TO") || type.hasPrefix("REFRESH")
          || type.hasPrefix("CLIENT_LOGIN")
      }
      guard isFront[e.type] == true else { continue }
      if e.time < scene.first { continue }
      result.calls.append((e.time, scene.rows(of: e.address).isEmpty, e.citation))
    }
    let strangers = result.calls.lazy.filter(\.isStranger)
    result.addressesAreProxy = areProxy(result.calls[...])
    if result.addressesAreProxy { result.citations = strangers.prefix(2).map(\.line) }
    result.isPublicHTTPS = scene.file.exchanges.contains {
      ($0.request.status == 301 || $0.request.status == 302 || $0.request.status == 308)
        && !$0.request.location.isNone && scene.text($0.request.location).hasPrefix("https://")
    }
    return result
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
