internal import CArchive

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// libarchive behind one type: the entries of an archive, one after the other, or what a compressed
/// stream inflates to (one entry without a name). Writes nothing anywhere, and knows no formats but those
/// that bundles come in.
@safe final class Archive {
  enum Layout {
    case tar, zip, sevenZip
    /// A stream compressed by zstd, xz, bzip2 or lz4: no entries.
    case compressed
  }

  enum Step {
    case entry(Header)
    case end
    /// The rest cannot be read; ready to print.
    case failed(String)
  }

  struct Header {
    enum Kind { case file, folder, other }
    var path: String
    var kind: Kind
    /// Seconds since the epoch; 0 unknown.
    var modified: Int
    var isEncrypted: Bool
  }

  private let handle: OpaquePointer?
  private let input: Input?
  /// Why the last read broke off; ready to print.
  private(set) var fault: String?

  /// What libarchive reads from.
  private final class Input {
    let flow: Flow
    var buffer = [UInt8](repeating: 0, count: 128 << 10)
    var taken = 0
    init(_ flow: Flow) { self.flow = flow }
  }

  /// From front to back.
  init(_ flow: Flow, _ layout: Layout) {
    let input = Input(flow)
    self.input = input
    unsafe handle = archive_read_new()
    unsafe Archive.prepare(handle, layout, isSeekable: false)
    let context = unsafe Unmanaged.passUnretained(input).toOpaque()
    let code = unsafe archive_read_open(
      handle, context, nil,
      { (_, context, block) in
        guard let context = unsafe context, let block = unsafe block else { return -1 }
        let input = unsafe Unmanaged<Input>.fromOpaque(context).takeUnretainedValue()
        let got = input.flow.read(into: &input.buffer)
        input.taken += got
        // The buffer is not touched before libarchive asks again.
        unsafe input.buffer.withUnsafeBytes { unsafe block.pointee = $0.baseAddress }
        return got
      }, nil)
    if code != ARCHIVE_OK { fault = unsafe Archive.message(handle) }
  }

  /// With leave to seek, which zip and 7z want. `file` must outlive this.
  init(seeking file: borrowing InputFile, _ layout: Layout) {
    input = nil
    unsafe handle = archive_read_new()
    unsafe Archive.prepare(handle, layout, isSeekable: true)
    lseek(file.descriptor, 0, SEEK_SET)
    let code = unsafe archive_read_open_fd(handle, file.descriptor, 128 << 10)
    if code != ARCHIVE_OK { fault = unsafe Archive.message(handle) }
  }

  deinit { unsafe archive_read_free(handle) }

  private static func prepare(_ handle: OpaquePointer?, _ layout: Layout, isSeekable: Bool) {
    switch layout {
    case .tar: unsafe archive_read_support_format_tar(handle)
    case .zip where isSeekable: unsafe archive_read_support_format_zip(handle)
    case .zip: unsafe archive_read_support_format_zip_streamable(handle)
    case .sevenZip: unsafe archive_read_support_format_7zip(handle)
    case .compressed:
      unsafe archive_read_support_format_raw(handle)
      unsafe archive_read_support_format_empty(handle)
      unsafe archive_read_support_filter_zstd(handle)
      unsafe archive_read_support_filter_xz(handle)
      unsafe archive_read_support_filter_bzip2(handle)
      unsafe archive_read_support_filter_lz4(handle)
    }
  }

  /// Bytes taken from what the archive is read from.
  var taken: Int { input?.taken ?? Int(unsafe archive_filter_bytes(handle, -1)) }

  /// Goes to the next entry; what is left of the last one is passed over.
  func next() -> Step {
    if let fault { return .failed(fault) }
    var entry: OpaquePointer?
    while true {
      switch unsafe archive_read_next_header(handle, &entry) {
      case ARCHIVE_OK, ARCHIVE_WARN: return .entry(unsafe Archive.header(entry))
      case ARCHIVE_RETRY: continue
      case ARCHIVE_EOF:
        fault = "no further entries"
        return .end
      default:
        let text = unsafe Archive.message(handle)
        fault = text
        return .failed(text)
      }
    }
  }

  /// Reads on in the current entry, into `buffer[at...]`: the number of bytes, 0 at its end or when it
  /// breaks off (`fault`).
  func read(into buffer: inout [UInt8], at: Int) -> Int {
    guard fault == nil, at >= 0, at < buffer.count else { return 0 }
    let got = unsafe buffer.withUnsafeMutableBytes {
      (bytes: UnsafeMutableRawBufferPointer) -> Int in
      guard let base = bytes.baseAddress else { return 0 }
      while true {
        let got = unsafe archive_read_data(handle, base + at, bytes.count - at)
        if got != Int(ARCHIVE_RETRY) { return got }
      }
    }
    if got >= 0 { return got }
    let text = unsafe Archive.message(handle)
    if got == Int(ARCHIVE_FATAL) { fault = text }
    entryFault = text
    return 0
  }

  /// Why the current entry broke off.
  private(set) var entryFault: String?
  func forgetEntryFault() { entryFault = nil }

  private static func header(_ entry: OpaquePointer?) -> Header {
    var path = ""
    if let name = unsafe archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) {
      path = unsafe String(cString: name)
    }
    let type = unsafe archive_entry_filetype(entry)
    let isLink = unsafe archive_entry_hardlink(entry) != nil
    let kind: Header.Kind =
      type == S_IFREG && !isLink ? .file : type == S_IFDIR ? .folder : .other
    return Header(
      path: path, kind: kind, modified: Int(unsafe archive_entry_mtime(entry)),
      isEncrypted: unsafe archive_entry_is_data_encrypted(entry) != 0)
  }

  private static func message(_ handle: OpaquePointer?) -> String {
    guard let text = unsafe archive_error_string(handle) else { return "damaged data" }
    let words = unsafe String(cString: text)
    // Not `ZIP …`.
    guard words.dropFirst().first?.isLowercase == true else { return words }
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
