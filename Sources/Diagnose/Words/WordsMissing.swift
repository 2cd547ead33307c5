internal import Evidence

/// Names the inputs that would decide between the causes that a few words leave open.
enum WordsMissing {
  static func of(_ cause: CauseID, _ confidence: Double, _ scene: Scene) -> [MissingInput] {
    guard confidence < 0.9 else { return [] }
    var result: [MissingInput] = []
    switch cause.category {
    case .tokens:
      result.append(
        MissingInput(
          what: "the refused token's iss, aud, exp and kid",
          command: "why401 token FILE-WITH-THE-TOKEN"))
    case .network, .proxy:
      result.append(
        MissingInput(
          what: "a capture at the caller, with its connects and name queries",
          command:
            "kubectl debug -n NAMESPACE pod/CALLER-POD --image=nicolaka/netshoot -- "
            + "tcpdump -i any -w - 'port 53 or tcp port 8080 or tcp port 8443' > caller.pcap"))
    default: break
    }
    if scene.file.observations.tokenEvents.isEmpty {
      result.append(
        MissingInput(
          what: "Keycloak's log of the same minutes",
          command: "kubectl -n NAMESPACE logs sts/keycloak --timestamps"))
    }
    if scene.file.exchanges.isEmpty {
      result.append(
        MissingInput(
          what: "the edge's access log of the same minutes, with its stamps",
          command: "kubectl -n ingress-nginx logs deploy/ingress-nginx-controller --timestamps"))
    }
    return result
  }
}
