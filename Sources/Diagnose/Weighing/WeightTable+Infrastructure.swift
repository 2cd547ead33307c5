/// Weights of causes that lie in the edge, the network and Keycloak itself. Named by cause and sign.
extension Odds {
  // MARK: One instance of several

  static var instanceServedByOthers: Odds { Odds(-3.5) }
  static var instanceKeysChanged: Odds { Odds(2.5) }
  static var instanceRefusesSome: Odds { Odds(1.5) }
  static var instanceSeesNoToken: Odds { Odds(4) }
  static var instanceNeverServed: Odds { Odds(3) }
  static var instanceMadeOtherwise: Odds { Odds(1) }
  static var instanceLostKeys: Odds { Odds(1.6) }  // or has another time
  static var instanceSizeFitsClock: Odds { Odds(2) }

  // MARK: ingress.auth_header_stripped

  static var strippedPrior: Odds { Odds(-0.5) }
  static var strippedBetweenLegs: Odds { Odds(6) }
  static var strippedBareChallenge: Odds { Odds(0.9) }
  static var strippedTokenSent: Odds { Odds(1.2) }
  static var strippedEmptySize: Odds { Odds(1.6) }
  static var strippedFromRoute: Odds { Odds(3.6) }
  static var strippedOtherSize: Odds { Odds(-2.5) }
  static var strippedEveryClient: Odds { Odds(1) }
  static var strippedTokenRefused: Odds { Odds(-3) }
  static var strippedSinceDeployed: Odds { Odds(-2) }
  static var strippedServedBefore: Odds { Odds(0.8) }
  static var strippedNeverServed: Odds { Odds(-1.5) }
  static var strippedServedAfter: Odds { Odds(0.5) }
  static var strippedSomeClients: Odds { Odds(-1.5) }
  static var strippedOthersRead: Odds { Odds(-2.5) }  // others' tokens arrive
  static var strippedReloadAtOnset: Odds { Odds(1.5) }
  static var strippedReloadAtEnd: Odds { Odds(1) }
  static var strippedOthersFail: Odds { Odds(-1.5) }
  static var strippedSlow: Odds { Odds(-2.5) }
  static var strippedKeyChange: Odds { Odds(-1) }
  /// Most without a reload; not every edge logs reloads, and other faults seldom heal.
  static var strippedMostIfEmpty: Odds { Odds(2.4) }  // the size alone tells
  static var strippedMostIfHealed: Odds { Odds(1.5) }
  static var strippedMostWithoutReload: Odds { Odds(0) }

  // MARK: ingress.auth_request_failing

  static var authRequestPrior: Odds { Odds(-0.3) }
  static var authRequestSaid: Odds { Odds(3.6) }
  static var authRequestExtAuthzError: Odds { Odds(3.6) }
  static var authRequestFlagged: Odds { Odds(3) }
  static var authRequestSaidNearby: Odds { Odds(2.8) }
  static var authRequestNoUpstream: Odds { Odds(1.6) }
  static var authRequestAfterRedirect: Odds { Odds(1.2) }
  static var authRequestProbesFail: Odds { Odds(1) }
  static var authRequestAdmittedFail: Odds { Odds(1.2) }
  static var authRequestProbesAnswered: Odds { Odds(-1.6) }
  static var authRequestAfterTimeout: Odds { Odds(-0.8) }  // look behind it

  // MARK: ingress.redirect_drops_auth

  static var redirectKinFollow: Odds { Odds(2) }  // not every redirect is logged
  static var redirectFollows: Odds { Odds(4.4) }
  static var redirectNothingSent: Odds { Odds(0.8) }
  static var redirectSeldom: Odds { Odds(-0.8) }

  // MARK: ingress.header_too_large

  static var headerTooLargeSaid: Odds { Odds(4) }
  static var headerTooLargeEverywhere: Odds { Odds(3.4) }
  static var headerTooLargeStatus: Odds { Odds(4.5) }
  static var headerTooLargeLongRequests: Odds { Odds(0.5) }
  static var headerTooLargePlainReads: Odds { Odds(1.6) }
  static var headerTooLargeLongBadRequests: Odds { Odds(3.5) }

  // MARK: ingress.upstream_header_too_big

