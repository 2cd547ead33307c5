internal import ByteScan

/// Reads HTTP/2 frames in one direction (RFC 9113 §4), from the preface or from the middle of a
/// connection.
struct FrameReader {
  private var table = HeaderTable()
  private var header: [UInt8] = []
  private var remaining = 0
  private var type: UInt8 = 0
  private var flags: UInt8 = 0
  private var stream: UInt32 = 0
  private var payload: [UInt8] = []
  /// A header block in pieces (CONTINUATION).
  private var block: [UInt8] = []
  private var blockStream: UInt32 = 0
  private var blockEnds = false
  private var preface = 0
  private var isLost = false
  private var began = Arrival(
    packet: 0, time: 0, seq: 0, ack: 0, hasAck: false, isFromServer: false)

  static let largestFrame = 1 << 20

  init() {}

  mutating func take(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ arrival: Arrival, _ talk: inout Conversation,
    _ c: inout Collector
  ) {
    var at = from
    if isLost {
      guard FrameReader.looksLikeFrames(s, from, to) else { return }
      isLost = false
    }
    if at < to, header.isEmpty, remaining == 0, preface == 0,
      Sniff.starts("PRI * HTTP/2", s, at, to)
    {
      preface = 24
    }
    while at < to, !isLost {
      if preface > 0 {
        let step = min(preface, to - at)
        preface -= step
        at += step
      } else if remaining == 0 {
        if header.isEmpty { began = arrival }
        header.append(s[at])
        at += 1
        if header.count == 9 { begin(&talk, &c) }
      } else {
        let step = min(remaining, to - at)
        if type == 0 {
          talk.data(
            stream, s, at, at + step, isFromServer: arrival.isFromServer)
        } else if keeps {
          Bytes.append(s, at, at + step, to: &payload)
        }
        at += step
        remaining -= step
        if remaining == 0 { end(&talk, &c) }
      }
    }
  }

  /// Kinds whose content matters: HEADERS, RST_STREAM, PUSH_PROMISE, CONTINUATION.
  private var keeps: Bool { type == 1 || type == 3 || type == 5 || type == 9 }

  private mutating func begin(_ talk: inout Conversation, _ c: inout Collector) {
    remaining = Int(header[0]) << 16 | Int(header[1]) << 8 | Int(header[2])
    type = header[3]
    flags = header[4]
    stream =
      (UInt32(header[5]) << 24 | UInt32(header[6]) << 16 | UInt32(header[7]) << 8
        | UInt32(header[8])) & 0x7fff_ffff
    header.removeAll(keepingCapacity: true)
    payload.removeAll(keepingCapacity: true)
    if remaining > Self.largestFrame {
      lose()
      return
    }
    if remaining == 0 { end(&talk, &c) }
  }

  private mutating func lose() {
    isLost = true
    remaining = 0
    header.removeAll()
    payload = []
    block = []
    table.forget()
  }

  private mutating func end(_ talk: inout Conversation, _ c: inout Collector) {
    let isServer = began.isFromServer
    switch type {
    case 0:
      if flags & 1 != 0 { talk.streamEnded(stream, isFromServer: isServer, &c) }
    case 1:
      var from = 0
      var to = payload.count
      if flags & 8 != 0, to > 0 {
        to -= Int(payload[0])
        from = 1
      }
      if flags & 0x20 != 0 { from += 5 }
      guard from <= to else { return }
      start(stream, Array(payload[from..<to]), ends: flags & 1 != 0, &talk, &c)
    case 5:
      // What the server promises to send counts as asked for.
      let padded = flags & 8 != 0 ? 1 : 0
      guard payload.count >= 4 + padded else { return }
      let to = payload.count - (padded > 0 ? Int(payload[0]) : 0)
      let id = Numbers.big32(payload.span, padded) & 0x7fff_ffff
      guard 4 + padded <= to else { return }
      start(id, Array(payload[(4 + padded)..<to]), ends: false, &talk, &c)
    case 9:
      guard stream == blockStream || blockStream == 0 else { return }
      if block.count < MessageParser.largestHead { block += payload }
      if flags & 4 != 0 { finishBlock(&talk, &c) }
    case 3: talk.streamReset(stream, &c)
    default: break
    }
  }

  private mutating func start(
    _ id: UInt32, _ bytes: [UInt8], ends: Bool, _ talk: inout Conversation,
    _ c: inout Collector
  ) {
    block = bytes
    blockStream = id
    blockEnds = ends
    if flags & 4 != 0 { finishBlock(&talk, &c) }
  }

  private mutating func finishBlock(_ talk: inout Conversation, _ c: inout Collector) {
    let bytes = block
    block = []
    let isServer = began.isFromServer
    let decoded = HeaderBlock(bytes.span, &table, isFromServer: isServer)
    if blockStream != 0 {
      talk.headers(blockStream, decoded, size: bytes.count + 9, began, &c)
      if blockEnds { talk.streamEnded(blockStream, isFromServer: isServer, &c) }
    }
  }

  mutating func gap(_ count: Int) {
    if type == 0, count <= remaining, header.isEmpty {
      remaining -= count
    } else {
      lose()
    }
  }

  /// Whether bytes that begin in the middle of a connection are a chain of frames: every header
  /// plausible, up to the end of the segment, with a HEADERS frame, two frames at least, or SETTINGS
  /// alone (how a server begins).
  static func looksLikeFrames(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    var frames = 0
    var hasHeaders = false
    var hasSettings = false
    while at + 9 <= to {
      let length = Int(Numbers.big24(s, at))
      let type = s[at + 3]
      let flags = s[at + 4]
      let stream = Numbers.big32(s, at + 5)
      guard stream & 0x8000_0000 == 0, length <= 16_384 else { return false }
      let isPlausible: Bool =
        switch type {
        case 0: stream != 0 && flags & ~0x09 == 0
        case 1: stream != 0 && flags & ~0x2d == 0 && length > 0
        case 2: stream != 0 && length == 5
        case 3: stream != 0 && length == 4 && flags == 0
        case 4: stream == 0 && length % 6 == 0 && flags & ~1 == 0
        case 5: stream != 0 && flags & ~0x0c == 0
        case 6: stream == 0 && length == 8 && flags & ~1 == 0
        case 7: stream == 0 && length >= 8
        case 8: length == 4 && flags == 0
        case 9: stream != 0 && flags & ~4 == 0
        default: false
        }
      guard isPlausible else { return false }
      if type == 1 { hasHeaders = true }
      if type == 4 { hasSettings = true }
      frames += 1
      at += 9 + length
    }
    return hasHeaders || (frames >= 2 || hasSettings) && at == to
  }
}
