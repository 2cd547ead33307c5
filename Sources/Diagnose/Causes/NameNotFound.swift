internal import Evidence

/// Keycloak’s name does not exist in DNS.
enum NameNotFound: WeighedCause {
  static let page = CausePage(
    cause: .dnsNXDOMAIN,
    title: "Keycloak’s name does not exist in DNS",
    summary:
      """
      Keycloak's name does not exist for the caller: misspelt, deleted, or only known elsewhere \
      (another namespace, a public zone, a search list).
      """,
    decides: [
      "The name server answers the full name with NXDOMAIN (rcode 3).",
      """
      `Name or service not known`, `UnknownHostException`, `no such host`, `could not be \
      resolved (3: Host not found)`.
      """,
    ],
    supports: [
      "It fails at once, and only callers that use this name are hit.",
      "It began with a deploy, a deleted Service or a changed zone.",
    ],
    against: [
      """
      NXDOMAIN only for names with search suffixes while the full name resolves: that is normal.
      """
    ],
    lookAlikes: [
      (
        .dnsSERVFAIL,
        "the rcode of the full name: NXDOMAIN or SERVFAIL; libc prints either text for both"
      ),
      (
        .dnsBlocked,
        "how long a lookup takes: at once, or seconds"
      ),
      (
        .resourceServerURLWrong,
        "whether the name ever resolved for this caller"
      ),
      (
        .keycloakDown,
        "whether the name or the connection fails"
      ),
    ],
    needs: [
      "the application's log (the resolver's words)",
      "a capture of port 53, or CoreDNS's log (plugin `log`)",
    ],
    fix: [
      """
      Ask as the pod asks: `kubectl -n NS exec deploy/APP -- getent hosts KEYCLOAK_HOST` and \
      `kubectl -n NS exec deploy/APP -- cat /etc/resolv.conf`
      """,
      """
      Inside the cluster use the full name `KEYCLOAK_SERVICE.KEYCLOAK_NS.svc.cluster.local`, and \
      check that the Service is there: `kubectl -n KEYCLOAK_NS get svc`
      """,
      """
      For a public name, restore the record in the zone, or add it to CoreDNS (`kubectl -n \
      kube-system edit cm coredns`, plugin `rewrite` or `hosts`) when the zone is not visible \
      from inside.
      """,
    ],
    verify: [
      "`kubectl -n NS exec deploy/APP -- nslookup KEYCLOAK_HOST` prints its address",
      "`dig +noall +comments KEYCLOAK_HOST @NAMESERVER_IP | grep status:` shows NOERROR",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    Resolver.weigh(
      group, profile, scene, words: [.callNameNotFound, .upstreamNameNotFound], code: 3,
      healing: .nameNotFoundHeals)
  }
}
