internal import ByteScan
package import Evidence

/// slapd's log on standard error: `6b0482d9.0aec3fcd 0x7f66e25fe6c0 conn=1000 fd=10 ACCEPT …`, the
/// stamp in hexadecimal seconds since the epoch with a hexadecimal fraction (nanoseconds; before 2.5
/// none); through syslog without a stamp of its own. Starts and stops become messages; operations are only
/// counted.
///
/// <https://www.openldap.org/doc/admin26/slapdconfig.html>
package enum OpenLDAP: LineFormat {
  package static let format = Format.openLDAP

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 14 else { return false }
    return isHex(s[from]) && isHex(s[from + 7])
      && (s[from + 8] == UInt8(ascii: ".") || s[from + 8] == 32)
      || Bytes.has("conn=", s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    if Bytes.has("conn=", s, from, to) {
      // `conn=1000 fd=12 ACCEPT …`, `conn=1000 op=1 BIND …`
      let end = Bytes.digitsEnd(s, from + 5, to)
      guard end > from + 5, Bytes.has(" fd=", s, end, to) || Bytes.has(" op=", s, end, to) else {
        return nil
      }
      return ReadLine(format: format, time: RecordHead.time(nil, context), isMessage: true)
    }
    guard let seconds = hex(s, from, from + 8), seconds > 0x3000_0000 else { return nil }
    var nano: Int64 = 0
    var i = from + 8
    if s[i] == UInt8(ascii: ".") {
      guard i + 9 <= to, let fraction = hex(s, i + 1, i + 9) else { return nil }
      nano = min(fraction, 999_999_999)
      i += 9
    }
    guard i < to, s[i] == 32 else { return nil }
    i += 1
    if Bytes.has("0x", s, i, to) { i = min(to, Quoted.wordEnd(s, i, to) + 1) }
    let isOwn =
      Bytes.has("conn=", s, i, to) || Bytes.has("slapd", s, i, to) || Bytes.has("daemon:", s, i, to)
      || Bytes.has("connection_", s, i, to) || Bytes.has("@(#) $OpenLDAP", s, i, to)
      || Bytes.has("mdb_", s, i, to) || Bytes.has("<=", s, i, to) || Bytes.has("=>", s, i, to)
    guard isOwn else { return nil }
    let time = Instant(nanoseconds: seconds &* 1_000_000_000 &+ nano)
    if !Bytes.has("conn", s, i, to),
      let judged = MessageReader.judge(s, i, to, level: .info, voice: .others)
    {
      let message = Message(context, format, time, .info)
      MessageReader.add(judged, s, i, to, message, &sink)
    }
    return ReadLine(format: format, time: time, isMessage: true)
  }

  private static func hex(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int64? {
    guard to <= s.count else { return nil }
    var value: Int64 = 0
    for i in from..<to {
      let c = s[i]
      let digit: UInt8 =
        switch c {
        case 48...57: c - 48
        case 97...102: c - 87
        default: 255
        }
      if digit == 255 { return nil }
      value = value << 4 | Int64(digit)
    }
    return value
  }
  private static func isHex(_ c: UInt8) -> Bool { Bytes.isDigit(c) || c >= 97 && c <= 102 }
}
