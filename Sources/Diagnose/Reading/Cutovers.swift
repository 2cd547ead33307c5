internal import Evidence

/// Services that, from one moment on, refuse what is newly issued, whoever gets it, and go on taking what was issued
/// before until it ends: something changed in what Keycloak issues (its key, algorithm, issuer or claims), and the
/// service goes by what was.
struct Cutovers: Sendable {
  struct Cutover: Sendable {
    /// The call for the first of the refused tokens; and uses of older ones, served later.
    var issued: Citation
    var older: [Citation]
  }

  /// By class of kin.
  private var found: [Int32: Cutover] = [:]

  private static let most = 20_000
  /// Answers of a service that are looked at.
  private static let mostAnswers = 64
  private static let fewestClients = 3
  private static let fewestOlder = 5

  init() {}

  init(_ scene: Scene) {
    guard scene.hasToken else { return }
    var served: [Int32: [Use]] = [:]
    var looked: [Int32: Int] = [:]
    for (kin, rows) in scene.kinships.rows.enumerated() {
      let size = scene.kinships.classes[kin]
      guard size.status == 401, rows.count >= 6,
        scene.file.parties[Int(size.party)].kind == .application,
        !scene.isSurelyEmpty(size.party, size.bytes), looked[size.party] ?? 0 < Self.mostAnswers
      else { continue }
      looked[size.party, default: 0] += 1
      guard let refused = Refused(rows, scene) else { continue }
      let uses =
        served[size.party]
        ?? scene.servedByParty[Int(size.party)].prefix(Self.most).compactMap {
          scene.isProbe($0) ? nil : Use($0, scene)
        }
      served[size.party] = uses
      found[Int32(truncatingIfNeeded: kin)] = Self.cutover(refused, uses, scene)
    }
  }

  /// A call and the call for the token that it was made with; -1 where that is not known.
  private struct Use {
    var row: Int
    var token: Int

    init(_ i: Int, _ scene: Scene) {
      let start = scene.briefs[i].start
      row = i
      token =
        scene.lastToken(before: start, for: i) ?? scene.lastTokenOfActor(before: start, for: i)
        ?? -1
    }
  }

  /// Tokens that are refused with one answer, by when they were issued.
  private struct Refused {
    var tokens: [Int]
    var actors: Set<Int32>
    var onset: Instant

    /// Nil where they are of few clients, or not known.
    init?(_ rows: Rows, _ scene: Scene) {
      let uses = rows.prefix(Cutovers.most)
        .filter { !scene.isProbe($0) && !scene.isScanner($0) }.map { Use($0, scene) }
      let known = uses.filter { $0.token >= 0 }
      actors = Set(known.map { scene.briefs[$0.row].actor })
      guard known.count * 10 >= rows.count * 9, actors.count >= Cutovers.fewestClients
      else { return nil }
      tokens = Set(known.map(\.token)).sorted {
        (scene.briefs[$0].end, $0) < (scene.briefs[$1].end, $1)
      }
      // One in twenty may be refused for something else.
      onset = scene.briefs[known[known.count / 20].row].start
      if tokens.count < Cutovers.fewestClients { return nil }
    }
  }

  private static func cutover(_ refused: Refused, _ served: [Use], _ scene: Scene) -> Cutover? {
    let first = refused.tokens[refused.tokens.count / 20]
    let time = scene.briefs[first].end
    guard time - scene.first > 5 else { return nil }
    var newer: Set<Int> = []
    var older: [Int] = []
    var known: Set<Int32> = []
    for use in served {
      let b = scene.briefs[use.row]
      if use.token >= 0, scene.briefs[use.token].end >= time {
        newer.insert(use.token)
        continue
      }
      known.insert(b.actor)
      if b.start > refused.onset { older.append(use.row) }
    }
    // Who never was served may be refused for any reason; what is served on some route was not refused for what it is.
    guard known.intersection(refused.actors).count * 2 >= refused.actors.count,
      newer.count * 6 <= refused.tokens.count, older.count >= fewestOlder,
      Set(older.prefix(500).map { scene.briefs[$0].actor }).count >= 2
    else { return nil }
    return Cutover(
      issued: scene.exchange(first).request.citation,
      older: older.prefix(2).map { scene.exchange($0).request.citation })
  }

  /// The moment since which the tokens of a group's answer are refused.
  func of(_ group: Group) -> Cutover? { group.kin >= 0 ? found[group.kin] : nil }

  /// What else may be new in tokens, where nothing but the moment tells of it.
  static func isRival(_ cause: CauseID) -> Bool {
    switch cause {
    case .tokenAlgorithm, .tokenIssuerMismatch, .tokenAudienceMismatch, .tokenClaimRejected: true
    default: false
    }
  }

  /// How much such a moment tells for or against a cause.
  static func odds(_ cause: CauseID) -> Odds? {
    switch cause {
    case .keysRotated: .cutoverKeys
    case .tokenAlgorithm, .tokenIssuerMismatch: .cutoverIssuer
    case .tokenAudienceMismatch, .tokenClaimRejected: .cutoverClaims
    case .tokenExpired, .tokenBadSignature, .userRoleMissing, .resourceServerSettingsWrong:
      .cutoverNotNew
    default: nil
    }
  }
}
