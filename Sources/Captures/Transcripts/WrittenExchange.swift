internal import ByteScan
internal import Evidence

/// An HTTP exchange as text, put together from a transcript or an archive: heads in the form of HTTP/1, and
/// the beginning of the answer's body.
struct WrittenExchange {
  static let mostBody = 64 << 10

  /// Line of the transcript, number of the entry.
  var number = 0
  var request: [UInt8] = []
  var answer: [UInt8] = []
  var form: [UInt8] = []
  var body: [UInt8] = []
  /// Nanoseconds since the epoch; `.min` unknown: then the answer's `Date` is taken.
  var start: Int64 = .min
  /// Microseconds; -1 unknown.
  var duration: Int64 = -1
  /// Whether a missing `Authorization` means that there was none.
  var isComplete = true
  /// The `Authorization` was shown as a word that stands for one (`$TOKEN`, `***`).
  var hidesCredential = false
  /// A command that may have sent a credential which it does not show.
  var mayHideCredential = false
  /// Begun by a command, even one that names no URL.
  var isCommand = false
}

extension Collector {
  /// Reads a written exchange as if it had been captured. Nothing is known of addresses.
  mutating func emit(_ written: WrittenExchange, _ format: Format) {
    var requestHead = Head()
    var answerHead = Head()
    let hasRequest =
      !written.request.isEmpty
      && requestHead.parse(written.request.span, 0, written.request.count, cut: true) > 0
    let hasAnswer =
      !written.answer.isEmpty
      && answerHead.parse(written.answer.span, 0, written.answer.count, cut: true) > 0
    guard hasRequest || hasAnswer else { return }
    var time = written.start
    if time == .min, answerHead.date.isPresent,
      let seconds = TimeStamp.httpDate(written.answer.span, answerHead.date.start)
    {
      time = seconds &* 1_000_000_000
    }
    var ends = Ends()
    var at = Arrival(
      packet: written.number, time: time, seq: 0, ack: 0, hasAck: false, isFromServer: false)
    requestHead.isWhole = written.isComplete
    if written.hidesCredential { requestHead.authorization = Field() }
    var exchange =
      hasRequest
      ? request(requestHead, written.request.span, written.request.count, at, &ends)
      : orphan(at, &ends)
    if written.hidesCredential { exchange.request.authorization = .present }
    if exchange.isForm, !written.form.isEmpty { form(written.form, &exchange) }
    if hasAnswer {
      if time != .min, written.duration > 0 { at.time = time &+ written.duration &* 1000 }
      answer(answerHead, written.answer.span, written.answer.count, at, &exchange)
      // Decoded by who wrote it down.
      exchange.isGzip = false
      if !written.body.isEmpty { answerBody(written.body, &exchange) }
    }
    exchange.request.format = format
    exchange.request.client = .none
    exchange.request.clientPort = 0
    exchange.request.upstreamAddress = .none
    exchange.request.service = .none
    exchange.request.requestBytes = -1
    exchange.request.responseBytes = -1
    exchange.request.duration = written.duration
    remarks.formats[format, default: 0] += 1
    remarks.saw(Instant(nanoseconds: time))
    if exchange.request.token >= 0 {
      let form = observations.tokens[Int(exchange.request.token)].form
      if form == .basic { exchange.request.authorization = .present }
    }
    emit(exchange)
  }
}
