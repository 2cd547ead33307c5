internal import Evidence

/// The checking party has no keys, and no input says why.
enum KeysUnavailable: WeighedCause {
  static let page = CausePage(
    cause: .resourceServerKeysUnavailable,
    title: "The checking party has no keys, and no input says why",
    summary:
      """
      The checking party has no keys because discovery or the JWKS could not be fetched, and \
      nothing that was given says why. Take it as a pointer: the cause lies between this party \
      and Keycloak.
      """,
    decides: [
      """
      Its words: `Jwks remote fetch is failed`, `authenticator not initialized`, `Unable to \
      resolve the Configuration with the provided Issuer`, `Failed to lazily resolve the \
      supplied JwtDecoder`, `Error when sending request to retrieve realm keys`.
      """,
      """
      In Istio: `using a fake JWKS` or `Failed to fetch public key from jwks URI` in istiod's \
      log, and the proxy then misses every key.
      """,
    ],
    supports: [
      """
      Fetch attempts at the onset, without their errors; a bare time-out ("context deadline \
      exceeded") says no more.
      """,
      "Every client of this party is refused, introspecting services are not.",
    ],
    against: [
      "An error, a capture or Keycloak's side says why: then that is the cause."
    ],
    lookAlikes: [
      (
        .netpolDrop,
        "a fetch that hangs for the caller's full time-out while other callers are served"
      ),
      (
        .keycloakDown,
        "whether other callers of Keycloak fail in the same minutes"
      ),
      (
        .proxyTLS,
        "a certificate or handshake error in the fetch"
      ),
      (
        .keysRotated,
        "whether a key set is there: none at all, or an old one without the new kid"
      ),
    ],
    needs: [
      "the application's or gateway's log with the fetch's error (for Istio: istiod's log)",
      "Keycloak's HTTP access log (`--http-access-log-enabled=true`): do the fetches arrive?",
      "a capture in the pod's network: `tcpdump -i any -w FILE.pcap host KEYCLOAK_IP or port 53`",
    ],
    fix: [
      """
      Repeat the fetch where it fails: `kubectl -n NS debug -it POD --image=nicolaka/netshoot \
      --target=CONTAINER -- curl -v -m 10 JWKS_URL`; its error names the cause (name, connect, \
      TLS, status).
      """,
      """
      For Istio, look in istiod, which fetches by default: `kubectl -n istio-system logs \
      deploy/istiod | grep -i jwks`
      """,
      """
      Restart the service once the path works, if it does not fetch again by itself: `kubectl -n \
      NS rollout restart deploy/APP`
      """,
    ],
    verify: [
      "`kubectl -n NS exec deploy/APP -- curl -sS -m 5 JWKS_URL` prints `keys`",
      "`curl -i -H \"Authorization: Bearer $TOKEN\" https://HOST/PATH` answers 2xx",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    guard let s = group.answer.statement,
      s == .keysUnavailable || s == .callFailed || s == .callTimedOut
    else { return nil }
    var w = Weight(.keysPrior)
    w.add(
      s == .callTimedOut ? .keysTimedOut : .keysSaid,
      "the keys could not be fetched: “\(Signals.shorten(group.answer.words))”",
      group.answer.citations)
    return w
  }
}
