internal import Evidence

/// Issuer differs from what the verifier expects.
enum IssuerMismatch: WeighedCause {
  static let page = CausePage(
    cause: .tokenIssuerMismatch,
    title: "Issuer differs from what the verifier expects",
    summary:
      """
      Realm and keys are right, but the issuer URL in the token (host, port, scheme or path) is \
      not the one the verifier was given. Keycloak writes into `iss` the address by which it was \
      reached at the login.
      """,
    decides: [
      """
      The refusal names the issuer: `Invalid token issuer. Expected …`, `Jwt issuer is not \
      configured`, `The iss claim is not valid`, `Invalid issuer`, `Unexpected 'iss' value`.
      """,
      """
      Two `iss` values of one realm occur in the capture, or the refused `iss` differs from the \
      verifier's setting in host, port, scheme or path only.
      """,
      """
      The token was requested under another Host than the one under which it is introspected or \
      sent to userinfo.
      """,
    ],
    supports: [
      "A public and an in-cluster name of Keycloak are both in use.",
      "It starts at a change of the hostname settings, an upgrade or a deploy.",
    ],
    against: [
      "Tokens of the same issuer are accepted by the same service in the same minutes."
    ],
    lookAlikes: [
      (
        .proxyForwardedHeadersMissing,
        """
        what differs: scheme or port alone points at lost X-Forwarded headers, another host name \
        at two names in use
        """
      ),
      (
        .tokenOtherRealm,
        "the realm name at the end of `iss`: the same here, another there"
      ),
      (
        .ingressWrongPath,
        """
        the path of `iss`: an issuer that only gained or lost `/auth` comes from a prefix; \
        requests then also answer 404
        """
      ),
      (
        .resourceServerSettingsWrong,
        "who changed: tokens with a new `iss`, or the expected issuer in the service's settings"
      ),
    ],
    needs: [
      "one refused token for `why401 token`, or a capture with the Host of the token request",
      "Keycloak's log (reason of the event, start-up lines on the hostname)",
      "the application's or gateway's issuer setting",
    ],
    fix: [
      """
      Give Keycloak one fixed public name, so that every token carries the same issuer: `kc.sh \
      start --hostname=https://KEYCLOAK_HOST` (25 and later)
      """,
      """
      Let services that reach Keycloak inside the cluster keep the public issuer: \
      `--hostname-backchannel-dynamic=true` (needs a full URL as hostname), and configure issuer \
      = public URL, JWKS = internal URL. Istio: `jwtRules: [{issuer: \
      "https://KEYCLOAK_HOST/realms/REALM", jwksUri: \
      "http://KEYCLOAK_SERVICE:8080/realms/REALM/protocol/openid-connect/certs"}]`
      """,
      """
      Check for a realm's own frontend URL, which wins over the server's: `kcadm.sh get \
      realms/REALM | grep frontendUrl`
      """,
      """
      In the service, set the expected issuer to the value that discovery shows, letter by \
      letter, without a slash at the end.
      """,
    ],
    verify: [
      """
      `curl -s https://KEYCLOAK_HOST/realms/REALM/.well-known/openid-configuration | jq -r \
      .issuer` is the same from outside and from a pod: `kubectl -n NS exec deploy/APP -- curl \
      -s http://KEYCLOAK_SERVICE:8080/realms/REALM/.well-known/openid-configuration`
      """,
      "`printf %s \"$TOKEN\" | why401 token` shows that issuer",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.issuerPrior)
    let said = Signals.words(
      [.tokenIssuer, .callIssuerDiffers], group, scene, &w, odds: .issuerSaid,
      "the refusal says the issuer is wrong")
    if Signals.isMute(group) {
      if group.status == 403, profile.isPartyWide,
        profile.servedBefore + profile.othersServed + profile.sameServed + profile.servedAfter == 0,
        scene.exchange(group.rows[0]).request.answeredBy != .edge
      {
        w.add(
          .issuerForbidsAll,
          "every client gets 403 from the start, as an adapter answers that was given another URL of Keycloak than the tokens name",
          Signals.everyone(group, profile, scene))
        return w
      }
      if Signals.backReason(group, scene).contains("Invalid token issuer") {
        w.add(
          .issuerSaidByKeycloak, "Keycloak says: Invalid token issuer", Signals.events(group, scene)
        )
      } else if profile.isPartyWide, profile.median < 8000, profile.inTrouble == 0,
        group.circumstances.answerer != .authService && group.circumstances.answerer != .edge
      {
        w.add(
          profile.median < 0 ? .issuerEveryClient : .issuerEveryClientAtOnce,
          "every client of this service is refused and at once, while another service serves one of them",
          Signals.everyone(group, profile, scene),
          beside: OtherSide.servedElsewhere(group, profile, scene, bySameService: false),
          alone: "every client of this service is refused and at once")
        if profile.servedBefore > 3 {
          w.note(.issuerWorkedBefore, "the service served clients before")
        }
        if scene.introspecting.contains(group.party) {
          w.note(.issuerIntrospects, "the service asks Keycloak about tokens")
        }
        if !profile.sufferers.isEmpty {
          w.note(.issuerOthersFail, "other services fail for their clients, too")
        }
      } else if !said {
        return nil
      }
    }
    return w
  }
}
