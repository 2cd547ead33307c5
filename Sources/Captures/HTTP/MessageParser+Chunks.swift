internal import ByteScan

/// Chunked bodies (RFC 9112 §7.1), read across segments.
extension MessageParser {
  mutating func chunkSize(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ talk: inout Conversation, _ c: inout Collector
  ) -> Int {
    // `remaining` holds the digits read so far; `lineBytes` counts the line.
    var at = from
    while at < to {
      let byte = s[at]
      at += 1
      if byte == 10 {
        if remaining == 0 {
          state = .trailer
          lineBytes = 0
        } else {
          state = .chunkData
        }
        return at
      }
      lineBytes += 1
      if let digit = Bytes.hexDigit(byte), lineBytes <= 14, lineBytes > 0 {
        remaining = remaining << 4 | Int64(digit)
      } else if lineBytes == 1 || lineBytes > 4096 {
        lose(&talk, &c)
        return at
      } else {
        // An extension or a blank: no more digits.
        lineBytes = max(lineBytes, 15)
      }
    }
    return at
  }

  mutating func trailer(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ talk: inout Conversation, _ c: inout Collector
  ) -> Int {
    var at = from
    while at < to {
      let byte = s[at]
      at += 1
      if byte == 10 {
        if lineBytes == 0 {
          end(&talk, &c)
          return at
        }
        lineBytes = 0
      } else if byte != 13 {
        lineBytes += 1
      }
    }
    return at
  }
}
