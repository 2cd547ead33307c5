internal import Evidence

/// Keycloak's captured answers as the events they stand for, where its log gives none: an error
/// answer names its reason in fixed words, an introspection says `active: false`. The packet is
/// what is cited.
enum WireEvents {
  static func add(_ file: inout CaseFile) {
    let isAll = file.outermost == .wire
    for i in file.exchanges.indices {
      // Most have neither: their requests, which are large, are not looked at.
      let links = file.exchanges.links[i]
      let isOnWire = isAll || links.wire >= 0 || links.wireInner >= 0
      guard links.wireBack >= 0 || links.endpoint.isKeycloak && links.event < 0 && isOnWire
      else { continue }
      let e = file.exchanges[i]
      if e.endpoint.isKeycloak, e.event < 0, e.isFailure,
        let answer = answer(e, file), let words = meaning(file.text(answer.reason))
      {
        file.exchanges.links[i].event = append(words, answer, e.request.client, &file)
      }
      if e.wireBack >= 0, e.backEvent < 0, e.isFailure {
        let back = file.legs[Int(e.wireBack)]
        if file.text(back.reason) == "active: false" {
          let words = Words(type: "INTROSPECT_TOKEN_ERROR", error: "token_introspection_failed")
          file.exchanges.links[i].backEvent = append(words, back, back.client, &file)
        }
      }
    }
  }

  struct Words {
    var type: String
    var error: String
    var reason = ""
  }

  private static func answer(_ e: Exchange, _ file: CaseFile) -> Request? {
    var candidates: [Request] = []
    if e.request.hop == .wire { candidates.append(e.request) }
    for leg in [e.wire, e.wireInner] where leg >= 0 { candidates.append(file.legs[Int(leg)]) }
    return candidates.first { !$0.reason.isNone }
  }

  private static func append(
    _ words: Words, _ r: Request, _ client: Symbol, _ file: inout CaseFile
  ) -> Int32 {
    var event = TokenEvent(citation: r.citation)
    event.time = r.end
    event.type = file.observations.symbols.intern(words.type)
    event.error = file.observations.symbols.intern(words.error)
    if !words.reason.isEmpty { event.reason = file.observations.symbols.intern(words.reason) }
    event.client = r.oauthClient
    event.address = client
    event.traceID = r.traceID
    if r.presented >= 0, Int(r.presented) < file.observations.tokens.count {
      event.session = file.observations.tokens[Int(r.presented)].session
      event.user = file.observations.tokens[Int(r.presented)].subject
    }
    file.observations.tokenEvents.append(event)
    return Int32(file.observations.tokenEvents.count - 1)
  }

  /// The words of Keycloak 18–26 (`TokenEndpoint`, `TokenManager`, `AuthorizationEndpoint`, page
  /// messages); `nil` where one text has several reasons.
  static func meaning(_ text: String) -> Words? {
    let words: String
    if let colon = text.firstRange(of: ": ") {
      let error = text[..<colon.lowerBound]
      let isCode = error.utf8.allSatisfy { $0 >= 97 && $0 <= 122 || $0 == 95 }
      words = isCode ? String(text[colon.upperBound...]) : text
    } else {
      words = text
    }
    switch words {
    case "Invalid user credentials":
      return Words(type: "LOGIN_ERROR", error: "invalid_user_credentials")
    case "Account disabled": return Words(type: "LOGIN_ERROR", error: "user_disabled")
    case "Account is not fully set up":
      return Words(type: "LOGIN_ERROR", error: "resolve_required_actions")
    case "Token is not active", "Session not active", "Stale token", "Invalid refresh token",
      "Offline user session not found", "Session doesn't have required client",
      "Maximum allowed refresh token reuse exceeded":
      return Words(type: "REFRESH_TOKEN_ERROR", error: "invalid_token", reason: words)
    case "Code not valid": return Words(type: "CODE_TO_TOKEN_ERROR", error: "invalid_code")
    case "Invalid parameter: redirect_uri", "redirect_uri":
      return Words(type: "LOGIN_ERROR", error: "invalid_redirect_uri")
    case "Client not found.": return Words(type: "LOGIN_ERROR", error: "client_not_found")
    case "Client disabled.": return Words(type: "LOGIN_ERROR", error: "client_disabled")
    case "HTTPS required": return Words(type: "LOGIN_ERROR", error: "ssl_required")
    case "Realm not enabled": return Words(type: "LOGIN_ERROR", error: "realm_disabled")
    default: break
    }
    if words.hasPrefix("Client not allowed for") || words.hasPrefix("Client not enabled to") {
      return Words(type: "LOGIN_ERROR", error: "not_allowed", reason: words)
    }
    return nil
  }
}
