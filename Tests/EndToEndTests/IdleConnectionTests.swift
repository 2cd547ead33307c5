import Foundation
import Testing

/// Calls that went out on a connection which nobody at its other end remembers.
struct IdleConnectionTests {
  private static let idle = "proxy.idle_dropped"

  @Test func `two first calls after a pause may be reset side by side`() throws {
    #expect(try Self.paused((502, 0.001), calls: 2, isTold: true) == [Self.idle])
    let lost = try Self.paused((502, 0.001), calls: 2, isTold: true, retry: false)
    #expect(lost == ["keycloak.down"])
  }

  @Test func `where the edge says that connections were reset, a short pause is one`() throws {
    #expect(try Self.paused((502, 0.001), calls: 8, isTold: true, pause: 20) == [Self.idle])
    #expect(!(try Self.paused((502, 0.001), calls: 8, pause: 20)).contains(Self.idle))
  }

  @Test func `first calls after a pause need no word of why they failed`() throws {
    #expect(try Self.paused((502, 0.001)) == [Self.idle])
    #expect(try Self.paused((502, 0.001), retry: false) == ["keycloak.down"])
    #expect(!(try Self.paused((502, 0.001), pause: 30)).contains(Self.idle))
  }

  @Test func `first calls after a pause that nobody answers are of idle connections, too`() throws {
    #expect(try Self.paused((504, 10)) == [Self.idle])
    let lost = try Self.paused((504, 10), retry: false)
    #expect(!lost.isEmpty && !lost.contains(Self.idle))
  }

  @Test func `on an edge that is often idle calls fail after a pause and no others`() throws {
    #expect(try Self.quiet(isAfterPauses: true) == [Self.idle])
    #expect(!(try Self.quiet(isAfterPauses: false)).contains(Self.idle))
  }

  /// Few calls of Keycloak, some of them after a pause, nobody calls soon after those.
  /// - Parameter isAfterPauses: these time out; else those that stand in their place.
  private static func quiet(isAfterPauses: Bool) throws -> [String] {
    var log = EdgeLog()
    var time = 3.0
    for k in 0..<60 {
      let isLate = k % 4 == 3
      time += isLate ? 55 : 14
      let fails = isAfterPauses ? isLate : k % 4 == 1
      log.token(
        time + (fails ? 10 : 0), client: k % 5, fails ? (504, 160) : (200, 1441),
        seconds: fails ? 10 : 0.02)
      if fails { time += 10 }
    }
    for n in 0..<300 {
      log.call(
        3 + 5 * Double(n), client: n % 5, "/orders/items/\(n % 9)", (200, 300 + n % 7), length: 0)
    }
    return try log.causes()
  }

  @Test func `connections of Keycloak's own that nobody remembers are idle ones, too`() throws {
    let database = "An I/O error occurred while sending to the backend."
    #expect(try Self.behind(database) == [Self.idle])
    #expect(!(try Self.behind("Connection to db:5432 refused.")).contains(Self.idle))
    #expect(try Self.behind("Connection reset", isDirectory: true) == [Self.idle])
    #expect(!(try Self.behind(database, retry: false)).contains(Self.idle))
    #expect(!(try Self.behind(database, pause: 20)).contains(Self.idle))
  }

  /// Logins that Keycloak answers with 500 after a pause, while others get tokens from what it has in memory.
  private static func behind(
    _ reason: String, retry: Bool = true, pause: Double = 120, isDirectory: Bool = false
  ) throws -> [String] {
    var log = EdgeLog()
    var keycloak = ""
    for k in 0..<6 {
      let time = 5.2 + pause * Double(k)
      log.token(time, client: 1, (500, 94))
      log.token(time + 0.6, client: 1, retry ? (200, 1441) : (500, 94))
      let times = retry ? [time - 0.003] : [time - 0.003, time + 0.597]
      let directory = KeycloakLines.at(
        times,
        """
        ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-2) Uncaught server error: \
        org.keycloak.models.ModelException: LDAP Query failed
        \tat org.keycloak.storage.ldap.idm.query.internal.LDAPQuery.getResultList(LDAPQuery.java:180)
        Caused by: javax.naming.CommunicationException: \(reason)
        """)
      let database = KeycloakLines.at(
        times,
        """
        ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-2) Uncaught server error: \
        org.hibernate.exception.JDBCConnectionException: JDBC exception executing SQL [select 1] [\(reason)] [n/a]
        """)
      keycloak += isDirectory ? directory : database
      for n in 0..<Int(pause / 4) {
        log.token(time + 1.5 + 3.5 * Double(n), client: 2)
        log.call(
          time + 3 + 3 * Double(n), client: 2, "/orders/items/\(n % 9)", (200, 300 + n % 7),
          length: 0)
      }
    }
    return try log.causes(keycloak: keycloak)
  }

