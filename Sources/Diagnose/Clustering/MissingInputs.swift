internal import Evidence

/// Names the inputs that were not given and would firm up or decide a verdict, with the command that
/// gets each.
enum MissingInputs {
  static func of(_ cause: CauseID, _ groups: [Judged], _ scene: Scene) -> [MissingInput] {
    var result: [MissingInput] = []
    let isApplication = groups.contains { !$0.group.endpoint.isKeycloak }
    let isUnsure =
      cause == .undecided || groups.contains { $0.verdict.share < 0.9 && $0.group.count >= 3 }
    guard isUnsure else { return [] }
    if isApplication, scene.isRefusalsOnly {
      result.append(
        MissingInput(
          what: "the edge's whole log, good answers included",
          command: "kubectl -n NAMESPACE logs deploy/INGRESS-CONTROLLER --since=1h --timestamps"))
    }
    if isApplication, !scene.file.legs.contains(where: { $0.hop == .application }),
      scene.file.messages.isEmpty
    {
      result.append(
        MissingInput(
          what: "the log of the service that refused",
          command: "kubectl -n NAMESPACE logs deploy/SERVICE --since=1h --timestamps"))
    }
    if !Sessions.isLogGiven(scene) {
      result.append(
        MissingInput(
          what: "Keycloak's log", command: "kubectl -n NAMESPACE logs sts/keycloak --timestamps"))
    } else if !Sessions.successEventsVisible(scene), isApplication {
      result.append(
        MissingInput(
          what: "Keycloak's success events (the logger org.keycloak.events is above DEBUG)",
          command: "bin/kc.sh start --log-level=info,org.keycloak.events:debug"))
    }
    if isApplication, !scene.isAnyChallenged {
      result.append(
        MissingInput(
          what: "the challenge of the refusals in the edge's log (nginx: add"
            + " \"$sent_http_www_authenticate\" to log_format; Envoy: %RESP(WWW-AUTHENTICATE)%;"
            + " HAProxy: capture response header WWW-Authenticate len 128)",
          command: ""))
    }
    if isApplication, scene.file.observations.tokens.isEmpty {
      result.append(
        MissingInput(
          what: "a capture between the edge and the service",
          command:
            "kubectl debug -n NAMESPACE pod/SERVICE-POD --image=nicolaka/netshoot -- "
            + "tcpdump -i any -w - 'tcp port 8080' > service.pcap"))
    }
    return result
  }
}