  static var upstreamHeaderSaid: Odds { Odds(5) }
  static var upstreamHeaderSaidOfSuchCalls: Odds { Odds(3) }
  static var upstreamHeaderUnreadable: Odds { Odds(2.2) }
  static var upstreamHeaderSlowAsGood: Odds { Odds(1.6) }  // no error log says so

  // MARK: ingress.cors_preflight

  static var preflightOptions: Odds { Odds(4.5) }

  // MARK: ingress.wrong_path

  static var pathBySize: Odds { Odds(3.5) }
  static var pathAuthPrefix: Odds { Odds(3) }
  static var pathPrior: Odds { Odds(-0.2) }
  static var pathRealmLives: Odds { Odds(4) }
  static var pathOfChecker: Odds { Odds(6) }
  static var pathNoRoute: Odds { Odds(1.4) }
  static var pathOtherwiseRouted: Odds { Odds(1.8) }
  static var pathOtherwiseFound: Odds { Odds(0.8) }
  static var pathReloadAtOnset: Odds { Odds(1.8) }
  static var pathReloadAtEnd: Odds { Odds(1.2) }

  // MARK: ingress.no_login_redirect

  static var noRedirectPrior: Odds { Odds(-0.3) }
  static var noRedirectRedirectedBefore: Odds { Odds(5) }
  static var noRedirectRedirectedAfter: Odds { Odds(3.6) }
  static var noRedirectReload: Odds { Odds(0.7) }
  static var noRedirectNavigationRefused: Odds { Odds(3.6) }  // Sec-Fetch-Mode was logged
  static var noRedirectPagesRefused: Odds { Odds(1.6) }
  static var noRedirectBasicUsers: Odds { Odds(-3) }
  static var noRedirectOtherRoutesPrior: Odds { Odds(-0.3) }
  static var noRedirectOtherRoutesRedirect: Odds { Odds(4.8) }

  // MARK: ingress.bearer_ignored

  static var bearerIgnoredPrior: Odds { Odds(-0.3) }
  static var bearerIgnoredTokenTurnedAway: Odds { Odds(5) }
  static var bearerIgnoredTurnedAwayByLength: Odds { Odds(4.4) }  // by the length of the requests
  static var bearerIgnoredProgramTurnedAway: Odds { Odds(3.4) }
  static var bearerIgnoredTurnsAtReload: Odds { Odds(2.6) }
  static var bearerIgnoredRefusedPrior: Odds { Odds(-0.3) }
  static var bearerIgnoredBrowsersRedirected: Odds { Odds(2) }
  static var bearerIgnoredAuthServiceMute: Odds { Odds(2.4) }
  static var bearerIgnoredSessionsOnly: Odds { Odds(2.4) }
  static var bearerIgnoredSinceReload: Odds { Odds(2) }
  static var bearerIgnoredPagesServed: Odds { Odds(0.8) }

  // MARK: netpol.drop

  static var droppedPrior: Odds { Odds(-0.4) }
  static var droppedSynUnanswered: Odds { Odds(4) }
  static var droppedAnswersLost: Odds { Odds(3.4) }
  static var droppedEdgeDropped: Odds { Odds(3) }
  static var droppedEdgeTimesOut: Odds { Odds(0.8) }
  static var droppedOnlyAfterPauses: Odds { Odds(-3) }
  static var droppedSynRhythm: Odds { Odds(1.2) }  // first answers after a multiple of 1.02 s
  static var droppedKeycloakServesOthers: Odds { Odds(1) }
  static var droppedCallTimedOut: Odds { Odds(2.2) }
  static var droppedNoRouteNearby: Odds { Odds(-3.5) }
  static var droppedKeycloakSlow: Odds { Odds(-2.4) }
  static var droppedAfterTimeout: Odds { Odds(2.4) }
  static var droppedEdgeServed: Odds { Odds(1.2) }
  static var droppedSomeLate: Odds { Odds(-0.3) }  // one of several replicas may hang
  static var droppedOneService: Odds { Odds(0.3) }
  static var droppedResolversTime: Odds { Odds(-1.2) }
  static var droppedQuickOnes: Odds { Odds(-0.9) }
  static var droppedProbesAnswered: Odds { Odds(0.8) }
  static var droppedSlow: Odds { Odds(1.8) }
  /// Of one service, where nobody logs how long answers took.
  static var droppedPassing: Odds { Odds(1.5) }
  static var droppedSilence: Odds { Odds(1.4) }
  static var droppedEdgeServedSlow: Odds { Odds(1) }

