internal import Evidence

/// TLS handshake or trust fails.
enum TLSFailure: WeighedCause {
  static let page = CausePage(
    cause: .proxyTLS,
    title: "TLS handshake or trust fails",
    summary:
      """
      One leg cannot agree on TLS: an untrusted or expired certificate, a wrong name, TLS spoken \
      to a plain port or plain http to a TLS port.
      """,
    decides: [
      """
      A TLS alert in the capture, or a handshake error in a log: `SSL_do_handshake() failed`, \
      `TLS_error`, `wrong version number`, `plain HTTP request was sent to HTTPS port`.
      """,
      """
      Trust errors of the caller: `PKIX path building failed`, `x509: certificate signed by \
      unknown authority`, `CERTIFICATE_VERIFY_FAILED`, `certificate has expired`.
      """,
    ],
    supports: [
      "It began when a certificate was renewed or expired, or when a port or scheme was changed.",
      "The certificate's dates or names in the capture do not fit.",
    ],
    against: [
      "The connect itself fails."
    ],
    lookAlikes: [
      (
        .keycloakDown,
        """
        whether TCP connects: the handshake fails after a connect, nothing connects to a server \
        that is down
        """
      ),
      (
        .resourceServerKeysUnavailable,
        "whether an error names TLS: as soon as one does, it is this"
      ),
      (
        .tokenClockSkew,
        """
        "certificate is not yet valid" or "has expired" while its dates are right means the \
        caller's clock
        """
      ),
      (
        .proxyIdleDropped,
        "when it fails: at the handshake, or on a connection that was idle"
      ),
    ],
    needs: [
      "the application's or ingress's error log",
      "a capture of the handshake",
    ],
    fix: [
      """
      Look at what is served: `openssl s_client -connect KEYCLOAK_HOST:443 -servername \
      KEYCLOAK_HOST </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -ext \
      subjectAltName`
      """,
      """
      Renew it, with its intermediates: `kubectl -n NS get secret TLS_SECRET -o \
      jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -enddate`; with \
      cert-manager: `cmctl renew CERTIFICATE -n NS`
      """,
      """
      Let the caller trust a private authority. Java: `keytool -importcert -cacerts -file CA.pem \
      -alias ca`; Python: `REQUESTS_CA_BUNDLE=/PATH/CA.pem`; Node: \
      `NODE_EXTRA_CA_CERTS=/PATH/CA.pem`; Go and curl: `SSL_CERT_FILE=/PATH/CA.pem`; Keycloak as \
      caller: `--truststore-paths=/PATH/CA.pem`
      """,
      """
      Speak what the port speaks. ingress-nginx to Keycloak's 8443: \
      `nginx.ingress.kubernetes.io/backend-protocol: "HTTPS"`; Istio: `trafficPolicy: {tls: \
      {mode: SIMPLE}}` in the DestinationRule; HAProxy: `server kc KEYCLOAK_IP:8443 ssl verify \
      required ca-file /PATH/CA.pem`
      """,
    ],
    verify: [
      """
      `openssl s_client -connect KEYCLOAK_HOST:443 -servername KEYCLOAK_HOST \
      -verify_return_error </dev/null` ends with `Verify return code: 0 (ok)`
      """,
      """
      `kubectl -n NS exec deploy/APP -- curl -sS -o /dev/null -w '%{http_code} \
      %{ssl_verify_result}\\n' https://KEYCLOAK_HOST/realms/REALM` prints 200 0
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(.tlsPrior)
    if group.endpoint.isKeycloak {
      guard let t = profile.trouble else { return nil }
      let onWire = Wire.tlsTroubleNear(t, scene)
      if t.kind == .unreachable, onWire == nil,
        TroubleFinder.isOfFlagAlone(t, scene) || TroubleFinder.isOfTargetAlone(t, scene)
      {
        w.add(
          .tlsEdgeUntold, "the edge connects in vain to Keycloak, which goes on for others",
          t.proof.isEmpty ? Signals.rows(group, scene) : t.proof,
          beside: OtherSide.heard(of: t, scene),
          alone: "the edge connects in vain to Keycloak")
        return w
      }
      guard t.kind == .tls || onWire != nil else { return nil }
      if t.kind == .tls, TroubleFinder.isUnexplained(t, scene) {
        w.add(
          .tlsEdgeReconnects,
          TroubleFinder.hasShakenHands(t, scene)
            ? "the edge connects in vain to Keycloak, which goes on for others, and later than a refusal comes"
            : "since the edge's configuration was reloaded it cannot connect to Keycloak, which goes on for others",
          t.proof.isEmpty ? Signals.rows(group, scene) : t.proof,
          beside: OtherSide.heard(of: t, scene),
          alone: "the edge connects in vain to Keycloak")
        return w
      }
      w.add(
        .tlsEdgeFails, "the edge's TLS to Keycloak fails",
        t.proof + (onWire.map { [$0] } ?? []))
      return w
    }
    if Signals.words(
      [.callUntrustedCertificate, .callTLS, .upstreamTLSFailed, .upstreamTLSVerify], group, scene,
      &w, odds: .tlsSaid, "the TLS connection failed"), !Signals.isMute(group)
    {
      return w
    }
    guard Signals.isMute(group) || group.answer.statement == .keysUnavailable else { return nil }
    if profile.isPartyWide, let alert = WireAlert(profile, scene) {
      w.add(.tlsAlertOnWire, alert.text, alert.lines)
    }
    if profile.isPartyWide, profile.median > 7000, profile.median < 400_000, profile.timeout == nil,
      profile.inTrouble == 0,
      !scene.introspecting.contains(group.party), group.circumstances.backError.isNone
    {
      let slow = TimesTaken.usual(of: group, profile, scene)
      w.add(
        .tlsEachRequestFetches,
        "every client is refused, and each refusal takes some time (\(slow.took)), as when the keys are fetched in vain each time",
        slow.lines)
      if profile.servedBefore > 3 { w.note(.tlsWorkedBefore, "the service served clients before") }
      if let line = Keys.fetched(by: group.party, scene) {
        w.add(.tlsKeysFetched, "the service did fetch the keys", [line])
      }
      return w
    }
    return w.supports.isEmpty ? nil : w
  }
}
