import Testing

/// Routes on which some clients are refused with 401 while the service serves them on others.
struct RouteRoleTests {
  @Test func `a token that is good on other routes of the service has not expired`() throws {
    #expect(try Self.causes(isServedElsewhere: true) == ["user.role_missing"])
    #expect(!(try Self.causes(isServedElsewhere: false)).contains("user.role_missing"))
  }

  /// Two clients of six lose a role; they renew their tokens like the others.
  private static func causes(isServedElsewhere: Bool) throws -> Set<String> {
    var log = EdgeLog()
    for client in 0..<6 {
      log.visits(of: client, until: 600, every: 3, renewal: 60) { log, k, time, _ in
        let isApproval = k % 3 == 0
        let isRefused = client < 2 && time > 300 && (isApproval || !isServedElsewhere)
        log.call(
          time, client: client, isApproval ? "/orders/approvals" : "/orders/items/\(k % 9)",
          isRefused ? (401, 49) : (200, 300 + k % 7), length: 0)
      }
    }
    return try log.causes(ofPath: "/orders/approvals")
  }
}
