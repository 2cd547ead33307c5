internal import ByteScan

/// Tells Keycloak's loggers from those of other programs with the same layout.
enum KeycloakLogger {
  enum Kind {
    /// Not Keycloak: another program on Quarkus or WildFly.
    case foreign
    case events
    case accessLog
    case own
    /// A library that Keycloak ships and logs under its full name.
    case library
  }

  static func kind(_ s: Span<UInt8>, _ logger: Extent) -> Kind {
    let from = logger.from
    let to = logger.to
    if Bytes.has("org.keycloak.", s, from, to) {
      if Bytes.equals("org.keycloak.events", s, from, to) { return .events }
      if Bytes.equals("org.keycloak.http.access-log", s, from, to) { return .accessLog }
      // The old adapters and the clients run inside applications.
      if Bytes.has("org.keycloak.adapters.", s, from, to)
        || Bytes.has("org.keycloak.authorization.client", s, from, to)
        || Bytes.has("org.keycloak.admin.client", s, from, to)
      {
        return .foreign
      }
      return .own
    }
    if Bytes.equals("io.quarkus.http.access-log", s, from, to) { return .accessLog }
    if Bytes.has("io.quarkus.oidc", s, from, to) { return .foreign }
    for prefix in libraries where has(prefix, s, from, to) { return .library }
    return .foreign
  }

  /// An application on Quarkus abbreviates its packages (`io.qua.oid.run.`), Keycloak does not.
  private static let libraries: [StaticString] = [
    "io.quarkus", "org.infinispan", "org.hibernate", "io.agroal", "com.arjuna", "io.smallrye",
    "io.vertx", "org.jgroups", "org.jboss", "org.wildfly", "io.undertow", "liquibase",
    "org.apache.http", "org.apache.kafka", "io.netty", "io.opentelemetry", "freemarker",
    "io.micrometer", "org.postgresql", "com.mysql", "oracle.", "com.microsoft.sqlserver",
    "software.amazon", "com.zaxxer", "stdout", "stderr",
  ]

  private static func has(_ text: StaticString, _ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    Bytes.has(text, s, at, to)
  }

  /// DEBUG and TRACE lines of these loggers can say why a bearer was refused; the others narrate
  /// every step of a login and are passed over unread.
  static func mayExplain(_ s: Span<UInt8>, _ logger: Extent) -> Bool {
    if Bytes.equals("org.keycloak.services", s, logger.from, logger.to) { return true }
    for name in explaining where Bytes.equals(name, s, logger.from, logger.to) { return true }
    return false
  }

  private static let explaining: [StaticString] = [
    "org.keycloak.services.managers.AuthenticationManager",
    "org.keycloak.services.managers.AppAuthManager",
    "org.keycloak.services.resources.admin.AdminRoot",
    "org.keycloak.services.resources.Cors",
    "org.keycloak.services.cors.DefaultCors",
    "org.keycloak.services.util.UserSessionUtil",
    "org.keycloak.services.error.KeycloakErrorHandler",
    "org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider",
    "org.keycloak.protocol.oidc.TokenManager",
    "org.keycloak.protocol.RestartLoginCookie",
  ]
}
