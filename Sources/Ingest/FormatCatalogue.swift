/// Every line format, in the order in which a line is tried (most specific first).
/// Adding a format = one type + one line here + one folder `Samples/formats/<id>/`.
package enum FormatCatalogue {
  package static let all: [any LineFormat.Type] = [
    NginxIngress.self,
    NginxError.self,
    EnvoyText.self,
    KeycloakText.self,
    KeycloakJSON.self,
    EnvoyJSON.self,
    NginxJSON.self,
    KeycloakAccess.self,
    NginxCombined.self,
    ApacheAccess.self,
    IngressControllerMessage.self,
  ]
}
