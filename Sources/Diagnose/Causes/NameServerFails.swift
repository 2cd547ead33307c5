internal import Evidence

/// The name server fails for Keycloak’s name.
enum NameServerFails: WeighedCause {
  static let page = CausePage(
    cause: .dnsSERVFAIL,
    title: "The name server fails for Keycloak’s name",
    summary:
      """
      The name server answers, but fails for Keycloak's name: its upstream is unreachable, the \
      zone is broken, or it is overloaded.
      """,
    decides: [
      "The full name is answered with SERVFAIL (rcode 2).",
      """
      `Temporary failure in name resolution`, `server misbehaving`, `could not be resolved (2: \
      Server failure)`.
      """,
      "CoreDNS's log: `[ERROR] plugin/errors: 2 KEYCLOAK_HOST. A: …` with its reason.",
    ],
    supports: [
      """
      Several services lose Keycloak at different seconds, as their caches run out, while \
      callers that resolved long ago keep it.
      """,
      "Other names of the same zone fail too.",
    ],
    against: [
      "The name exists nowhere (NXDOMAIN for the full name)."
    ],
    lookAlikes: [
      (
        .dnsNXDOMAIN,
        """
        the rcode of the full name: SERVFAIL or NXDOMAIN; search-list names get NXDOMAIN beside \
        a SERVFAIL
        """
      ),
      (
        .dnsBlocked,
        "whether an answer comes at all, and how fast"
      ),
      (
        .netpolDrop,
        "what fails: the lookup, or the connect to a resolved address"
      ),
    ],
    needs: [
      "the application's log (the resolver's words)",
      "CoreDNS's log, or a capture of port 53",
    ],
    fix: [
      """
      Read the reason: `kubectl -n kube-system logs -l k8s-app=kube-dns --since=1h | grep -i \
      error`
      """,
      """
      Ask the next server in line yourself: `kubectl -n kube-system get cm coredns -o yaml | \
      grep -A3 forward` then `dig KEYCLOAK_HOST @UPSTREAM_IP`
      """,
      """
      Repair the upstream or point `forward . UPSTREAM_IP` at a working one and `kubectl -n \
      kube-system rollout restart deploy/coredns`; keep old answers meanwhile: plugin `cache { \
      serve_stale 1h }`
      """,
      "For a broken zone: `dig +trace KEYCLOAK_HOST` and, with DNSSEC, `delv KEYCLOAK_HOST`",
    ],
    verify: [
      "`kubectl -n NS exec deploy/APP -- nslookup KEYCLOAK_HOST` prints its address",
      "`dig +noall +comments KEYCLOAK_HOST @NAMESERVER_IP | grep status:` shows NOERROR",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    Resolver.weigh(
      group, profile, scene, words: [.callNameTemporary, .upstreamNameFailed], code: 2,
      healing: .nameFailsHeals
    )
  }
}
