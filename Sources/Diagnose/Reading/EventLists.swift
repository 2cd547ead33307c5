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

  /// Access tokens that userinfo calls stale: they are from before a not-before (`TokenManager`), for nobody uses those
  /// up. In order of time, the first few.
  private(set) var staleAccess: [Int] = []

  /// How the reason of such a refusal begins.
  static let reuse = "Maximum allowed refresh token reuse"

  /// What an event complains of.
  private enum Fault {
    case other, insecure, disabledRealm

    init(error: String) {
      switch error {
      case "ssl_required": self = .insecure
      case "realm_disabled": self = .disabledRealm
      default: self = .other
      }
    }
  }

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
    var errors = TextMemo<Fault>()
    var isReuse = TextMemo<Bool>()
    var isStale = TextMemo<Bool>()
    for (i, e) in file.observations.tokenEvents.enumerated() {
      if !e.error.isNone {
        switch errors.value(of: e.error, { Fault(error: file.text($0)) }) {
        case .insecure: insecure.append(i)
        case .disabledRealm: disabledRealm.append(i)
        case .other: break
        }
      }
      if !e.reason.isNone, !e.session.isNone, reusedSessions[e.session] == nil,
        isReuse.value(of: e.reason, { file.text($0).hasPrefix(EventLists.reuse) })
      {
        reusedSessions[e.session] = i
      }
      if !e.reason.isNone, staleAccess.count < 3,
        isStale.value(of: e.reason, { file.text($0) == "Stale token" }),
        file.text(e.type).hasPrefix("USER_INFO")
      {
        staleAccess.append(i)
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
