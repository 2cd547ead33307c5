/// Weights of causes that lie in tokens, sessions and keys. Named by cause and sign.
extension Odds {
  // MARK: token.expired

  static var expiredPrior: Odds { Odds(-0.4) }
  static var expiredSaid: Odds { Odds(3.6) }
  static var expiredAgeAboveServed: Odds { Odds(2.2) }
  static var expiredAgeBelowServed: Odds { Odds(-2.2) }
  static var expiredNeverFetched: Odds { Odds(-1.6) }
  static var expiredFromFirstCall: Odds { Odds(-2.5) }
  static var expiredAfterRenewalGap: Odds { Odds(1.3) }  // others renew within such a time
  static var expiredLapsed: Odds { Odds(1.3) }  // served before, no token since
  static var expiredNobodyRenews: Odds { Odds(-4) }  // something else keeps all clients from it
  static var expiredOneAnswer: Odds { Odds(0.3) }
  static var expiredServedThenRefused: Odds { Odds(0.5) }
  /// The first call with a new token is refused.
  static var expiredFreshFirstCalls: Odds { Odds(-2.5) }
  static var expiredServedAgain: Odds { Odds(-2.5) }  // without a new token
  static var expiredYoungServedAgain: Odds { Odds(-2.4) }
  static var expiredOthersServed: Odds { Odds(0.6) }
  static var expiredEveryClient: Odds { Odds(-2.2) }
  static var expiredSinceStart: Odds { Odds(-2.5) }  // which lost their sessions
  static var expiredFreshTokens: Odds { Odds(-1.5) }  // refused within seconds of their issue

  // MARK: token.malformed

  static var malformedPrior: Odds { Odds(-0.4) }
  static var malformedNoTokenOnWire: Odds { Odds(5) }
  static var malformedPlaceholder: Odds { Odds(3.4) }  // by the length of the requests
  static var malformedSaid: Odds { Odds(3.9) }
  static var malformedManyLengths: Odds { Odds(3) }  // each header is built differently
  static var malformedSeveralLengths: Odds { Odds(2.2) }
  static var malformedTwoAnswers: Odds { Odds(1) }
  static var malformedShortAndVaried: Odds { Odds(3) }
  static var malformedNeverFetched: Odds { Odds(1.5) }
  /// Only some of the headers get as far as Keycloak's check.
  static var malformedHalfChecked: Odds { Odds(1.9) }
  static var malformedOneAnswer: Odds { Odds(-0.9) }
  static var malformedManyAnswers: Odds { Odds(2.8) }  // broken in several ways
  static var malformedSeveralAnswers: Odds { Odds(2.3) }
  static var malformedEveryClient: Odds { Odds(-1) }

  // MARK: token.wrong_type

  static var wrongTypePrior: Odds { Odds(-0.6) }
  static var wrongTypeTypOnWire: Odds { Odds(6) }
  static var wrongTypeSaidByKeycloak: Odds { Odds(5) }
  static var wrongTypeHmac: Odds { Odds(4.2) }  // what Keycloak signs refresh tokens with
  static var wrongTypeAlgorithm: Odds { Odds(1.5) }
  static var wrongTypeSaid: Odds { Odds(4.5) }
  static var wrongTypeAcceptedBefore: Odds { Odds(-3) }
  static var wrongTypeSignedAnew: Odds { Odds(-2) }
  static var wrongTypeAlgorithmBySize: Odds { Odds(1.2) }
  static var wrongTypeHmacKeyBySize: Odds { Odds(1) }
  static var wrongTypeNeverGotToken: Odds { Odds(-1.2) }

  // MARK: token.bad_signature

  static var badSignaturePrior: Odds { Odds(-0.4) }
  static var badSignatureSaid: Odds { Odds(3.8) }
  static var badSignatureNotTheirAge: Odds { Odds(0.8) }
  /// Where tokens are short-lived, age explains more.
  static var badSignatureShortLivedIntrospected: Odds { Odds(-0.6) }
  static var badSignatureNeverServed: Odds { Odds(0.4) }
  /// Refused by several services, or never served: the token itself.
  static var badSignatureOneClientElsewhereToo: Odds { Odds(0.9) }
  static var badSignatureOneClient: Odds { Odds(0.5) }
  static var badSignatureShortLived: Odds { Odds(-0.8) }
  static var badSignatureSeveralAnswers: Odds { Odds(-1.2) }
  static var badSignatureEveryClient: Odds { Odds(-2.5) }  // then the keys, not the tokens
  static var badSignatureOthersPass: Odds { Odds(0.4) }

