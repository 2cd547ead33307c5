/// Weights of causes that lie in the settings of clients, users and services, and of those that need no repair. Named by cause and sign.
extension Odds {
  // MARK: client.bad_secret

  static var badSecretEvent: Odds { Odds(5) }
  static var badSecretKeycloakCrashed: Odds { Odds(-3.5) }
  static var badSecretChanged: Odds { Odds(0.5) }
  static var badSecretEventOfService: Odds { Odds(5) }
  static var badSecretIntrospectionRefused: Odds { Odds(2.8) }  // or a client that is off or gone
  static var badSecretSaidByService: Odds { Odds(3.4) }
  static var badSecretBySize: Odds { Odds(3.4) }
  static var badSecretRefusedAtTokenEndpoint: Odds { Odds(0.9) }

  // MARK: client.not_found

  static var clientNotFoundEvent: Odds { Odds(5) }
  static var clientNotFoundOfOld: Odds { Odds(4) }
  static var clientNotFoundBySize: Odds { Odds(2) }  // shared with disabled clients, who are fewer
  static var clientNotFoundNeverWorked: Odds { Odds(0.4) }

  // MARK: client.disabled

  static var clientDisabledEvent: Odds { Odds(5) }
  static var clientDisabledBySize: Odds { Odds(1.8) }

  // MARK: client.redirect_uri_invalid

  static var redirectURIEvent: Odds { Odds(4.4) }

  // MARK: client.grant_not_allowed

  static var grantEvent: Odds { Odds(4.8) }
  static var grantBySize: Odds { Odds(3.6) }

  // MARK: client.scope_missing

  static var scopeUserinfoForbids: Odds { Odds(4) }
  static var scopeEvent: Odds { Odds(4.4) }
  static var scopeEventOfService: Odds { Odds(3.4) }
  static var scopeSaid: Odds { Odds(3.4) }

  // MARK: user.invalid_credentials

  static var credentialsEvent: Odds { Odds(4) }
  static var credentialsFewAndApart: Odds { Odds(-2) }  // people mistype
  static var credentialsDirectoryGone: Odds { Odds(-2.5) }
  static var credentialsLoginCrashed: Odds { Odds(-2.5) }
  static var credentialsBySize: Odds { Odds(2.6) }

  // MARK: user.locked

  static var lockedEvent: Odds { Odds(5) }

  // MARK: user.disabled

  static var userDisabledEvent: Odds { Odds(4.4) }
  static var userDisabledDirectoryGone: Odds { Odds(-4) }  // then the event lies
  static var userDisabledBySize: Odds { Odds(3.2) }

  // MARK: user.action_required

  static var userActionEvent: Odds { Odds(4.6) }
  static var userActionBySize: Odds { Odds(3.4) }

  // MARK: user.role_missing

  static var rolePrior: Odds { Odds(-0.4) }
  static var roleSaid: Odds { Odds(3.6) }
  static var roleSinceReload: Odds { Odds(-2.5) }
  static var roleWithoutToken: Odds { Odds(-3) }  // refused alike
  static var roleForbidden: Odds { Odds(1.6) }
  static var roleOthersServed: Odds { Odds(0.8) }
  static var roleEveryClient: Odds { Odds(-1.6) }
  static var roleNobodyServed: Odds { Odds(-2) }
  static var roleWithToken: Odds { Odds(0.2) }
  static var roleOfRoute: Odds { Odds(1.9) }
  static var roleEmptySize: Odds { Odds(1.2) }  // to who sent a token: it was accepted
  static var roleServedElsewhere: Odds { Odds(0.5) }
  static var roleForbiddenElsewhere: Odds { Odds(1.8) }
  static var roleAdminPrior: Odds { Odds(-0.4) }
  static var roleAdminForbidden: Odds { Odds(2.4) }

  // MARK: realm.not_found

  static var realmLives: Odds { Odds(-6) }
  static var realmBySize: Odds { Odds(4) }
  static var realmNotFound: Odds { Odds(1.2) }
  static var realmAllMissing: Odds { Odds(1.8) }
  static var realmOthersAnswer: Odds { Odds(1.4) }
  static var realmServicesRefuse: Odds { Odds(3) }
  static var realmOfServicePrior: Odds { Odds(-0.3) }
  static var realmServiceRefuses: Odds { Odds(3.2) }
  static var realmAnsweredBefore: Odds { Odds(-2.5) }
  static var realmDisabledEvent: Odds { Odds(4.6) }
  static var realmDisabledBySize: Odds { Odds(3.8) }
  static var realmRefusedPrior: Odds { Odds(-0.3) }
  static var realmDisabledForLogins: Odds { Odds(3.5) }
  static var realmRefusedSinceChange: Odds { Odds(2.4) }

  // MARK: resource_server.keycloak_url_wrong

