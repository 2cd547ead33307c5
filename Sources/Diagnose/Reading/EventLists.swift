internal import Evidence

/// Events of Keycloak that several causes ask for, as indices of `tokenEvents`.
struct EventLists: Sendable {
  /// LOGOUT, in order of time.
  private(set) var logouts: [Int] = []
  /// First REVOKE_GRANT by token, and by session.
  private(set) var revokedTokens: [Symbol: Int] = [:]
  private(set) var revokedSessions: [Symbol: Int] = [:]
  /// First event by session that says its refresh token was used more often than is allowed, which ends it
  /// (`TokenManager.validateTokenReuseForRefresh`).
  private(set) var reusedSessions: [Symbol: Int] = [:]
  /// Those that say `ssl_required`, in order of time.
  private(set) var insecure: [Int] = []

  /// Those that say `realm_disabled`, in order of time.
  private(set) var disabledRealm: [Int] = []

  private static let reuse = "Maximum allowed refresh token reuse"

  /// What an event of success ends.
  private enum SessionEnd {
    case none, logout, revocation

    init(type: String) {
      switch type {
      case "LOGOUT": self = .logout
      case "REVOKE_GRANT": self = .revocation
      default: self = .none
      }
    }
  }

  init() {}

  init(_ file: CaseFile) {
    var types = TextMemo<SessionEnd>()
    var isInsecure = TextMemo<Bool>()
    var isReuse = TextMemo<Bool>()
    var isDisabled = TextMemo<Bool>()
    for (i, e) in file.observations.tokenEvents.enumerated() {
      if !e.error.isNone, isInsecure.value(of: e.error, { file.text($0) == "ssl_required" }) {
        insecure.append(i)
      }
      if !e.error.isNone, isDisabled.value(of: e.error, { file.text($0) == "realm_disabled" }) {
        disabledRealm.append(i)
      }
      if !e.reason.isNone, !e.session.isNone, reusedSessions[e.session] == nil,
        isReuse.value(of: e.reason, { file.text($0).hasPrefix(EventLists.reuse) })
      {
        reusedSessions[e.session] = i
      }
      switch types.value(of: e.type, { SessionEnd(type: file.text($0)) }) {
      case .logout: logouts.append(i)
      case .revocation:
        if !e.tokenID.isNone { revokedTokens[e.tokenID] = revokedTokens[e.tokenID] ?? i }
        if !e.session.isNone { revokedSessions[e.session] = revokedSessions[e.session] ?? i }
      case .none: break
      }
    }
  }
}
