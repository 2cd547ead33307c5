internal import ByteScan
internal import Evidence

/// The four upstream lists of nginx and what they say about who answered (facts: a line whose lists
/// are all `-` was answered by nginx itself, by `auth_request` or by basic authentication).
struct NginxUpstream: BitwiseCopyable {
  var addressStart = 0
  var addressEnd = 0
  var isAsked = false
  /// 0 where there is none.
  var status: UInt16 = 0
  /// Body bytes the upstream gave; -1 unknown.
  var length = -1

  /// `$upstream_addr $upstream_response_length $upstream_response_time $upstream_status`
  ///
  /// - Returns: the end of the last list, `nil` when they are cut.
  mutating func read(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let address = UpstreamList(s, from, to)
    guard address.next + 1 < to else { return nil }
    let lengths = UpstreamList(s, address.next + 1, to)
    guard lengths.next + 1 < to else { return nil }
    let times = UpstreamList(s, lengths.next + 1, to)
    guard times.next + 1 < to else { return nil }
    let statuses = UpstreamList(s, times.next + 1, to)
    setAddress(s, address.start, address.end)
    setStatus(s, statuses.start, statuses.end)
    length = Bytes.number(s, lengths.start, lengths.end)
    guard status > 0 || statuses.isAbsent(s) || isAsked else { return nil }
    return statuses.next
  }

  mutating func setAddress(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    isAsked = !Quoted.isAbsent(s, from, to)
    addressStart = from
    addressEnd = to
  }

  mutating func setStatus(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    guard to - from <= 3 else { return }
    let number = Bytes.number(s, from, to)
    if number > 0 { status = UInt16(clamping: number) }
  }

  /// Fills upstream address, upstream status and the answerer; `status` and `responseBytes` of the
  /// request must be set.
  func set(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    guard isAsked else {
      request.answeredBy = .edge
      return
    }
    request.upstreamAddress = sink.intern(s, addressStart, addressEnd)
    request.upstreamStatus = status
    // nginx logs 502 and 504 for tries that got no answer: nothing came from the upstream, and the
    // page was nginx's own.
    let isOwnPage =
      (status == 502 || status == 504) && length <= 0
      && (length == 0 || request.responseBytes != 0)
    request.answeredBy = status == 0 || isOwnPage || status != request.status ? .edge : .upstream
  }
}
