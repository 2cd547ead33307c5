#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
internal import CPcap
package import Evidence

/// Packets from an interface of this machine, through libpcap, until somebody cancels.
package enum LiveCapture {
  /// Why an interface cannot be read; ready to print.
  package struct Failure: Error {
    package let text: String
  }

  /// An open interface; closed with its owner.
  @safe private struct Handle: ~Copyable {
    let pcap: OpaquePointer
    deinit { unsafe pcap_close(pcap) }
  }

  /// Time the system may gather packets before it hands them over, ms; also how soon a cancelled
  /// capture ends.
  private static let patience: Int32 = 200
  private static let buffer: Int32 = 16 << 20

  package static func read(
    interface: String, source: UInt16, options: CaptureOptions,
    into observations: inout Observations
  ) throws(Failure) {
    let handle = try open(interface, options.filter)
    let linkType = UInt32(clamping: unsafe pcap_datalink(handle.pcap))
    let isNano = unsafe pcap_get_tstamp_precision(handle.pcap) == 1
    var walk = CaptureReader.walk(source, options, &observations)
    // The system's own filter has already chosen.
    walk.filter = nil
    let descriptor = unsafe pcap_get_selectable_fd(handle.pcap)
    var number = 0
    var failure: String?
    while options.isCancelled?() != true {
      var header: UnsafeMutablePointer<pcap_pkthdr>?
      var bytes: UnsafePointer<UInt8>?
      let status = unsafe pcap_next_ex(handle.pcap, &header, &bytes)
      if status == 0 {
        // libpcap's own timeout does not run while nothing arrives at all.
        walk.next.collector.publishIfDue()
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&wait, 1, patience)
        continue
      }
      guard status == 1, let header = unsafe header, let bytes = unsafe bytes else {
        if status < 0 { failure = unsafe String(cString: pcap_geterr(handle.pcap)) }
        break
      }
      number += 1
      let h = unsafe header.pointee
      let captured = Int(h.caplen)
      let meta = PacketMeta(
        number: number,
        time: Int64(h.ts.tv_sec) * 1_000_000_000 + Int64(h.ts.tv_usec) * (isNano ? 1 : 1000),
        interface: 0, linkType: linkType == 12 ? 101 : linkType,
        missing: max(0, Int(h.len) - captured), isBigEndian: false)
      let span = unsafe Span(_unsafeStart: bytes, count: captured)
      walk.take(meta, span, 0, captured)
    }
    if let failure { walk.note("the capture stopped: \(failure)") }
    var statistics = pcap_stat()
    if unsafe pcap_stats(handle.pcap, &statistics) == 0, statistics.ps_drop > 0 {
      walk.note("the system lost \(statistics.ps_drop) packets before they could be read")
    }
    observations = walk.finish(bytes: 0)
  }

  private static func open(_ interface: String, _ filter: String?) throws(Failure) -> Handle {
    var words = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard let pcap = unsafe pcap_create(interface, &words) else {
      throw Failure(text: "cannot be opened")
    }
    let handle = unsafe Handle(pcap: pcap)
    unsafe pcap_set_snaplen(pcap, 262_144)
    unsafe pcap_set_timeout(pcap, patience)
    unsafe pcap_set_buffer_size(pcap, buffer)
    unsafe pcap_set_tstamp_precision(pcap, 1)
    let status = unsafe pcap_activate(pcap)
    guard status >= 0 else {
      let detail = unsafe String(cString: pcap_geterr(pcap))
      let kind = unsafe String(cString: pcap_statustostr(status))
      throw Failure(text: detail.isEmpty ? kind : "\(kind): \(detail)")
    }
    guard unsafe pcap_setnonblock(pcap, 1, &words) == 0 else {
      throw Failure(text: "cannot be read without blocking")
    }
    // Of `any`: the newer form names the interface of each packet.
    unsafe pcap_set_datalink(pcap, 276)
    if let filter {
      var program = unsafe bpf_program()
      defer { unsafe pcap_freecode(&program) }
      guard unsafe pcap_compile(pcap, &program, filter, 1, 0xffff_ffff) == 0,
        unsafe pcap_setfilter(pcap, &program) == 0
      else { throw Failure(text: "the filter: " + (unsafe String(cString: pcap_geterr(pcap)))) }
    }
    return handle
  }
}
