import Testing

/// One of several pods of a service refuses what the others serve.
struct PodTests {
  @Test func `a new pod that refuses everybody from its first request on has no keys`() throws {
    let causes = try Self.service(refusals: (401, 0), empty: 24).causes(ofPath: "/orders/items")
    #expect(causes == ["resource_server.keys_unavailable"])
  }

  @Test func `a pod that answers everybody as if no token were sent does not get it`() throws {
    let causes = try Self.service(refusals: (401, 24), empty: 24).causes(ofPath: "/orders/items")
    #expect(causes == ["ingress.auth_header_stripped"])
  }

  @Test func `refusals of whichever pod are of the client`() throws {
    let causes = try Self.service(refusals: (401, 60), empty: 24, isOfClient: true)
      .causes(ofPath: "/orders/items")
    #expect(!causes.contains("resource_server.keys_unavailable"))
    #expect(!causes.contains("ingress.auth_header_stripped"))
  }

  @Test func `a pod that some clients are bound to shows nothing of the others`() throws {
    let causes = try Self.service(refusals: (401, 0), empty: 24, isSticky: true)
      .causes(ofPath: "/orders/items")
    #expect(!causes.contains("resource_server.keys_unavailable"))
  }

  /// Eight clients of three pods, of which one is new after 200 s; probes without a token get `empty` bytes.
  /// - Parameters:
  ///   - isOfClient: client 7 is refused by whichever pod it meets, from then on.
  ///   - isSticky: clients 6 and 7 meet the new pod only.
  private static func service(
    refusals: (Int, Int), empty: Int, isOfClient: Bool = false, isSticky: Bool = false
  ) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<8 {
      for k in 0..<8 {
        log.token(0.2 * Double(client) + 60 * Double(k), client: client)
      }
      for k in 0..<120 {
        let time = 2 + 3.7 * Double(k) + 0.31 * Double(client)
        let isNew = time > 200
        var pod = (k * 7 + client * 3) % (isNew ? 3 : 2)
        if isSticky, isNew { pod = client >= 6 ? 2 : pod % 2 }
        let isRefused = isOfClient ? isNew && client == 7 : pod == 2
        log.upstream = "198.51.100.2\(pod):8080"
        log.call(
          time, client: client, "/orders/items/\(k % 5)",
          isRefused ? (status: refusals.0, size: refusals.1) : (200, 300 + k % 7), length: 1400)
      }
    }
    for k in 0..<30 {
      log.upstream = "198.51.100.2\(k % 2):8080"
      log.call(
        5 + 14 * Double(k), client: 30, "/orders/health", (401, empty), agent: "kube-probe/1.30",
        length: 150)
    }
    return log
  }
}