  @Test func `an auth service that is reset after a pause only fails for it`() throws {
    #expect(try Self.subrequests(retry: true) == [Self.idle])
    #expect(!(try Self.subrequests(retry: false)).contains(Self.idle))
  }

  /// Calls that the edge asks its auth service about; the first after each pause is reset.
  /// - Parameter retry: the next calls are answered.
  private static func subrequests(retry: Bool) throws -> [String] {
    var log = EdgeLog()
    var errors = ""
    log.token(1, client: 1)
    for k in 0..<6 {
      for n in 0..<4 {
        let time = 5.2 + 120 * Double(k) + 1.1 * Double(n)
        if n > 0 && retry {
          log.call(time, client: 1, "/orders/items/\(k)", (200, 300 + n % 7), length: 0)
        } else {
          log.call(
            time, client: 1, "/orders/items/\(k)", (500, 170), length: 0, answeredByEdge: true)
          errors += reset(time, client: 1, call: "GET /orders/items/\(k)", isSubrequest: true)
        }
      }
    }
    return try log.causes(others: [("edge-error", errors)])
  }

  /// Calls for tokens that fail each time after a pause, and are made again half a second later.
  /// - Parameters:
  ///   - failure: status and seconds.
  ///   - calls: how many go out at once.
  ///   - isTold: the edge's error log says that they were reset.
  ///   - retry: whether the next ones are answered.
  private static func paused(
    _ failure: (status: Int, seconds: Double), calls: Int = 1, isTold: Bool = false,
    retry: Bool = true, pause: Double = 120
  ) throws -> [String] {
    var log = EdgeLog()
    var errors = ""
    for k in 0..<6 {
      let time = 5.2 + pause * Double(k) + failure.seconds
      for client in 1...calls {
        let sent = time + 0.004 * Double(client)
        log.token(sent, client: client, (failure.status, 150), seconds: failure.seconds)
        if isTold { errors += reset(sent, client: client) }
        log.token(
          time + 0.5 + 0.1 * Double(client), client: client,
          retry ? (200, 1441) : (failure.status, 150), seconds: retry ? 0.03 : failure.seconds)
      }
      for n in 0..<Int(pause / 4) {
        log.call(
          time + 3 + 3 * Double(n), client: 1, "/orders/items/\(n % 9)", (200, 300 + n % 7),
          length: 0)
      }
    }
    return try log.causes(others: errors.isEmpty ? [] : [("edge-error", errors)])
  }

  private static func reset(
    _ time: Double, client: Int,
    call: String = "POST /realms/shop/protocol/openid-connect/token", isSubrequest: Bool = false
  ) -> String {
    """
    2026/05/12 10:\(String(format: "%02d:%02d", Int(time) / 60, Int(time) % 60)) [error] 7#7: *\(client) \
    recv() failed (104: Connection reset by peer) while reading response header from upstream, \
    client: 203.0.113.\(20 + client), server: sso.example.com, request: \
    "\(call) HTTP/1.1", \(isSubrequest ? "subrequest: \"/_external-auth\", " : "")upstream: \
    "http://198.51.100.20:8080\(isSubrequest ? "/oauth2/auth" : String(call.dropFirst(5)))", \
    host: "sso.example.com"

    """
  }
}
