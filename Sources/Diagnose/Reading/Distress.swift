internal import Evidence

/// A spell in which Keycloak's own log tells again and again how it fails on requests: whoever waits
/// for its answers meanwhile waits for that.
struct Distress {
  /// What the lines name, the more telling first.
  enum Kind: Int, CaseIterable {
    case database, pool, cache, directory, uncaught

    /// Keycloak waits in vain, and with it whoever asked.
    var isWait: Bool { self == .pool || self == .cache }

    var cause: CauseID {
      switch self {
      case .database: .keycloakDatabaseDown
      case .pool: .keycloakDatabasePoolExhausted
      case .cache: .keycloakCacheTimeout
      case .directory: .keycloakFederationDown
      case .uncaught: .keycloakError
      }
    }
  }
  var kind: Kind
  /// In order of time.
  var times: [Instant]
  var lines: [Citation]

  /// Keycloak waits this long for a replica before it writes its line; for connections and other
  /// servers less.
  static let longestWait = 16.0
  static let gap = 20.0
  /// Fewer lines are an accident.
  static let fewest = 3

  var first: Instant { times.first ?? .unknown }
  var last: Instant { times.last ?? .unknown }

  func covers(_ start: Instant, _ end: Instant) -> Bool {
    end >= first.advanced(seconds: -Distress.longestWait) && start <= last.advanced(seconds: 2)
  }

  /// The spells of a case, in order of time.
  static func find(_ messagesOf: [Statement: [Int]], _ file: CaseFile) -> [Distress] {
    let messages = file.observations.messages
    var all: [(index: Int, kind: Kind)] = []
    for statement in [
      Statement.databaseUnreachable, .databaseError, .databasePoolExhausted, .cacheTimeout,
      .directoryUnavailable, .keycloakUncaught, .keycloakClientAuthCrashed, .keycloakLoginCrashed,
    ] {
      for i in messagesOf[statement] ?? [] where messages[i].time.isKnown {
        all.append((i, kind(statement, file.text(messages[i].text))))
      }
    }
    all.sort { $0.index < $1.index }
    var spells: [[(index: Int, kind: Kind)]] = []
    for line in all {
      if let last = spells.last?.last, messages[line.index].time - messages[last.index].time < gap {
        spells[spells.count - 1].append(line)
      } else {
        spells.append([line])
      }
    }
    return spells.compactMap { spell in
      guard spell.count >= fewest else { return nil }
      let kind =
        Kind.allCases.first { kind in spell.count { $0.kind == kind } * 10 >= spell.count }
        ?? .uncaught
      let own = spell.filter { $0.kind == kind }.prefix(3)
      return Distress(
        kind: kind, times: spell.map { messages[$0.index].time },
        lines: own.map { messages[$0.index].citation })
    }
  }

  private static func kind(_ statement: Statement, _ text: String) -> Kind {
    switch statement {
    case .databasePoolExhausted: .pool
    case .cacheTimeout: .cache
    case .directoryUnavailable: .directory
    case .databaseUnreachable, .databaseError: Database.isWait(text) ? .pool : .database
    default: .uncaught
    }
  }
}

/// Keycloak's words on its database.
enum Database {
  /// A text that says no more than that a connection of the pool was waited for in vain: an SQL error
  /// without a number and a state is the pool's own, and Keycloak's own exception around it adds nothing.
  static func isWait(_ text: String) -> Bool {
    if text.contains("SQLState: null") || text.contains("Database operation failed") { return true }
    let isAboutWaiting =
      text.contains("acquire JDBC Connection") || text.contains("obtain JDBC connection")
    return isAboutWaiting && !text.contains("refused") && !text.contains("JDBCConnectionException")
  }

  /// Lines around a span that show the database itself gone, not its pool in use.
  static func goneLines(_ profile: Profile, _ scene: Scene) -> [Message] {
    let lines = Signals.messages(
      [.databaseUnreachable, .databaseError, .databaseStopped], profile.first, profile.last,
      margin: 10, scene)
    let gone = lines.filter { !isWait(scene.text($0.text)) }
    if !gone.isEmpty || waitLines(profile, scene).isEmpty { return gone.isEmpty ? lines : gone }
    return []
  }

  static func waitLines(_ profile: Profile, _ scene: Scene) -> [Message] {
    Signals.messages([.databasePoolExhausted], profile.first, profile.last, margin: 5, scene)
  }
}

extension Distress {
  /// Whose log a line of trouble behind Keycloak is of.
  static func log(of line: Message) -> String {
    switch line.statement {
    case .databaseStopped: "the database's log"
    case .directoryStopped: "the directory's log"
    default: "Keycloak's log"
    }
  }
}

/// Events that name a client's or a user's fault although Keycloak crashed on the check.
enum Crashes {
  /// Credentials are said to be wrong, and most rows have one of the lines within a second.
  static func blame(_ group: Group, _ lines: [Message], _ scene: Scene) -> Bool {
    guard
      Signals.keycloakSays(
        ["invalid_client_credentials", "invalid_user_credentials", "invalid_client"], group, scene),
      !lines.isEmpty
    else { return false }
    return stand(beside: group, lines, scene)
  }

  /// Lines of the request that an event tells of are written within this many seconds of it.
  static let sameRequest = 0.1

  /// Lines of Keycloak's log of the requests that most events of a group tell of; none where they are of others.
  static func lines(
    _ statements: Set<Statement>, of group: Group, _ profile: Profile, margin: Double = 2,
    _ scene: Scene
  ) -> [Message] {
    let lines = Signals.messages(
      statements, profile.first, profile.last, margin: margin, scene)
    return stand(beside: group, lines, within: sameRequest, scene) ? lines : []
  }

  /// Whether most events of a group have one of the lines within some seconds.
  static func stand(
    beside group: Group, _ lines: [Message], within span: Double = 1, _ scene: Scene
  ) -> Bool {
    let rows = group.rows.prefix(500)
    let hit = rows.count { i in
      guard let event = scene.event(scene.exchange(i).event) else { return false }
      let next = lines.partitioningIndex { $0.time >= event.time.advanced(seconds: -span) }
      return next < lines.count && lines[next].time - event.time < span
    }
    return hit * 10 >= rows.count * 6
  }
}
