internal import Evidence

/// What keeps two parties apart and writes it down: packet filters of hosts and of clouds, network policies of Calico,
/// OVN and Linkerd, proxies that all calls to the outside have to go through; and what callers say who met one.
extension MessageSignatures {
  static let barriers: [MessageSignature] = packetFilters + policies + tunnels

  /// Linux' log of a packet; the rule's own prefix says what became of it.
  private static let packetFilters: [MessageSignature] =
    ["drop", "reject", "block", "deny", "denied"].map { word in
      .init(
        .policyDenied, " proto=", " src=", " dst=", word, caseless: true,
        like: "kernel: \(word): IN=eth0 OUT= SRC=10.0.0.5 DST=10.0.0.9 PROTO=TCP SPT=4 DPT=8080")
    } + [
      .init(
        .policyDenied, " REJECT OK", " eni-",
        like: "2 123456789010 eni-1235b8ca 10.0.0.5 10.0.1.7 49152 8080 6 4 240 1 2 REJECT OK"),
      .init(
        .policyDenied, "\"disposition\":\"DENIED\"", "\"dest_port\"",
        like: "{\"connection\":{\"dest_port\":8080},\"disposition\":\"DENIED\"}"),
    ]

  private static let policies: [MessageSignature] = [
    .init(
      .policyDenied, "acl_log(", "verdict=drop",
      like: "acl_log(ovn_pinctrl0)|INFO|name=\"NP:auth:deny-all:Ingress\", verdict=drop, tcp"),
    .init(
      .policyDenied, "acl_log(", "verdict=reject",
      like: "acl_log(ovn_pinctrl0)|INFO|name=\"NP:auth:deny-all:Ingress\", verdict=reject, tcp"),
    .init(
      .policyDenied, "\"action\":\"deny\"", "\"all_policies\"",
      like:
        "{\"dest_port\":8080,\"action\":\"deny\",\"policies\":{\"all_policies\":[\"0|a|b|deny\"]}}"),
    .init(
      .policyDenied, "linkerd_app_inbound::policy", "enied",
      like: "INFO linkerd_app_inbound::policy::http: Request denied server=auth/keycloak-http"),
    // Istio's stand-in for all hosts that a mesh does not know.
    .init(.policyDenied, "BlackHoleCluster"),
    .init(
      .policyDenied, "TCP_DENIED/403", "CONNECT ",
      like:
        "1672531200.123 0 10.0.0.5 TCP_DENIED/403 3865 CONNECT sso.example.org:443 - HIER_NONE/-"),
  ]

  private static let tunnels: [MessageSignature] = [
    .init(
      .callUnreachable, "Tunnel connection failed: 403", voice: .others,
      like: "OSError('Tunnel connection failed: 403 Forbidden')"),
    .init(
      .callUnreachable, "Unable to tunnel through proxy", " 403", voice: .others,
      like: "Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 403 Forbidden\""),
    .init(.callUnreachable, "CONNECT tunnel failed, response 403", voice: .others),
    .init(.callUnreachable, "Received HTTP code 403 from proxy after CONNECT", voice: .others),
    .init(
      .callUnreachable, "tunneling socket could not be established, statusCode=403",
      voice: .others),
    .init(
      .callUnreachable, "The proxy tunnel request to proxy", "'403'", voice: .others,
      like: "The proxy tunnel request to proxy 'http://a:3128/' failed with status code '403'."),
    .init(.settingsWrong, "Tunnel connection failed: 407", voice: .others),
    .init(
      .settingsWrong, "Unable to tunnel through proxy", " 407", voice: .others,
      like:
        "Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 407 Proxy Authentication Required\""
    ),
    .init(.settingsWrong, "Received HTTP code 407 from proxy after CONNECT", voice: .others),
    .init(.settingsWrong, "CONNECT tunnel failed, response 407", voice: .others),
    .init(
      .callTimedOut, "timed out: Operation now in progress", about: .fixed("connect"),
      voice: .others, like: "nc: connect to kc port 8080 (tcp) timed out: Operation now in progress"
    ),
  ]
}
