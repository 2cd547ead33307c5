/// Captures used by several tests.
enum Samples {
  static let refusalBody =
    "{\"error\":\"invalid_token\",\"error_description\":\"The token expired\"}"
  static let refusal =
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"shop\", "
    + "error=\"invalid_token\"\r\nContent-Type: application/json\r\nContent-Length: "
    + "\(refusalBody.utf8.count)\r\n\r\n\(refusalBody)"

  static func get(_ path: String, _ headers: String = "") -> String {
    "GET \(path) HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: curl/8.1\r\n\(headers)\r\n"
  }
  static func ok(_ body: String = "fine") -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  /// Header {"alg":"RS256","kid":"k1"}; payload with iss, aud (two), azp, sub, sid, jti, exp, iat,
  /// typ.
  static let token =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0."
    + "eyJpc3MiOiJodHRwczovL3Nzby5leGFtcGxlL3JlYWxtcy9zaG9wIiwiYXVkIjpbImFwaSIsImFjY291bnQiXSwi"
    + "YXpwIjoid2ViIiwic3ViIjoidTEiLCJzaWQiOiJzMSIsImp0aSI6ImoxIiwiZXhwIjoxNzAwMDAwMzAwLCJpYXQi"
    + "OjE3MDAwMDAwMDAsInR5cCI6IkJlYXJlciJ9.c2lnbmF0dXJl"

  /// Handshake, a 401 and a 200 on one connection, then FIN.
  static func exchange(_ container: PacketBuilder.Container = .pcap) -> PacketBuilder {
    var file = PacketBuilder(container)
    var talk = Talk()
    talk.open(&file)
    file.frame(talk.fromClient(get("/api/orders/42?x=1", "Authorization: Bearer \(token)\r\n")))
    file.frame(talk.fromServer(refusal))
    file.frame(talk.fromClient(get("/health")))
    file.frame(talk.fromServer(ok()))
    file.frame(talk.fromClient(flags: 0x11))
    file.frame(talk.fromServer(flags: 0x11))
    return file
  }

  /// A bit of everything: VLAN, VXLAN, fragments, DNS, ICMP, TLS, chunks, holes, resets.
  static func everything(_ container: PacketBuilder.Container = .pcapng) -> PacketBuilder {
    var file = PacketBuilder(container)
    var talk = Talk()
    talk.wrap = { inner in
      PacketBuilder.ethernet(
        0x8100,
        [0, 5] + PacketBuilder.big(UInt16(0x0800))
          + PacketBuilder.ipv4(
            [192, 168, 0, 1], [192, 168, 0, 2], proto: 17,
            PacketBuilder.udp(
              50_000, 8472, PacketBuilder.vxlan(network: 1, PacketBuilder.ethernet(0x0800, inner))))
      )
    }
    talk.open(&file)
    let form = "grant_type=password&client_id=web&username=eve&password=secret"
    file.frame(
      talk.fromClient(
        "POST /realms/shop/protocol/openid-connect/token HTTP/1.1\r\nHost: sso\r\nContent-Type: "
          + "application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n\r\n" + form
      ))
    file.frame(
      talk.fromServer(
        "HTTP/1.1 401 Unauthorized\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\n"
          + "{\"error\":\"invalid_grant\",\n \r\n1e\r\n"))
    file.frame(talk.fromServer("\"error_description\":\"Invalid\"}\n\r\n0\r\n\r\n"))
    talk.clientSeq &+= 100
    file.frame(talk.fromClient(get("/after-hole")))
    file.frame(talk.fromServer(flags: 0x14))
    var dead = Talk()
    dead.clientPort = 40_100
    file.frame(dead.fromClient(flags: 2))
    let query: [UInt8] =
      [0, 9, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3] + Array("sso".utf8) + [0, 0, 1, 0, 1]
    let lookup = PacketBuilder.ipv4(
      [10, 0, 0, 1], [10, 0, 0, 10], proto: 17, PacketBuilder.udp(33_000, 53, query))
    file.frame(PacketBuilder.ethernet(0x0800, lookup))
    var answer = query
    answer[2] = 0x81
    answer[3] = 0x83
    let reply = PacketBuilder.ipv4(
      [10, 0, 0, 10], [10, 0, 0, 1], proto: 17, PacketBuilder.udp(53, 33_000, answer))
    file.frame(PacketBuilder.ethernet(0x0800, reply))
    let quoted = PacketBuilder.ipv4(
      [10, 0, 0, 1], [10, 0, 1, 1], proto: 6,
      PacketBuilder.tcp(40_100, 8080, seq: 1000, ack: 0, flags: 2))
    let error = PacketBuilder.ipv4(
      [10, 0, 0, 254], [10, 0, 0, 1], proto: 1, [3, 13, 0, 0, 0, 0, 0, 0] + quoted)
    file.frame(PacketBuilder.ethernet(0x0800, error))
    var tls = Talk()
    tls.clientPort = 40_200
    tls.serverPort = 443
    tls.open(&file)
    file.frame(tls.fromClient(clientHello("sso.example")))
    file.frame(tls.fromServer([21, 3, 3, 0, 2, 2, 48]))
    return file
  }

  static func clientHello(_ name: String) -> [UInt8] {
    let host = Array(name.utf8)
    let serverName =
      PacketBuilder.big(UInt16(host.count + 3)) + [0] + PacketBuilder.big(UInt16(host.count)) + host
    let extensions = [0, 0] + PacketBuilder.big(UInt16(serverName.count)) + serverName
    let body: [UInt8] =
      [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 2, 0x13, 1, 1, 0]
      + PacketBuilder.big(UInt16(extensions.count)) + extensions
    let message = [1, 0] + PacketBuilder.big(UInt16(body.count)) + body
    return [22, 3, 1] + PacketBuilder.big(UInt16(message.count)) + message
  }
}
