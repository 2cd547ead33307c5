/// Texts whose first lines say what stands where in the others: tables of log stores, and logs in the W3C's format.
package enum RowText {
  package static func begins(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    W3CText.begins(s, from, to) || ExportTable.begins(s, from, to)
  }

  /// Lines that are read for themselves; the text itself when it is none of these.
  static func flow(of source: Flow) -> Flow {
    let log = W3CText.flow(of: source)
    return log !== source ? log : TableWriter.flow(of: source)
  }
}
