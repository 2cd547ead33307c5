/// Every line format, in the order in which a line is tried (most specific first).
/// Adding a format = one type + one line here + one folder `Samples/formats/<id>/`.
package enum FormatCatalogue {
  package static let all: [any LineFormat.Type] = [
    NginxIngress.self,
    NginxError.self,
    EnvoyText.self,
    HAProxyHTTP.self,
    TraefikCommon.self,
    HAProxyCommon.self,
    APISIXAccess.self,
    AWSLoadBalancer.self,
    KeycloakText.self,
    KeycloakJSON.self,
    EnvoyJSON.self,
    TraefikJSON.self,
    CaddyAccess.self,
    KongJSON.self,
    GoogleLoadBalancer.self,
    AzureGateway.self,
    NginxJSON.self,
    CaddyMessage.self,
    TraefikMessage.self,
    EnvoyApplication.self,
    ApacheError.self,
    KeycloakAccess.self,
    NginxCombined.self,
    HAProxyTCP.self,
    HAProxyMessage.self,
    IngressControllerMessage.self,
    ApacheAccess.self,
  ]
}
