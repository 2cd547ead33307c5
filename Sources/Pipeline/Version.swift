/// The version printed by `why401 version` and in every report.
package enum Version {
  package static let text = "0.1.0"
}
