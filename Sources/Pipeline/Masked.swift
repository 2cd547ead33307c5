internal import ByteScan

/// Texts in which secrets are masked as in texts of inputs: names of files and arguments that are shown again.
package enum Masked {
  package static func text(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard Redaction.mayHoldSecret(bytes.span, 0, bytes.count) else { return text }
    var out: [UInt8] = []
    Redaction.mask(bytes.span, 0, bytes.count, into: &out)
    return String(decoding: out, as: UTF8.self)
  }
}
