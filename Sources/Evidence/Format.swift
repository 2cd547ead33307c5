/// What wrote a line. Raw values are the identifiers users see (`why401 formats`, `records`).
///
/// The readers live in `Ingest/Formats` and `Captures`; this is only their common vocabulary, so
/// that later stages can ask what a format can and cannot say.
public enum Format: String, CaseIterable, Sendable, BitwiseCopyable {
  case unparsed
  // Keycloak
  case keycloakText = "keycloak.text"
  case keycloakJSON = "keycloak.json"
  case keycloakAccess = "keycloak.access"
  case keycloakEventsExport = "keycloak.events_export"
  // Edges
  case nginxIngress = "nginx.ingress"
  case nginxCombined = "nginx.combined"
  case nginxJSON = "nginx.json"
  case nginxStream = "nginx.stream"
  case nginxError = "nginx.error"
  case envoyText = "envoy.text"
  case envoyJSON = "envoy.json"
  case envoyApplication = "envoy.application"
  case haproxyHTTP = "haproxy.http"
  case haproxyJSON = "haproxy.json"
  case haproxyTCP = "haproxy.tcp"
  case haproxyMessage = "haproxy.message"
  case traefikCommon = "traefik.common"
  case traefikJSON = "traefik.json"
  case traefikMessage = "traefik.message"
  case caddyAccess = "caddy.access"
  case caddyMessage = "caddy.message"
  case apacheAccess = "apache.access"
  case apacheError = "apache.error"
  /// nginx Proxy Manager's two layouts.
  case nginxProxyManager = "nginx.proxy_manager"
  case iisAccess = "iis.access"
  /// A request line with a status in a layout that an operator made up.
  case customAccess = "access.custom"
  case kongJSON = "kong.json"
  case apisixAccess = "apisix.access"
  case awsALB = "aws.alb"
  case awsELB = "aws.elb"
  case gcpLB = "gcp.lb"
  case azureAppGW = "azure.appgw"
  // Auth middlemen and applications
  case oauth2ProxyMessage = "oauth2proxy.message"
  case oauth2ProxyRequest = "oauth2proxy.request"
  case applicationAccess = "application.access"
  case applicationText = "application.text"
  case applicationJSON = "application.json"
  case applicationLogfmt = "application.logfmt"
  case springBoot = "application.spring_boot"
  case klog = "kubernetes.klog"
  case coreDNS = "coredns"
  case postgres = "postgres"
  case openLDAP = "openldap"
  case kubernetesEvent = "kubernetes.event"
  /// A line without a recognised layout whose words are known.
  case fragment
  /// An HTTP answer pasted from a terminal (`curl -i`, `curl -v`).
  case transcript = "http.transcript"
  case har = "http.har"
  /// Read by a pattern that the user gave (`--log-format`).
  case user = "user.format"
  case capture = "capture"
}

extension Format {
  /// `true` where the line's own stamp is the start of the request.
  public var stampsStart: Bool {
    switch self {
    case .envoyText, .envoyJSON, .haproxyHTTP, .haproxyJSON, .traefikCommon, .traefikJSON,
      .apacheAccess, .kongJSON, .gcpLB, .capture, .transcript, .har:
      true
    default: false
    }
  }

  /// Stamps without a zone are UTC, whatever the zone of the machine.
  public var isUTC: Bool { self == .iisAccess }

  public var isHAProxy: Bool { self == .haproxyHTTP || self == .haproxyJSON }

  /// `true` where an application writes what it has to say, in any layout.
  public var isOfApplication: Bool {
    switch self {
    case .applicationText, .applicationJSON, .applicationLogfmt, .springBoot: true
    default: false
    }
  }

  /// `true` for formats that only an edge (ingress, gateway, load balancer) writes.
  public var isEdgeOnly: Bool {
    switch self {
    case .nginxIngress, .nginxJSON, .envoyText, .envoyJSON, .haproxyHTTP, .haproxyJSON,
      .traefikCommon, .traefikJSON, .caddyAccess, .kongJSON, .apisixAccess, .awsALB, .awsELB,
      .gcpLB, .azureAppGW, .nginxProxyManager:
      true
    default: false
    }
  }
}