  // MARK: netpol.reject

  static var rejectedPrior: Odds { Odds(-0.6) }
  static var rejectedIcmp: Odds { Odds(5) }
  static var rejectedEdgeNoRoute: Odds { Odds(4) }
  static var rejectedEdgeUnconnected: Odds { Odds(1.9) }
  static var rejectedEdgeUntold: Odds { Odds(0.9) }  // takes longer than a refusal
  static var rejectedTargetUntold: Odds { Odds(0.4) }  // what AWS itself blocks, it drops
  static var rejectedSaid: Odds { Odds(4.4) }
  static var rejectedNoRouteNearby: Odds { Odds(3.6) }
  static var rejectedQuickAmongTimeouts: Odds { Odds(2.6) }  // ICMP is rate-limited
  static var rejectedPassing: Odds { Odds(1.5) }
  static var rejectedSilence: Odds { Odds(1.4) }
  static var rejectedEdgeServed: Odds { Odds(0.8) }

  // MARK: dns.nxdomain, dns.servfail

  static var namePrior: Odds { Odds(-0.5) }
  static var nameEdgeCannotResolve: Odds { Odds(2.5) }
  static var nameInTheseWords: Odds { Odds(1.6) }
  static var nameOtherWords: Odds { Odds(-1.2) }
  static var nameSaid: Odds { Odds(4) }
  static var nameResolverFailed: Odds { Odds(-3) }
  static var nameResolverShows: Odds { Odds(1.6) }
  static var nameSeveralLoseKeycloak: Odds { Odds(2.2) }
  static var nameReloadAtOnset: Odds { Odds(-1.5) }
  static var nameIntrospectorServed: Odds { Odds(-2.2) }
  static var nameBySize: Odds { Odds(0.5) }
  static var nameOthersSay: Odds { Odds(2.2) }
  static var nameNotFoundHeals: Odds { Odds(0.1) }  // by itself
  static var nameFailsHeals: Odds { Odds(0.4) }  // resolvers come back more often than names

  // MARK: dns.blocked

  static var dnsBlockedUnanswered: Odds { Odds(3) }
  static var dnsBlockedEdgeUnanswered: Odds { Odds(5.5) }
  static var dnsBlockedEdgeWaits: Odds { Odds(4.4) }
  static var dnsBlockedPrior: Odds { Odds(-0.4) }
  static var dnsBlockedOthersWait: Odds { Odds(3.4) }
  static var dnsBlockedTries: Odds { Odds(3) }
  static var dnsBlockedBySize: Odds { Odds(2.6) }

  // MARK: proxy.forwarded_headers_missing

  static var forwardedPrior: Odds { Odds(-0.9) }
  static var forwardedRedirectDiffers: Odds { Odds(3.6) }
  static var forwardedRedirectLostScheme: Odds { Odds(7) }
  static var forwardedIssuerLostScheme: Odds { Odds(5) }
  static var forwardedSaidIssuer: Odds { Odds(2.2) }
  static var forwardedSomeClients: Odds { Odds(-1.5) }
  static var forwardedWorkedBefore: Odds { Odds(-2.5) }
  static var forwardedPlainIssuerOnWire: Odds { Odds(4) }
  static var forwardedProxyAddresses: Odds { Odds(1.4) }
  static var forwardedHTTPSRequired: Odds { Odds(-3) }
  static var forwardedOnset: Odds { Odds(4) }  // while these are refused, and only then
  static var forwardedUnsetWarning: Odds { Odds(1.9) }
  static var forwardedUnproxied: Odds { Odds(1.6) }
  static var forwardedNonSecureContext: Odds { Odds(0.8) }
  static var forwardedNothingShows: Odds { Odds(-1.2) }
  static var forwardedOneService: Odds { Odds(-0.8) }
  static var forwardedSeveralServices: Odds { Odds(1.7) }

  // MARK: proxy.https_required

  static var httpsRequiredEvent: Odds { Odds(4.6) }
  static var httpsRequiredBySize: Odds { Odds(4) }
  static var httpsRequiredNearbyPrior: Odds { Odds(-0.3) }
  static var httpsRequiredAccessLogBySize: Odds { Odds(4) }
  static var httpsRequiredIntrospections: Odds { Odds(5) }
  static var httpsRequiredEventNearby: Odds { Odds(3.6) }

