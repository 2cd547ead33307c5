#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes that end where a page ends, before one that must not be read: who looks beyond the end dies.
@safe struct GuardedBytes: ~Copyable {
  struct Failure: Error {}

  private let pages: UnsafeMutableRawPointer
  private let length: Int
  private let count: Int

  init(_ bytes: [UInt8]) throws {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let size = (bytes.count + page) / page * page
    let mapped = unsafe mmap(
      nil, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED,
      unsafe mprotect(mapped + size, page, PROT_NONE) == 0
    else { throw Failure() }
    let start = unsafe mapped + (size - bytes.count)
    unsafe bytes.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress {
        unsafe start.copyMemory(from: base, byteCount: bytes.count)
      }
    }
    unsafe pages = unsafe mapped
    length = size + page
    count = bytes.count
  }

  deinit { unsafe munmap(pages, length) }

  func read<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let start = unsafe pages + (length - page - count)
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
    return unsafe bytes.withMemoryRebound(to: UInt8.self) { unsafe body(Span(_unsafeElements: $0)) }
  }
}
