/// Weights of signs that are not of one cause alone. Those of the causes are in the files beside this one. Named
/// by place and sign.
extension Odds {
  // MARK: All causes

  static var undecided: Odds { Odds(0.1) }  // what every cause competes with
  /// Of a cause that only a capture or Keycloak's log names.
  static var provenPrior: Odds { Odds(-0.4) }
  static var wordsInherited: Odds { Odds(-0.4) }  // said of others with the same answer
  static var sizeFits: Odds { Odds(0.3) }  // the size of an answer fits words of the cause …
  /// … times the share of such words among all that fit.
  static var sizeFitsShare: Odds { Odds(2.6) }
  static var sizeFitsOthers: Odds { Odds(-1) }  // times the share of words that it fits
  static var emptySizeNotToken: Odds { Odds(-2) }  // the size of the answer to no token
  static var servedAgainNotToken: Odds { Odds(-1.5) }  // served with the same token
  static var slowNotDecision: Odds { Odds(-2.2) }
  static var noTokenLostOnRoute: Odds { Odds(-3) }
  static var scannerSendsNoToken: Odds { Odds(-3) }
  static var badRequestNotToken: Odds { Odds(-2.2) }
  static var passingNotLasting: Odds { Odds(-2) }
  static var heardByKeycloak: Odds { Odds(-3) }
  /// Keycloak's words on the token that a service asked it about …
  static var toldByKeycloak: Odds { Odds(1.5) }
  static var toldOtherReason: Odds { Odds(-3) }  // … and against what they do not name
  /// Newly issued tokens are refused, older ones taken: by keys that are not renewed …
  static var cutoverKeys: Odds { Odds(1) }
  static var cutoverIssuer: Odds { Odds(1) }  // … or since an issuer or an algorithm is another …
  static var cutoverClaims: Odds { Odds(0.5) }  // … or claims …
  static var cutoverNotNew: Odds { Odds(-2) }  // … and for nothing that one token or service has
  static var routeOnlyNotToken: Odds { Odds(-1.5) }  // which is good elsewhere in the service
  static var sessionMissedTokenSound: Odds { Odds(-2.5) }

  /// Times the logarithm of how likely such words of Keycloak are about the cause, against what nobody thought of.
  static var keycloakEventMeans: Odds { Odds(1) }

  // MARK: Several causes

  static var introspectionFailed: Odds { Odds(1) }  // fits an expired token as well as a broken one
  static var triedToRenew: Odds { Odds(-3) }  // and could not: then that is the cause
  static var replicas: Odds { Odds(-1.4) }  // which may not share their sessions
  static var keycloakLog: Odds { Odds(0.6) }  // names a fault while services refuse

  // MARK: What Keycloak or a service says of an ended session.

  static var sessionGoneEvent: Odds { Odds(2.4) }
  static var sessionGoneUserinfo: Odds { Odds(0.9) }
  static var sessionGoneInactive: Odds { Odds(1.2) }  // any other reason has the same answer
  static var sessionGoneSaid: Odds { Odds(2.2) }
  static var sessionTakenAgain: Odds { Odds(-3) }  // ended sessions never come back

  // MARK: Trouble between somebody and Keycloak that reaches a service.

  static var inheritedFailedRenewal: Odds { Odds(4) }
  static var inheritedSameSpell: Odds { Odds(2.2) }
  static var inheritedManyCalls: Odds { Odds(0.4) }

  // MARK: What a capture shows of the refused tokens.

