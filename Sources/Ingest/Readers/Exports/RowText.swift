/// Texts that become lines: those whose first lines say what stands where in the others (tables of log stores, logs in
/// the W3C's format), and YAML of Google's.
package enum RowText {
  package static func begins(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    W3CText.begins(s, from, to) || CloudYAML.begins(s, from, to)
      || ExportTable.begins(s, from, to)
  }

  /// Lines that are read for themselves; the text itself when it is none of these.
  static func flow(of source: Flow) -> Flow {
    let head = source.peek(Magic.length)
    if W3CText.begins(head.span, 0, head.count) { return source.rewritten(by: W3CText()) }
    if CloudYAML.begins(head.span, 0, head.count) { return source.rewritten(by: CloudYAML()) }
    return TableWriter.flow(of: source)
  }
}
