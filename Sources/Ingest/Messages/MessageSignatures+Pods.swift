internal import Evidence

/// Keycloak's pods as `kubectl get`, `kubectl describe` and the events of their namespace show them. Texts
/// that name Keycloak, or a process of Java's: any pod may fail.
extension MessageSignatures {
  static let pods: [MessageSignature] =
    waiting.map {
      .init(.containerKilled, $0, "keycloak", like: "keycloak-0  0/1  \($0)  5  4m")
    } + [
      .init(
        .probeFailed, "failed startup probe", "keycloak",
        like: "Container keycloak failed startup probe, will be restarted"),
      .init(
        .probeFailed, "failed liveness probe", "keycloak",
        like: "Container keycloak failed liveness probe, will be restarted"),
      .init(
        .noEndpoints, "no endpoints available for service", "keycloak",
        like: "no endpoints available for service \"keycloak\""),
      .init(
        .probeFailed, "NAME ENDPOINTS", "keycloak <none>",
        like: "NAME ENDPOINTS AGE keycloak <none> 12d"),
      .init(
        .containerKilled, "FailedScheduling", "keycloak",
        like: "keycloak-0  Warning  FailedScheduling  0/3 nodes are available"),
      .init(
        .containerKilled, "ailed to pull image", "keycloak",
        like: "Failed to pull image \"quay.io/keycloak/keycloak:99\""),
      .init(
        .probeFailed, "dependency failed to start", "keycloak",
        like: "dependency failed to start: container sso-keycloak-1 is unhealthy"),
      .init(
        .containerKilled, "The node was low on resource", "keycloak",
        like: "The node was low on resource: memory. Container keycloak was using 1213Mi"),
      .init(
        .noEndpoints, "Error obtaining Endpoints for Service", about: .quoted,
        like: "Error obtaining Endpoints for Service \"a/keycloak\": no object matching key"),
      .init(
        .outOfMemory, "Memory cgroup out of memory", "(java)",
        like: "Memory cgroup out of memory: Killed process 4711 (java) total-vm:4567890kB"),
      .init(
        .containerKilled, "Last State:", "OOMKilled", "keycloak",
        like: "Name: keycloak-0 Last State: Terminated Reason: OOMKilled"),
    ]

  private static let waiting = [
    "CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError",
    "CreateContainerError", "RunContainerError", "Init:Error", "Init:CrashLoopBackOff",
  ]
}