  static var wireBasic: Odds { Odds(4) }
  static var wireMalformedKin: Odds { Odds(4.4) }
  static var wireNoTokenSent: Odds { Odds(-3) }
  static var wireFaultless: Odds { Odds(-3) }
  static var wireHeaderAbsent: Odds { Odds(-4) }
  static var wireHeaderPresent: Odds { Odds(-5) }
  static var wireHeaderOnInnerLeg: Odds { Odds(-6) }
  static var wireWellFormed: Odds { Odds(-4) }
  static var wireOtherTyp: Odds { Odds(-3) }
  static var wireAccessTyp: Odds { Odds(-5) }
  static var wireNotExpired: Odds { Odds(-6) }
  static var wireKeycloakClockOff: Odds { Odds(-3) }
  static var wireExpired: Odds { Odds(2.8) }
  static var wireExpiredSaid: Odds { Odds(1.2) }  // what the words say already
  static var wireExpiredNotOther: Odds { Odds(-1) }
  static var wireExpiredNotMissing: Odds { Odds(-3) }
  static var wireServiceClockRight: Odds { Odds(-3) }
  static var wireKeycloakIssuer: Odds { Odds(-5) }
  static var wireSameIssuer: Odds { Odds(-5) }
  static var wireSameIssuerNotMismatch: Odds { Odds(-3.5) }
  static var wireIssuerElsewhere: Odds { Odds(-3) }
  static var wireOtherRealmElsewhere: Odds { Odds(3) }
  static var wireOtherRealm: Odds { Odds(5.5) }
  static var wireOtherRealmNotKey: Odds { Odds(-2.5) }
  static var wireOtherIssuerElsewhere: Odds { Odds(2) }
  static var wireOtherIssuer: Odds { Odds(4) }
  static var wirePlainIssuer: Odds { Odds(3) }
  static var wireNoAudience: Odds { Odds(3.4) }
  static var wireSeldomAudience: Odds { Odds(1.6) }
  static var wireSameAudience: Odds { Odds(-3) }
  static var wireSameKey: Odds { Odds(-3) }
  static var wireSameKeyBefore: Odds { Odds(-3) }
  static var wireSameKeyLater: Odds { Odds(0.8) }
  static var wireOtherKey: Odds { Odds(3.2) }
  static var wireCut: Odds { Odds(8) }
  static var wireAlteredSignature: Odds { Odds(5) }
  static var wireSameTokenServed: Odds { Odds(-3.5) }
  static var wireSameTokenServedHere: Odds { Odds(-3) }
  static var wireSessionEnded: Odds { Odds(5) }
  static var wireSessionOverElsewhere: Odds { Odds(2.4) }
  static var wireSessionOver: Odds { Odds(1.6) }
  static var wireRevokedByAdmin: Odds { Odds(4) }
  static var wireLoggedOutElsewhere: Odds { Odds(2.4) }
  static var wireLoggedOut: Odds { Odds(1.6) }
  static var wireSignatureLeft: Odds { Odds(0.8) }
  static var wireNoRoleNorClaim: Odds { Odds(-3) }
  static var wirePassedOn: Odds { Odds(-5) }
  static var wireAudienceInactive: Odds { Odds(4) }
  static var wireNameLost: Odds { Odds(4.5) }
  static var wireNameLostNotToken: Odds { Odds(-2) }
  static var wireKeycloakRefuses: Odds { Odds(3.2) }
  static var wireKeycloakSilent: Odds { Odds(3.2) }
  static var wireDirectoryRefuses: Odds { Odds(5) }
  static var wireDirectoryNotOther: Odds { Odds(-2) }
  static var wireDatabaseRefuses: Odds { Odds(5) }
  static var wireDatabaseNotOther: Odds { Odds(-2) }

  // MARK: Errors in Keycloak's own log behind a service's refusals.

  static var distressLate: Odds { Odds(3.6) }
  static var distressAtEachRefusal: Odds { Odds(3.2) }
  static var distressIntrospects: Odds { Odds(2.4) }
  static var distressOnlyThen: Odds { Odds(2.6) }
  /// Against what presumes it sound, of its own refusals.
  static var distressKeycloakItself: Odds { Odds(-2.5) }

  // MARK: The second look

  static var companionFailedCall: Odds { Odds(3) }  // right before, of the same client
  /// The same client fails elsewhere for the cause.
  static var companionElsewhere: Odds { Odds(1.4) }
  static var companionSameSpan: Odds { Odds(1.9) }
  static var companionSharedWindow: Odds { Odds(1.8) }
  static var companionAlone: Odds { Odds(-1) }  // where nothing else points to the cause
  static var companionRivals: Odds { Odds(0.6) }  // what is left to the others then
  static var renewalLastCall: Odds { Odds(3) }
  static var renewalRefusedAtOnce: Odds { Odds(3) }
  /// Times the log-likelihood ratio of the counts, 4 at most.
  static var renewalsRefused: Odds { Odds(1) }
  static var renewalRivals: Odds { Odds(1) }
  /// Of a verdict that is taken over, with its share, from a clear group.
  static var echo: Odds { Odds(1) }
}
