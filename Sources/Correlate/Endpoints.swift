internal import Evidence

/// Keycloak's end-points by route text, looked at once per route.
struct Endpoints {
  /// By symbol of the route; `nil` not looked at.
  private var known: [Endpoint?]

  private let wishes: Wishes
  /// Hosts and services by symbol: whether the operator says that they are Keycloak.
  private var named: [Symbol: Bool] = [:]

  init(symbols: Int, _ wishes: Wishes = Wishes()) {
    known = [Endpoint?](repeating: nil, count: max(1, symbols))
    self.wishes = wishes
  }

  mutating func of(_ request: Request, _ symbols: borrowing SymbolTable) -> Endpoint {
    let place = Int(request.route.index)
    let endpoint = known[place] ?? Endpoints.classify(symbols.text(request.route))
    known[place] = endpoint
    guard endpoint == .none, !wishes.roles.isEmpty else { return endpoint }
    let isKeycloak = isNamed(request.service, symbols) || isNamed(request.host, symbols)
    return isKeycloak ? .otherKeycloak : .none
  }

  private mutating func isNamed(_ name: Symbol, _ symbols: borrowing SymbolTable) -> Bool {
    if name.isNone { return false }
    if let known = named[name] { return known }
    let isKeycloak = wishes.isKeycloak(symbols.text(name))
    named[name] = isKeycloak
    return isKeycloak
  }

  /// `/realms/x/protocol/openid-connect/token` and its relatives, with or without a prefix.
  static func classify(_ route: String) -> Endpoint {
    if route.hasPrefix("/oauth2/") || route == "/oauth2" { return .authService }
    if route.hasPrefix("/admin/realms") || route.hasPrefix("/auth/admin") { return .admin }
    guard let realms = route.firstRange(of: "/realms/") else { return .none }
    let rest = route[realms.upperBound...]
    guard let slash = rest.firstIndex(of: "/") else { return .realm }
    let tail = rest[slash...]
    if tail.hasPrefix("/protocol/openid-connect") {
      let name = tail.dropFirst("/protocol/openid-connect".count)
      switch name {
      case "/token": return .token
      case "/token/introspect", "/tokens/introspect": return .introspection
      case "/userinfo": return .userinfo
      case "/auth", "/registrations": return .authorization
      case "/certs": return .certs
      case "/logout": return .logout
      default: return .otherKeycloak
      }
    }
    if tail.hasPrefix("/.well-known/") { return .discovery }
    if tail.hasPrefix("/login-actions") { return .loginActions }
    if tail.hasPrefix("/account") { return .account }
    if tail.hasPrefix("/protocol/") || tail.hasPrefix("/broker/") || tail.hasPrefix("/clients-")
      || tail.hasPrefix("/hostname-debug")
    {
      return .otherKeycloak
    }
    return .none
  }
}

extension String {
  /// First place of `text`.
  func firstRange(of text: String) -> Range<String.Index>? {
    let haystack = Array(utf8)
    let needle = Array(text.utf8)
    guard !needle.isEmpty, haystack.count >= needle.count else { return nil }
    for i in 0...(haystack.count - needle.count)
    where haystack[i] == needle[0] && Array(haystack[i..<i + needle.count]) == needle {
      let start = utf8.index(utf8.startIndex, offsetBy: i)
      return start..<utf8.index(start, offsetBy: needle.count)
    }
    return nil
  }
}
