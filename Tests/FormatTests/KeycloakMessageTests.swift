import Testing

internal import Evidence
internal import Ingest

@Suite struct KeycloakMessageTests {
  @Test func `every signature's example says what its row says`() {
    for row in MessageSignatures.all {
      let bytes = Array(row.example.utf8)
      let voice: MessageSignature.Voice =
        row.voice == .keycloak || row.voice == .keycloakAlone ? .keycloak : .others
      let found = MessageSignatures.match(bytes.span, 0, bytes.count, voice: voice)
      #expect(found?.statement == row.statement, "\(row.example)")
    }
  }

  @Test func `a call of Keycloak itself is no call to Keycloak`() {
    let bytes = Array("Caused by: java.net.ConnectException: Connection refused".utf8)
    #expect(MessageSignatures.match(bytes.span, 0, bytes.count, voice: .keycloak) == nil)
    #expect(
      MessageSignatures.match(bytes.span, 0, bytes.count, voice: .others)?.statement == .callRefused
    )
  }

  @Test(arguments: [
    (
      "2024-01-15 14:22:21,200 ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-14) Uncaught server error: org.hibernate.exception.GenericJDBCException: Unable to acquire JDBC Connection [Sorry, acquisition timeout!] [n/a]",
      Statement.databasePoolExhausted, ""
    ),
    (
      "2024-01-15 14:22:21,200 INFO  [org.infinispan.CLUSTER] (jgroups-5) ISPN000094: Received new cluster view for channel ISPN: [node-18077|3] (2) [node-18077, node-2]",
      .clusterView, "2"
    ),
    (
      "2024-01-15 14:22:21,200 INFO  [org.keycloak.keys.DefaultKeyManager] (main) No keys found for realm=shop and algorithm=RS256 for use=SIG. Generating keys.",
      .keysGenerated, "RS256"
    ),
    (
      "2024-01-15 14:22:21,200 DEBUG [org.keycloak.services.managers.AuthenticationManager] (executor-thread-1) Failed to verify identity token: Invalid token issuer. Expected 'http://keycloak:8080/realms/x'",
      .tokenIssuer, "http://keycloak:8080/realms/x"
    ),
    (
      "2026-11-23 17:55:51,235 INFO  [io.quarkus] (Shutdown thread) Keycloak stopped in 1.235s",
      .keycloakStopped, "1.235s"
    ),
  ])
  func `Keycloak's state and checks are told`(
    _ line: String, _ statement: Statement, _ subject: String
  ) throws {
    let read = KeycloakReading(line)
    let message = try #require(read.message)
    #expect(message.statement == statement)
    #expect(read.text(message.subject) == subject)
  }

  @Test func `narration of a login is passed over`() {
    let read = KeycloakReading(
      "2026-11-23 18:18:20,965 DEBUG [org.keycloak.authentication.DefaultAuthenticationFlow] (executor-thread-1) Session not active"
    )
    #expect(read.line?.format == .keycloakText)
    #expect(read.message == nil)
  }

  @Test func `a record says each thing once`() {
    var sink = Sink()
    var context = LineContext(citation: Citation(source: 0, number: 2))
    context.previousTime = Instant(nanoseconds: 5)
    context.previousFormat = .springBoot
    for text in [
      "Caused by: javax.net.ssl.SSLHandshakeException: PKIX path building failed: x",
      "Caused by: sun.security.validator.ValidatorException: PKIX path building failed: x",
      "\tat org.example.PKIX path building failed",
    ] {
      let bytes = Array(text.utf8)
      _ = ContinuationReader.read(bytes.span, 0, bytes.count, context, &sink)
    }
    #expect(sink.observations.messages.map(\.statement) == [.callUntrustedCertificate])
  }
}
