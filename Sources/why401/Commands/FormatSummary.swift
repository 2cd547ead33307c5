internal import Evidence

extension Format {
  /// What it is, in a few words, for `why401 formats`; `nil` where there is no reader.
  var summary: String? {
    switch self {
    case .unparsed: nil
    case .transcript: "curl -v, curl -i, wget -S, httpie; a pasted answer"
    case .har: "a browser's HTTP archive"
    case .user: "what --log-format says"
    case .keycloakText: "Keycloak server log and events, console or file"
    case .keycloakJSON: "Keycloak server log as JSON (--log-console-output=json)"
    case .keycloakAccess: "Keycloak HTTP access log"
    case .keycloakEventsExport: "events as the admin REST API gives them"
    case .nginxIngress: "ingress-nginx access log"
    case .nginxCombined: "nginx access log, combined and main"
    case .nginxJSON: "nginx access log as JSON"
    case .nginxError: "nginx error log"
    case .envoyText: "Envoy and Istio access log"
    case .envoyJSON: "Envoy, Istio and Contour access log as JSON"
    case .envoyApplication: "Envoy's own log (jwt, oauth2, ext_authz, rbac)"
    case .haproxyHTTP: "HAProxy HTTP log (option httplog)"
    case .haproxyTCP: "HAProxy TCP log (option tcplog)"
    case .haproxyMessage: "HAProxy's own messages"
    case .traefikCommon: "Traefik access log"
    case .traefikJSON: "Traefik access log as JSON"
    case .traefikMessage: "Traefik's own log"
    case .caddyAccess: "Caddy access log"
    case .caddyMessage: "Caddy's own log"
    case .apacheAccess: "Apache httpd access log, common and combined"
    case .apacheError: "Apache httpd error log, with mod_auth_openidc"
    case .kongJSON: "Kong http-log and file-log"
    case .apisixAccess: "APISIX access log"
    case .awsALB: "AWS application load balancer"
    case .gcpLB: "Google Cloud load balancer"
    case .azureAppGW: "Azure application gateway"
    case .oauth2ProxyMessage: "oauth2-proxy's own and authentication log"
    case .oauth2ProxyRequest: "oauth2-proxy request log"
    case .applicationAccess: "access lines of applications and web frameworks"
    case .applicationText: "application log with time and level"
    case .applicationJSON: "application log as JSON"
    case .applicationLogfmt: "application log as key=value"
    case .springBoot: "Spring Boot console log"
    case .klog: "Kubernetes components and controllers (klog)"
    case .coreDNS: "CoreDNS"
    case .postgres: "PostgreSQL"
    case .openLDAP: "OpenLDAP slapd"
    case .kubernetesEvent: "Kubernetes events"
    case .fragment: "a line of no known layout whose words are known"
    case .capture: "pcap and pcapng, plain or gzip"
    }
  }
}
