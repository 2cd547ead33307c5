@testable import Captures
@testable import Evidence

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One input for one reader, chosen by `WHY401_FUZZ`. Built by `Scripts/fuzz`, which is not part of the
/// package; nothing may trap, hang or grow without bounds.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  switch Target.chosen {
  case .file: read(bytes)
  case .packet: packets(bytes)
  case .tcp: segments(bytes)
  case .http1: talk(bytes, [])
  case .http2: talk(bytes, Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8))
  case .dns: names(bytes)
  case .tls: tls(bytes)
  case .secrets: secrets(bytes)
  }
  return 0
}

enum Target: String {
  case file, packet, tcp, http1, http2, dns, tls, secrets
  static let chosen: Target = {
    guard let text = unsafe getenv("WHY401_FUZZ") else { return .file }
    return unsafe Target(rawValue: String(cString: text)) ?? .file
  }()
}

/// A capture file, of any format. In two halves it has to read the same.
private func read(_ bytes: [UInt8], _ options: CaptureOptions = CaptureOptions()) {
  var observations = Observations()
  CaptureReader.read(bytes: bytes, source: 0, options: options, into: &observations)
  guard Halves.numbers(observations) == Halves.numbers(Halves.read(bytes, 0, options)) else {
    fatalError("two halves read otherwise")
  }
}

/// Frames one after another, each behind its length (two bytes); the first byte chooses the link type.
private func packets(_ bytes: [UInt8]) {
  guard let kind = bytes.first else { return }
  let links: [UInt32] = [1, 113, 276, 0, 101, 9, 108, 12]
  var file = PacketBuilder(.pcap, linkType: links[Int(kind) % links.count])
  var at = 1
  while at + 2 <= bytes.count {
    let length = min(Int(bytes[at]) << 8 | Int(bytes[at + 1]), bytes.count - at - 2)
    at += 2
    file.frame(Array(bytes[at..<at + length]))
    at += length
    if length == 0 { break }
  }
  read(file.bytes)
}

/// Segments of one connection: side and flags, a shift of the sequence number, a length, the payload.
private func segments(_ bytes: [UInt8]) {
  var file = PacketBuilder()
  var talk = Talk()
  talk.open(&file)
  var at = 0
  while at + 3 <= bytes.count {
    let control = bytes[at]
    let shift = UInt32(bitPattern: Int32(Int8(bitPattern: bytes[at + 1])))
    let length = min(Int(bytes[at + 2]), bytes.count - at - 3)
    let payload = Array(bytes[at + 3..<at + 3 + length])
    at += 3 + length
    let flags: UInt8 = 0x10 | (control & 0x07)
    if control & 0x80 == 0 {
      talk.clientSeq &+= shift
      file.frame(talk.fromClient(payload, flags: flags))
    } else {
      talk.serverSeq &+= shift
      file.frame(talk.fromServer(payload, flags: flags))
    }
  }
  read(file.bytes)
}

/// What both sides say in turns, cut at 0xFF 0x00; the client begins, with `opening`.
private func talk(_ bytes: [UInt8], _ opening: [UInt8]) {
  var file = PacketBuilder()
  var talk = Talk()
  talk.open(&file)
  if !opening.isEmpty { file.frame(talk.fromClient(opening)) }
  var turn: [UInt8] = []
  var isClient = true
  func say(_ file: inout PacketBuilder, _ talk: inout Talk) {
    var from = 0
    while from < turn.count {
      let part = Array(turn[from..<min(turn.count, from + 1400)])
      file.frame(isClient ? talk.fromClient(part) : talk.fromServer(part))
      from += part.count
    }
    turn = []
    isClient.toggle()
  }
  var i = 0
  while i < bytes.count {
    if bytes[i] == 0xff, i + 1 < bytes.count, bytes[i + 1] == 0 {
      say(&file, &talk)
      i += 2
    } else {
      turn.append(bytes[i])
      i += 1
    }
  }
  say(&file, &talk)
  read(file.bytes)
}

/// A question and an answer, behind a length each.
private func names(_ bytes: [UInt8]) {
  var file = PacketBuilder()
  var at = 0
  var isAnswer = false
  while at < bytes.count {
    let length = min(Int(bytes[at]), bytes.count - at - 1)
    let payload = Array(bytes[(at + 1)..<(at + 1 + length)])
    at += 1 + length
    let udp =
      isAnswer ? PacketBuilder.udp(53, 40_000, payload) : PacketBuilder.udp(40_000, 53, payload)
    let packet =
      isAnswer
      ? PacketBuilder.ipv4([10, 0, 0, 2], [10, 0, 0, 1], proto: 17, udp)
      : PacketBuilder.ipv4([10, 0, 0, 1], [10, 0, 0, 2], proto: 17, udp)
    file.frame(PacketBuilder.ethernet(0x0800, packet))
    isAnswer.toggle()
  }
  read(file.bytes)
}

/// Records in pieces of any size (the first byte), and certificates in them.
private func tls(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let step = max(1, Int(first))
  var reader = TLSReader()
  reader.keepsRecords = first & 2 != 0
  var from = 1
  while from < bytes.count {
    let to = min(bytes.count, from + step)
    let arrival = Arrival(
      packet: 1, time: 0, seq: 0, ack: 0, hasAck: false, isFromServer: first & 1 != 0)
    reader.take(bytes.span, from, to, arrival) { finding in
      if case .certificate(let der) = finding { _ = CertificateNames(der.span) }
    }
    from = to
  }
  _ = CertificateNames(bytes.span)
}

/// A key log behind its length (two bytes), then what both sides say: a length whose upper bit is set for
/// the server (two bytes), and the bytes.
private func secrets(_ bytes: [UInt8]) {
  func length(_ at: Int) -> Int { Int(bytes[at] & 0x7f) << 8 | Int(bytes[at + 1]) }
  guard bytes.count >= 2 else { return }
  let keys = Array(bytes[2..<min(bytes.count, 2 + length(0))])
  var file = PacketBuilder()
  var talk = Talk()
  talk.open(&file)
  var at = 2 + keys.count
  while at + 2 <= bytes.count {
    let isServer = bytes[at] & 0x80 != 0
    let end = min(bytes.count, at + 2 + length(at))
    let payload = Array(bytes[at + 2..<end])
    file.frame(isServer ? talk.fromServer(payload) : talk.fromClient(payload))
    at = end
  }
  var options = CaptureOptions()
  options.keys.add(keys.span)
  read(file.bytes, options)
}