  // MARK: token.other_realm

  static var otherRealmPrior: Odds { Odds(-0.8) }
  static var otherRealmSaid: Odds { Odds(2.2) }
  static var otherRealmIssuedThereSaid: Odds { Odds(3) }
  static var otherRealmIssuedThere: Odds { Odds(2.4) }
  static var otherRealmNeverServed: Odds { Odds(0.9) }
  static var otherRealmNotSeen: Odds { Odds(-0.8) }  // no token call to another realm
  static var otherRealmForeignKeyID: Odds { Odds(-2.5) }
  static var otherRealmEveryClient: Odds { Odds(-2.5) }

  // MARK: token.issuer_mismatch

  static var issuerPrior: Odds { Odds(-0.3) }
  static var issuerSaid: Odds { Odds(3.4) }
  /// What adapters answer that know Keycloak by another URL.
  static var issuerForbidsAll: Odds { Odds(1.6) }
  static var issuerSaidByKeycloak: Odds { Odds(4) }
  static var issuerEveryClientAtOnce: Odds { Odds(0.9) }
  static var issuerEveryClient: Odds { Odds(0.6) }  // durations unknown
  static var issuerWorkedBefore: Odds { Odds(-1.5) }
  static var issuerIntrospects: Odds { Odds(-1.5) }  // then the service compares no issuer itself
  static var issuerOthersFail: Odds { Odds(-0.9) }

  // MARK: token.audience_mismatch

  static var audiencePrior: Odds { Odds(-0.3) }
  static var audienceSaid: Odds { Odds(3.8) }
  static var audienceSaidByKeycloak: Odds { Odds(4.5) }
  static var audienceOneIssuedTo: Odds { Odds(2.4) }  // one client id of Keycloak
  static var audienceForbidden: Odds { Odds(-0.6) }  // 403 rather than 401
  /// Others refuse as well: rather the token than this service.
  static var audienceOneClientElsewhereToo: Odds { Odds(0.2) }
  static var audienceOneClientWithToken: Odds { Odds(1.2) }
  static var audienceOneClient: Odds { Odds(0.8) }
  static var audienceSeveralClientsElsewhereToo: Odds { Odds(0.4) }
  static var audienceSeveralClients: Odds { Odds(1.2) }
  static var audienceSameClientServed: Odds { Odds(-1.2) }
  static var audienceMapperChanged: Odds { Odds(2) }
  static var audienceEveryClient: Odds { Odds(-0.8) }
  static var audienceAcceptedBefore: Odds { Odds(-1.6) }  // then the service asks for another one

  // MARK: token.claim_rejected

  static var claimPrior: Odds { Odds(-0.2) }
  static var claimSaid: Odds { Odds(3.8) }
  static var claimOneIssuedTo: Odds { Odds(1.2) }
  static var claimEveryClient: Odds { Odds(-0.8) }
  static var claimAcceptedBefore: Odds { Odds(-1.6) }
  static var claimIntrospectedWell: Odds { Odds(1.6) }
  static var claimUserChanged: Odds { Odds(1.4) }
  static var claimMapperChanged: Odds { Odds(2.8) }

  // MARK: token.algorithm

  static var algorithmPrior: Odds { Odds(-0.5) }
  static var algorithmSaid: Odds { Odds(2.6) }
  /// What Keycloak signs refresh tokens with: the wrong token.
  static var algorithmHmac: Odds { Odds(-1.5) }
  static var algorithmKeysGenerated: Odds { Odds(3.2) }
  static var algorithmClientChanged: Odds { Odds(2.4) }
  static var algorithmNoRefreshToken: Odds { Odds(1.4) }
  static var algorithmForeignSigner: Odds { Odds(1.4) }

