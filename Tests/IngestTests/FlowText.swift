@testable import Ingest

/// Texts as flows of bytes.
enum FlowText {
  /// What becomes of a text, given in chunks of some size.
  static func read(_ text: String, chunk: Int, _ rewrite: (Flow) -> Flow) -> String {
    let bytes = Array(text.utf8)
    var at = 0
    let source = Flow { buffer, from in
      let count = min(chunk, bytes.count - at, buffer.count - from)
      for i in 0..<count { buffer[from + i] = bytes[at + i] }
      at += count
      return count
    }
    let flow = rewrite(source)
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1000)
    while true {
      let got = flow.read(into: &buffer)
      if got == 0 { return String(decoding: out, as: UTF8.self) }
      out += buffer[..<got]
    }
  }
}
