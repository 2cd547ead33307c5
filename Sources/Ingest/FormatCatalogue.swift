internal import Evidence

/// Every line format, in the order in which a line is tried (most specific first).
/// Adding a format = one type + one line here + one folder `Samples/formats/<id>/`.
package enum FormatCatalogue {
  package static let all: [any LineFormat.Type] = [
    NginxIngress.self,
    NginxStream.self,
    NginxError.self,
    EnvoyText.self,
    HAProxyHTTP.self,
    TraefikCommon.self,
    HAProxyCommon.self,
    APISIXAccess.self,
    AWSLoadBalancer.self,
    KeycloakText.self,
    KeycloakJSON.self,
    KeycloakEventsExport.self,
    EnvoyJSON.self,
    TraefikJSON.self,
    CaddyAccess.self,
    KongJSON.self,
    GoogleLoadBalancer.self,
    AzureGateway.self,
    HAProxyJSON.self,
    NginxJSON.self,
    CaddyMessage.self,
    TraefikMessage.self,
    EnvoyApplication.self,
    ApacheError.self,
    OAuth2ProxyMessage.self,
    OAuth2ProxyRequest.self,
    CoreDNS.self,
    Postgres.self,
    OpenLDAP.self,
    KeycloakConsole.self,
    KeycloakAccess.self,
    NginxCombined.self,
    HAProxyTCP.self,
    HAProxyMessage.self,
    Klog.self,
    IngressControllerMessage.self,
    ApacheAccess.self,
    IISAccess.self,
    NginxProxyManager.self,
    KubernetesEvent.self,
    UWSGIAccess.self,
    ApplicationJSON.self,
    ApplicationLogfmt.self,
    ApplicationText.self,
    CustomAccess.self,
    BareAccess.self,
    Fragment.self,
  ]

  /// Reads what any program might write, and so lines of the formats before it in the order as well.
  static func isGeneral(_ format: Format) -> Bool {
    switch format {
    case .customAccess, .haproxyMessage, .applicationJSON, .applicationLogfmt, .applicationText,
      .applicationAccess, .fragment:
      true
    default: false
    }
  }
}
