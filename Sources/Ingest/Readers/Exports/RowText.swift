/// Texts that become lines: those whose first lines say what stands where in the others (tables of log stores, logs in
/// the W3C's format), and YAML of Google's.
package enum RowText {
  package static func begins(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    W3CText.begins(s, from, to) || CloudYAML.begins(s, from, to)
      || ExportTable.begins(s, from, to)
  }

  /// Lines that are read for themselves; the text itself when it is none of these.
  static func flow(of source: Flow) -> Flow {
    let log = W3CText.flow(of: source)
    if log !== source { return log }
    let entries = CloudYAML.flow(of: source)
    return entries !== source ? entries : TableWriter.flow(of: source)
  }
}