  // MARK: proxy.tls

  static var tlsPrior: Odds { Odds(-0.4) }
  static var tlsEdgeFails: Odds { Odds(4) }
  static var tlsEdgeReconnects: Odds { Odds(1.8) }
  static var tlsEdgeUntold: Odds { Odds(0.7) }  // no handshake shows
  static var tlsSaid: Odds { Odds(4.4) }
  static var tlsAlertOnWire: Odds { Odds(3) }
  /// Milliseconds of work each: a fetch of the keys that fails.
  static var tlsEachRequestFetches: Odds { Odds(1.6) }
  static var tlsWorkedBefore: Odds { Odds(-1.2) }
  static var tlsKeysFetched: Odds { Odds(-2.5) }

  // MARK: proxy.idle_dropped

  static var idlePrior: Odds { Odds(-0.4) }
  static var idlePausesSeparate: Odds { Odds(4.2) }  // calls that fail from those that do not
  static var idleLoneFirst: Odds { Odds(5) }
  static var idleBehindKeycloak: Odds { Odds(7.5) }
  static var idleLoneCalls: Odds { Odds(2.6) }  // no pause is seen where many share a pool

  // MARK: keycloak.down

  static var downPrior: Odds { Odds(-0.3) }
  static var downNobodyThere: Odds { Odds(3.2) }
  static var downNobodyThereUntold: Odds { Odds(1) }  // one or two statuses without a word
  static var downStopped: Odds { Odds(1.6) }
  static var downServedBetween: Odds { Odds(-3) }  // single resets between good calls
  static var downOnlyAfterPauses: Odds { Odds(-3) }
  static var downCallFailed: Odds { Odds(1.6) }
  static var downStandstill: Odds { Odds(3) }

  // MARK: keycloak.error

  static var keycloakErrorPrior: Odds { Odds(-0.4) }
  static var keycloakErrorCrashed: Odds { Odds(4) }
  static var keycloakErrorLoginCrashed: Odds { Odds(4) }
  static var keycloakErrorInternalError: Odds { Odds(1.6) }

  // MARK: keycloak.overloaded

  static var overloadedPrior: Odds { Odds(-0.3) }
  static var overloadedTooLate: Odds { Odds(3.2) }
  static var overloadedShedding: Odds { Odds(3.2) }
  static var overloadedThreadBlocked: Odds { Odds(1.2) }
  static var overloadedCallersGone: Odds { Odds(1.2) }
  static var overloadedSlowMeanwhile: Odds { Odds(3) }  // good answers to others
  static var overloadedCallTimedOut: Odds { Odds(0.9) }

  // MARK: keycloak.db_down

  static var databaseDownPrior: Odds { Odds(-0.3) }
  static var databaseDownGone: Odds { Odds(4) }

  // MARK: keycloak.db_pool_exhausted

  static var poolPrior: Odds { Odds(-0.3) }
  static var poolWaits: Odds { Odds(3.4) }
  static var poolDatabaseGone: Odds { Odds(-2.5) }
  static var poolSomeServed: Odds { Odds(0.5) }

  // MARK: keycloak.cache_timeout

  static var cachePrior: Odds { Odds(-0.2) }
  static var cacheSaid: Odds { Odds(3.2) }

  // MARK: keycloak.sessions_not_shared

  static var notSharedPrior: Odds { Odds(-0.2) }
  static var notSharedSessionNotFound: Odds { Odds(2.2) }
  static var notSharedTokenRefused: Odds { Odds(1.4) }
  static var notSharedMemberStopped: Odds { Odds(-3) }
  static var notSharedReplicas: Odds { Odds(1.8) }
  static var notSharedMissedByMaker: Odds { Odds(-4) }  // what it does not share it has itself
  static var notSharedNoLogout: Odds { Odds(0.6) }
  static var notSharedLoggedOut: Odds { Odds(-2) }
  static var notSharedInTurn: Odds { Odds(1) }  // accepted and refused
  static var notSharedEndedByAdmin: Odds { Odds(-4) }
  static var notSharedSameToken: Odds { Odds(1.8) }  // … without a renewal between

  // MARK: keycloak.federation_down

  static var federationPrior: Odds { Odds(-0.2) }
  static var federationDirectoryGone: Odds { Odds(4.2) }
}
