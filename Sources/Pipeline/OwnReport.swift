/// Reports of this program among the inputs: they quote lines, but are no logs.
package enum OwnReport {
  /// How many bytes of a file are looked at.
  package static let length = 2048

  package static func begins(_ head: [UInt8]) -> Bool {
    let text = String(decoding: head.prefix(length), as: UTF8.self)
    let isObject = text.hasPrefix("{")
    if isObject, text.contains("\"why401.report/") { return true }
    if text.hasPrefix("{\"citation\":"), text.contains("\"answered_by\":"),
      text.contains("\"request_id\":")
    {
      return true
    }
    if text.hasPrefix("{\"cause\":"), text.contains("\"share\":"), text.contains("\"by\":") {
      return true
    }
    if isObject, text.contains("\"$schema\":"), text.contains("\"name\": \"why401\"") {
      return true
    }
    if text.hasPrefix("<?xml"), text.contains("<testsuites name=\"why401\"") { return true }
    if text.hasPrefix("<!doctype html>"), text.contains("<title>why401: ") { return true }
    if text.hasPrefix("# 401 report\n") { return true }
    // The terminal's report, saved.
    let first = text.prefix { $0 != "\n" }
    return first.contains(" × 401 of ") && first.contains(" request") && !first.contains("[")
  }
}