  // MARK: token.wrong_party

  static var wrongPartySaid: Odds { Odds(3) }
  static var wrongPartyPrior: Odds { Odds(-0.4) }
  static var wrongPartyOtherScheme: Odds { Odds(3) }
  static var wrongPartyKnownUser: Odds { Odds(2.4) }

  // MARK: token.clock_skew

  static var clockSkewPrior: Odds { Odds(-0.6) }
  static var clockSkewOfIssuer: Odds { Odds(3.4) }  // young tokens of one replica of Keycloak
  static var clockSkewServedAgain: Odds { Odds(2.4) }  // an expired token never is
  /// Old ones are served, and the young ones, too, as a rule.
  static var clockSkewYoungOnly: Odds { Odds(3.4) }
  static var clockSkewSaidNotYetValid: Odds { Odds(4) }
  static var clockSkewSaidExpired: Odds { Odds(1) }
  static var clockSkewOffset: Odds { Odds(3.2) }  // measured between the logs
  static var clockSkewFreshTokens: Odds { Odds(1.8) }  // refused within seconds of their issue
  static var clockSkewEveryClientOnTime: Odds { Odds(1.7) }  // … and the words are about time
  static var clockSkewEveryClient: Odds { Odds(0.4) }
  static var clockSkewOthersServed: Odds { Odds(-1.5) }
  static var clockSkewWorkedWithOffset: Odds { Odds(-2.4) }
  static var clockSkewWorkedBefore: Odds { Odds(-1.4) }

  // MARK: token.refresh_expired

  static var refreshExpiredNotActive: Odds { Odds(4.5) }
  static var refreshExpiredSessionNotActive: Odds { Odds(1.6) }
  static var refreshExpiredNoReason: Odds { Odds(0.9) }
  static var refreshExpiredNotActiveBySize: Odds { Odds(3.5) }
  static var refreshExpiredSessionNotActiveBySize: Odds { Odds(1.2) }

  // MARK: token.refresh_reused

  static var refreshReusedSaid: Odds { Odds(5) }
  static var refreshReusedEndedSession: Odds { Odds(3.5) }
  static var refreshReusedStaleToken: Odds { Odds(1.4) }
  static var refreshReusedStaleAccess: Odds { Odds(-4) }
  static var refreshReusedAdmin: Odds { Odds(-3) }  // ended sessions: the same words
  static var refreshReusedBySize: Odds { Odds(3.6) }

  // MARK: token.missing

  static var missingPrior: Odds { Odds(-0.4) }
  static var missingRefused: Odds { Odds(-2) }
  static var missingBareChallenge: Odds { Odds(0.5) }  // names no error
  static var missingNothingSent: Odds { Odds(1) }
  static var missingServedOtherwise: Odds { Odds(1.2) }
  /// In a transcript or HAR file, by somebody who wants it served.
  static var missingShown: Odds { Odds(1.6) }
  static var missingOften: Odds { Odds(0.6) }
  static var missingSeldom: Odds { Odds(-1.4) }
  static var missingOfRoute: Odds { Odds(-0.6) }
  static var missingEmptyElsewhere: Odds { Odds(-0.8) }
  static var missingForbiddenElsewhere: Odds { Odds(-1.2) }
  static var missingEveryClient: Odds { Odds(-2.5) }
  static var missingEmptySize: Odds { Odds(1.2) }
  static var missingAgeAboveServed: Odds { Odds(-1) }
  static var missingMostUnseen: Odds { Odds(1.2) }
  static var missingOtherSize: Odds { Odds(-2.5) }
  static var missingNothingShows: Odds { Odds(-1.4) }
  static var missingRedirectedKin: Odds { Odds(-2) }
  static var missingTokenAfterwards: Odds { Odds(-1.8) }
  static var missingLoginsAfter: Odds { Odds(-1.8) }
  static var missingServedNext: Odds { Odds(-1.8) }  // as after a login that no log shows

  // MARK: session.logged_out

