internal import CPcap

/// A filter in the syntax of tcpdump (`pcap-filter(7)`), compiled by libpcap for each link type it meets
/// and run on packets in memory, wherever they were read from.
///
/// Used by one reader at a time.
package final class PacketFilter {
  /// A compiled program; frees it at the end.
  @safe fileprivate final class Program {
    var code = unsafe bpf_program()
    deinit { unsafe pcap_freecode(&code) }
  }

  private let text: String
  /// By link type; `nil`: the filter makes no sense there.
  private var programs: [UInt32: Program?] = [:]
  /// Packets that were filtered out.
  private(set) var dropped = 0
  /// Link types for which the filter cannot be compiled, and libpcap's words.
  private(set) var complaints: [UInt32: String] = [:]

  package init(_ text: String) { self.text = text }

  /// What libpcap says against a filter; `nil` when it can be compiled.
  package static func complaint(about text: String) -> String? {
    // Ethernet knows the most primitives.
    switch compile(text, 1) {
    case .success: nil
    case .failure(let refused): refused.words
    }
  }

  func passes(_ meta: PacketMeta, _ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard let program = program(for: meta.linkType), from >= 0, from <= to, to <= s.count else {
      dropped += 1
      return false
    }
    let length = UInt32(clamping: to - from)
    let original = UInt32(clamping: to - from + meta.missing)
    let isWanted = unsafe s.withUnsafeBufferPointer { bytes -> Bool in
      guard let base = bytes.baseAddress else { return false }
      return unsafe bpf_filter(program.code.bf_insns, base + from, original, length) != 0
    }
    if !isWanted { dropped += 1 }
    return isWanted
  }

  private func program(for linkType: UInt32) -> Program? {
    if let known = programs[linkType] { return known }
    switch PacketFilter.compile(text, linkType) {
    case .success(let program):
      programs[linkType] = .some(program)
      return program
    case .failure(let refused):
      programs[linkType] = .some(nil)
      complaints[linkType] = refused.words
      return nil
    }
  }

  fileprivate struct Refused: Error { let words: String }

  private static func compile(_ text: String, _ linkType: UInt32) -> Result<Program, Refused> {
    // In files raw IP is 101 (LINKTYPE_RAW), to libpcap it is 12 (DLT_RAW).
    let type = Int32(clamping: linkType == 101 ? 12 : linkType)
    guard let handle = unsafe pcap_open_dead(type, 262_144) else {
      return .failure(Refused(words: "out of memory"))
    }
    defer { unsafe pcap_close(handle) }
    let program = Program()
    guard unsafe pcap_compile(handle, &program.code, text, 1, 0xffff_ffff) == 0 else {
      return .failure(Refused(words: unsafe String(cString: pcap_geterr(handle))))
    }
    return .success(program)
  }
}

extension PacketFilter {
  /// What the filter did, ready to print.
  func remarks() -> [String] {
    var all = complaints.sorted { $0.key < $1.key }.map {
      "the filter cannot be used on link type \($0.key): \($0.value)"
    }
    if dropped > 0 { all.append("\(dropped) packets were left out by the filter") }
    return all
  }
}
