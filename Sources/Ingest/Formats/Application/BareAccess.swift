internal import ByteScan
package import Evidence

/// A request without stamp and level: morgan's `dev`, `tiny` and `short`, Tomcat's lines without a time. It
/// says whom or how long, or else it is free text. Asked when no layout with a time took the line.
///
/// <https://github.com/expressjs/morgan#predefined-formats>
package enum BareAccess: LineFormat {
  package static let format = Format.applicationAccess

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 12 else { return false }
    let c = s[from]
    return Bytes.isDigit(c) || c == UInt8(ascii: ":") || c == UInt8(ascii: "[")
      || c &- 65 < 26 || c &- 97 < 6
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let word = Quoted.wordEnd(s, from, to)
    guard AccessText.isMethod(s, from, word) || AddressText.isAddress(s, from, word),
      let access = AccessText.read(s, from, to), access.duration >= 0 || !access.client.isEmpty
    else { return nil }
    var record = ApplicationRecord(context, format)
    record.time = RecordHead.time(nil, context)
    record.add(access, s, &sink)
    return ReadLine(format: format, time: record.time)
  }
}
