import Testing

@testable import Ingest

/// Texts in UTF-16, as PowerShell's `kubectl logs POD > FILE` writes them.
@Suite struct WideTextTests {
  private static let text = "12 [error] „näh“ 🔑 ok\r\n\nno end"

  private static func wide(_ text: String, isBig: Bool = false, hasMark: Bool = true) -> [UInt8] {
    ((hasMark ? [0xfeff] : []) + Array(text.utf16)).flatMap { unit in
      let bytes = [UInt8(unit & 0xff), UInt8(unit >> 8)]
      return isBig ? bytes.reversed() : bytes
    }
  }

  /// What comes out of bytes that are given in chunks of some size, and the fault at the end.
  private static func read(
    _ bytes: [UInt8], isLittle: Bool = true, chunk: Int = 1 << 16
  ) -> (text: String, fault: String?) {
    var at = 0
    let flow = WideText.flow(
      of: Flow { buffer, from in
        let count = min(chunk, bytes.count - at, buffer.count - from)
        for i in 0..<count { buffer[from + i] = bytes[at + i] }
        at += count
        return count
      }, isLittle: isLittle)
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 10)
    while true {
      let got = flow.read(into: &buffer)
      if got == 0 { return (String(decoding: out, as: UTF8.self), flow.fault) }
      out += buffer[..<got]
    }
  }

  @Test(arguments: [1, 2, 3, 1000]) func `every character comes out`(chunk: Int) {
    for isBig in [false, true] {
      for hasMark in [false, true] {
        let read = Self.read(
          Self.wide(Self.text, isBig: isBig, hasMark: hasMark), isLittle: !isBig, chunk: chunk)
        #expect(read.text == Self.text)
        #expect(read.fault == nil)
      }
    }
  }

  @Test func `halves of characters become replacements, and a cut one is a fault`() {
    #expect(Self.read([0x3d, 0xd8, 0x41, 0x00]).text == "\u{fffd}A")
    #expect(Self.read([0x11, 0xdd, 0x41, 0x00]).text == "\u{fffd}A")
    #expect(Self.read([0x3d, 0xd8]).text == "\u{fffd}")
    #expect(Self.read([0x3d, 0xd8, 0x3d, 0xd8, 0x11, 0xdd]).text == "\u{fffd}\u{1f511}")
    let cut = Self.read([0x41, 0x00, 0x42])
    #expect(cut.text == "A")
    #expect(cut.fault != nil)
  }

  @Test func `it is known by its mark, or by letters with a NUL each`() {
    func magic(_ bytes: [UInt8]) -> Magic { Magic.of(bytes.span, 0, bytes.count) }
    let line = "2026-08-21 10:00:00,123 INFO  [org.keycloak] (main) started\r\n"
    for isBig in [false, true] {
      #expect(magic(Self.wide(Self.text, isBig: isBig)) == .wideText)
      #expect(magic(Self.wide(line, isBig: isBig, hasMark: false)) == .wideText)
    }
    #expect(magic(Array(line.utf8)) == .text)
    // UTF-32, small numbers, a log that was truncated in place.
    #expect(magic([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]) != .wideText)
    #expect(magic((0..<200).flatMap { [UInt8($0 % 7), 0] }) != .wideText)
    #expect(magic([UInt8](repeating: 0, count: 64) + Array(line.utf8)) != .wideText)
  }
}