  static var loggedOutPrior: Odds { Odds(-0.4) }
  static var loggedOutNoLogout: Odds { Odds(-0.6) }
  static var loggedOutLogout: Odds { Odds(2.6) }
  static var loggedOutByAdmin: Odds { Odds(-2) }

  // MARK: session.revoked

  static var revokedPrior: Odds { Odds(-0.5) }
  static var revokedNoAdminEvent: Odds { Odds(-0.3) }
  static var revokedAdminEventsLogged: Odds { Odds(-1.2) }
  static var revokedSilentBefore: Odds { Odds(-0.6) }
  static var revokedNoLogout: Odds { Odds(0.8) }  // although such events are logged
  static var revokedToken: Odds { Odds(4) }
  static var revokedExactly: Odds { Odds(3) }
  static var revokedByAdmin: Odds { Odds(2.8) }

  // MARK: session.expired

  static var sessionExpiredPrior: Odds { Odds(-0.9) }
  static var sessionExpiredLostAtRenewal: Odds { Odds(5) }
  static var sessionExpiredSaid: Odds { Odds(2) }
  static var sessionExpiredEndedByPerson: Odds { Odds(-2) }
  static var sessionExpiredSilentBefore: Odds { Odds(1.4) }
  static var sessionExpiredLostAtStart: Odds { Odds(1.8) }
  /// Of a refused renewal or an inactive token, after such a start.
  static var sessionExpiredUntold: Odds { Odds(2.2) }
  static var sessionExpiredAtOneAge: Odds { Odds(1.2) }
  static var sessionExpiredMemberStopped: Odds { Odds(2.2) }
  static var sessionExpiredReplicas: Odds { Odds(-1) }

  // MARK: session.login_state_lost

  static var loginStateSaid: Odds { Odds(3) }
  static var loginStateExpiredCode: Odds { Odds(2.4) }
  static var loginStateInvalidCode: Odds { Odds(1.6) }
  static var loginStateAfterReuse: Odds { Odds(4) }  // of a code, by tokens it gave
  static var loginStateCallbackPrior: Odds { Odds(-0.2) }
  static var loginStateCallbackSaid: Odds { Odds(5) }
  static var loginStateCodeRefused: Odds { Odds(3) }
  static var loginStateCallbackRefused: Odds { Odds(0.8) }
  static var loginStateProxySaid: Odds { Odds(3.2) }

  // MARK: keys.rotated

  static var rotatedPrior: Odds { Odds(-0.7) }
  static var rotatedSaid: Odds { Odds(2.4) }
  static var rotatedRestart: Odds { Odds(2.6) }  // which fetches the keys
  static var rotatedIntrospectorServed: Odds { Odds(1.6) }
  static var rotatedServicesAtOnce: Odds { Odds(0.9) }
  static var rotatedKeyChange: Odds { Odds(2.2) }
  static var rotatedOtherSize: Odds { Odds(-2) }  // than any complaint about a key
  static var rotatedForeignKeyID: Odds { Odds(-3) }
  static var rotatedWorkedBefore: Odds { Odds(1) }
  static var rotatedRecoversWithOthers: Odds { Odds(-1.6) }  // as when what all need comes back
  static var rotatedOthersServed: Odds { Odds(-1.2) }
  static var rotatedSeveralClients: Odds { Odds(1) }
  static var rotatedOneClient: Odds { Odds(-2.4) }
  static var rotatedOtherRealm: Odds { Odds(-2) }
  static var rotatedNeverGotToken: Odds { Odds(-2) }
  static var rotatedAdminEventsLogged: Odds { Odds(-1.5) }
  static var rotatedOthersTakeThem: Odds { Odds(-2) }
  static var rotatedOldTokensToo: Odds { Odds(-1.5) }
  /// One with old keys goes on accepting what they signed.
  static var rotatedPinnedAccepted: Odds { Odds(-3) }
  static var rotatedAcceptedBefore: Odds { Odds(-1.8) }
  static var rotatedSinceDeployed: Odds { Odds(-2) }
  static var rotatedSinceReload: Odds { Odds(-2.5) }  // rather where it looks for keys
  static var rotatedNeverWorked: Odds { Odds(-1) }
}