  static var keycloakURLPrior: Odds { Odds(-0.3) }
  static var keycloakURLNothingThere: Odds { Odds(4.2) }  // Keycloak's log has the calls
  static var keycloakURLOtherRealm: Odds { Odds(6.2) }  // above the event that it explains
  static var keycloakURLOtherPage: Odds { Odds(3.6) }
  static var keycloakURLSaid: Odds { Odds(3.4) }
  static var keycloakURLNoKeySet: Odds { Odds(3.4) }
  static var keycloakURLUserinfo: Odds { Odds(3.2) }
  static var keycloakURLNotFound: Odds { Odds(2.4) }
  static var keycloakURLLoopback: Odds { Odds(4.2) }
  static var keycloakURLRefusedAlone: Odds { Odds(1.4) }
  static var keycloakURLRefusedFromStart: Odds { Odds(1.2) }
  static var keycloakURLWorkedBefore: Odds { Odds(-1.5) }

  // MARK: resource_server.settings_wrong

  static var settingsSaid: Odds { Odds(3) }
  static var settingsPrior: Odds { Odds(-0.6) }
  static var settingsTurnsAway: Odds { Odds(3) }
  static var settingsAskOfAll: Odds { Odds(3.8) }
  static var settingsOfGateway: Odds { Odds(4.4) }
  static var settingsSinceDeployed: Odds { Odds(2) }
  static var settingsUntilDeployed: Odds { Odds(0.8) }
  static var settingsEndDeployed: Odds { Odds(1.6) }
  static var settingsSinceReload: Odds { Odds(1) }
  static var settingsIntrospectedWell: Odds { Odds(2.2) }
  static var settingsAcceptedBefore: Odds { Odds(0.8) }
  static var settingsAcceptedElsewhere: Odds { Odds(0.3) }

  // MARK: resource_server.keys_unavailable

  static var keysPrior: Odds { Odds(-0.2) }
  static var keysTimedOut: Odds { Odds(0.8) }
  static var keysSaid: Odds { Odds(1.9) }

  // MARK: benign.no_token

  static var noTokenPrior: Odds { Odds(-0.2) }
  static var noTokenRefused: Odds { Odds(-2) }
  static var noTokenFailedRenewal: Odds { Odds(-1.4) }
  static var noTokenProbe: Odds { Odds(3.4) }
  static var noTokenScanner: Odds { Odds(3) }
  static var noTokenBareChallenge: Odds { Odds(1) }
  static var noTokenEdgeFoundNone: Odds { Odds(2) }
  static var noTokenNothingSent: Odds { Odds(1.2) }
  static var noTokenStrangers: Odds { Odds(2.2) }
  static var noTokenShutDoor: Odds { Odds(-1) }
  static var noTokenShown: Odds { Odds(-1.5) }
  static var noTokenNeverAuthenticates: Odds { Odds(1.8) }
  /// In a handful of lines, or where nobody does.
  static var noTokenNeverAuthenticatesHere: Odds { Odds(0.4) }
  static var noTokenLoginAround: Odds { Odds(-1.5) }
  static var noTokenLoginsAfter: Odds { Odds(-1.5) }
  static var noTokenEmptyElsewhere: Odds { Odds(0.8) }
  static var noTokenOften: Odds { Odds(-0.6) }
  static var noTokenEveryClient: Odds { Odds(-2) }
  static var noTokenEmptySize: Odds { Odds(0.9) }
  static var noTokenOtherSize: Odds { Odds(-2) }

  // MARK: benign.first_call_before_login

  static var firstCallLoginFollows: Odds { Odds(2.6) }
  static var firstCallLoginsOfAddress: Odds { Odds(2.2) }
  static var firstCallServedNext: Odds { Odds(2) }  // no log shows logins
  static var firstCallBareChallenge: Odds { Odds(0.6) }
  static var firstCallNothingSent: Odds { Odds(0.8) }
  static var firstCallOtherSize: Odds { Odds(-1.2) }
  static var firstCallEveryClient: Odds { Odds(-1.6) }
  static var firstCallFailedRenewal: Odds { Odds(-3.5) }

  // MARK: benign.user_typo

  static var typoLoginAfter: Odds { Odds(5) }
  static var typoLoginAfterMany: Odds { Odds(3) }
  static var typoFewAndApart: Odds { Odds(3) }

  // MARK: foreign.basic_auth

  static var basicPrior: Odds { Odds(-0.2) }
  static var basicSaid: Odds { Odds(4.6) }
  static var basicUsersServed: Odds { Odds(3.6) }
  static var basicByHAProxy: Odds { Odds(2) }
  static var basicTokensFetched: Odds { Odds(-2) }

  // MARK: foreign.other_idp

  static var otherIDPPrior: Odds { Odds(-0.9) }
  static var otherIDPIssuerOnWire: Odds { Odds(6) }
  static var otherIDPSaidUnknownKey: Odds { Odds(1.6) }
  static var otherIDPTokenFromElsewhere: Odds { Odds(1.6) }
  static var otherIDPForeignKeyIDBySize: Odds { Odds(1) }
  static var otherIDPForeignKeyID: Odds { Odds(3) }
  static var otherIDPNeverGotToken: Odds { Odds(1.2) }
  static var otherIDPGetsTokensBySize: Odds { Odds(-1.4) }
  static var otherIDPGetsTokens: Odds { Odds(-0.6) }
  static var otherIDPEveryClient: Odds { Odds(-2) }
}
