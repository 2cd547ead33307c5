internal import ByteScan
internal import Evidence

/// The exchanges in what somebody copied from a terminal: `curl -v`, `curl -i`, `wget -S`, httpie,
/// an answer alone. Lines that belong to none are given back for the readers of logs.
struct Transcript {
  private enum Place {
    case outside
    case requestHead, answerHead
    /// Of an answer; `rest`: bytes that its length leaves, -1 unknown.
    case body(rest: Int)
    /// A command that goes on.
    case command
  }

  private var place = Place.outside
  private var current = WrittenExchange()
  private var hasAnswer = false
  private var command: [UInt8] = []
  private var bodyLines = 0
  /// Of a browser's inspector: a label whose value is the next line, and what its labels said by now.
  private var label: InspectorLabel?
  private var address: [UInt8] = []
  private var method: [UInt8] = []
  /// A command was seen, and no line of a log since.
  private var isOpen = false
  private(set) var exchanges: [WrittenExchange] = []
  /// Requests of commands that showed no head of an answer; a text may follow that was its body.
  private(set) var bare: [WrittenExchange] = []
  /// The other lines; those that were used are empty.
  private(set) var rest: [UInt8] = []

  init(_ text: [UInt8]) {
    let s = text.span
    rest.reserveCapacity(text.count / 4)
    var at = 0
    var number = 0
    while at < s.count {
      var end = Bytes.findFar(10, s, at, s.count)
      if end < 0 { end = s.count }
      number += 1
      let last = end > at && s[end - 1] == 13 ? end - 1 : end
      if !take(s, Transcript.unstamped(s, at, last), last, number) {
        for i in at..<last { rest.append(s[i]) }
      }
      rest.append(10)
      at = end + 1
    }
    finishCommand(number)
    close()
  }

  /// `curl --trace-time` puts `10:00:00.123456 ` before each line.
  private static func unstamped(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    guard to - from > 17, s[from + 2] == UInt8(ascii: ":"), s[from + 5] == UInt8(ascii: ":"),
      s[from + 8] == UInt8(ascii: "."), s[from + 15] == 32, Bytes.isDigit(s[from])
    else { return from }
    return from + 16
  }

  /// `false`: the line is none of an exchange.
  private mutating func take(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ number: Int) -> Bool {
    if case .command = place {
      // A comment or an answer ends a command that meant to go on.
      if from == to || s[from] != UInt8(ascii: "#") && s[from] != UInt8(ascii: "{") {
        add(command: s, from, to, number)
        return true
      }
      finishCommand(number)
    }
    if from < to, from + 1 == to || s[from + 1] == 32 {
      switch s[from] {
      case UInt8(ascii: ">"): return sent(s, from, to, number)
      case UInt8(ascii: "<"): return received(s, from, to, number)
      case UInt8(ascii: "*"): return told(s, from, to)
      case UInt8(ascii: "{"), UInt8(ascii: "}"):
        if Bytes.has("{ [", s, from, to) || Bytes.has("} [", s, from, to) { return true }
      default: break
      }
    }
    let start = Bytes.skipBlanks(s, from, to)
    if inspected(s, start, to, number) { return true }
    if let begin = Transcript.curl(s, start, to) {
      close()
      current.number = number
      current.isCommand = true
      isOpen = true
      command = []
      place = .command
      add(command: s, begin, to, number)
      return true
    }
    if Transcript.isStatusLine(s, start, to) {
      beginAnswer(number)
      append(s, start, to, to: &current.answer)
      place = .answerHead
      return true
    }
    switch place {
    case .answerHead: return headLine(s, start, to, isAnswer: true)
    case .requestHead: return headLine(s, start, to, isAnswer: false)
    case .body(let rest): return bodyLine(s, from, to, rest)
    case .outside:
      if isOpen, Transcript.isLogLine(s, start, to) { endCommand(number) }
      guard Transcript.isRequestLine(s, start, to) else { return false }
      close()
      current.number = number
      append(s, start, to, to: &current.request)
      place = .requestHead
      return true
    case .command: return true
    }
  }

  // MARK: A browser's inspector

  /// `Request URL: …`, `Request Method: GET`, `Status Code: 401`, the values behind the labels or below them.
  private mutating func inspected(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ number: Int
  ) -> Bool {
    // What is told of one request ends with it.
    if label != nil || !address.isEmpty, from >= to || Transcript.isLogLine(s, from, to) {
      label = nil
      address = []
      return false
    }
    if let label {
      self.label = nil
      return note(label, s, from, to, number)
    }
    guard let (found, value) = InspectorLabel.read(s, from, to) else { return false }
    if found == .address { address = [] } else if address.isEmpty { return false }
    if value < to { return note(found, s, value, to, number) }
    label = found
    return true
  }

  /// `false`: the line says what it says without the others.
  private mutating func note(
    _ label: InspectorLabel, _ s: Span<UInt8>, _ from: Int, _ end: Int, _ number: Int
  ) -> Bool {
    var to = end
    while to > from, s[to - 1] <= 32 { to -= 1 }
    switch label {
    case .address:
      // A frame's check of a session is no request of anybody's: its words are known.
      if Bytes.contains("/login-status-iframe", s, from, to) { return false }
      close()
      place = .outside
      current.number = number
      address = []
      method = Array("GET".utf8)
      for i in from..<to { address.append(s[i]) }
    case .method:
      method = []
      for i in from..<to { method.append(s[i]) }
    case .status:
      guard let head = InspectorLabel.head(method, address) else { return true }
      let digits = InspectorLabel.status(s, from, to)
      guard digits >= 0 else { return true }
      current.request = head
      current.answer = Array("HTTP/1.1 ".utf8)
      append(s, digits, to, to: &current.answer)
      // Its headers are shown elsewhere.
      current.isComplete = false
      current.mayHideCredential = true
      address = []
      close()
    }
    return true
  }

  // MARK: curl -v

  private mutating func sent(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ number: Int) -> Bool {
    let start = min(to, from + 2)
    if Transcript.isRequestLine(s, start, to) {
      // The command's own idea of the request is not needed any more.
      if hasAnswer || !current.answer.isEmpty { close() }
      current.request = []
      if current.number == 0 { current.number = number }
      current.hidesCredential = false
      current.mayHideCredential = false
      current.isComplete = true
    }
    guard !current.request.isEmpty || Transcript.isRequestLine(s, start, to) else { return false }
    append(s, start, to, to: &current.request)
    place = .outside
    return true
  }

  private mutating func received(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ number: Int) -> Bool {
    let start = min(to, from + 2)
    if Transcript.isStatusLine(s, start, to) {
      beginAnswer(number)
    } else if current.answer.isEmpty {
      return false
    }
    if start >= to {
      place = .body(rest: -1)
      bodyLines = 0
      hasAnswer = true
      return true
    }
    append(s, start, to, to: &current.answer)
    place = .outside
    return true
  }

  /// What curl says besides; troubles are left to the readers of logs, the rest is its own business.
  private mutating func told(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    for trouble: StaticString in [
      "SSL certificate problem", "ould not resolve", "efused", "ailed to connect", "imed out",
      "Recv failure", "Empty reply", "alert", "SSL_ERROR", "wrong version",
    ] where Bytes.contains(trouble, s, from, to) {
      for i in from + 2..<max(from + 2, to) { rest.append(s[i]) }
      break
    }
    return true
  }

  // MARK: Heads and bodies

  private mutating func beginAnswer(_ number: Int) {
    if hasAnswer || !current.answer.isEmpty { close() }
    if current.number == 0 { current.number = number }
  }

  private mutating func headLine(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, isAnswer: Bool
  ) -> Bool {
    if from >= to {
      if isAnswer {
        hasAnswer = true
        place = .body(rest: -1)
        bodyLines = 0
      } else {
        append(s, from, to, to: &current.request)
        place = .outside
      }
      return true
    }
    let colon = Bytes.find(UInt8(ascii: ":"), s, from, min(to, from + 64))
    let blank = Bytes.find(32, s, from, to)
    guard colon > from, blank < 0 || blank > colon else {
      if isAnswer { hasAnswer = true }
      place = .outside
      return false
    }
    if isAnswer {
      append(s, from, to, to: &current.answer)
    } else {
      append(s, from, to, to: &current.request)
    }
    return true
  }

  private mutating func bodyLine(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ rest: Int) -> Bool {
    bodyLines += 1
    // Longer ones are pages; and a log may follow.
    guard bodyLines <= 400, !Transcript.isLogLine(s, from, to) else {
      place = .outside
      return false
    }
    if current.body.count < WrittenExchange.mostBody {
      append(s, from, to, to: &current.body)
    }
    return true
  }

  private func append(_ s: Span<UInt8>, _ from: Int, _ to: Int, to text: inout [UInt8]) {
    guard text.count < 256 << 10 else { return }
    for i in from..<max(from, to) { text.append(s[i]) }
    text.append(10)
  }

  // MARK: Commands

  private mutating func add(command s: Span<UInt8>, _ from: Int, _ to: Int, _ number: Int) {
    let goesOn = to > from && s[to - 1] == UInt8(ascii: "\\")
    for i in from..<(goesOn ? to - 1 : to) where command.count < 64 << 10 { command.append(s[i]) }
    command.append(32)
    if !goesOn { finishCommand(number) }
  }

  private mutating func finishCommand(_ number: Int) {
    guard case .command = place else { return }
    place = .outside
    guard let made = CommandLine(command.span, 0, command.count) else { return }
    current.request = made.head
    current.form = made.form
    current.mayHideCredential = made.mayHideCredential
    // Options may come from elsewhere (`.curlrc`, `-K`): what is not there proves nothing.
    current.isComplete = false
    current.hidesCredential = Transcript.hidesCredential(made.head)
  }

  /// What a log says is no answer to the command above it.
  private mutating func endCommand(_ number: Int) {
    isOpen = false
    var end = WrittenExchange()
    end.number = number
    bare.append(end)
  }

  private mutating func close() {
    let written = current
    current = WrittenExchange()
    hasAnswer = false
    guard !written.answer.isEmpty, !Transcript.isPassing(written.answer) else {
      if written.answer.isEmpty, written.isCommand || !written.request.isEmpty {
        bare.append(written)
      }
      // A command whose answer was not an answer yet: what follows is still its own.
      if !written.answer.isEmpty {
        current = written
        current.answer = []
        current.body = []
      }
      return
    }
    var done = written
    if !done.hidesCredential { done.hidesCredential = Transcript.hidesCredential(done.request) }
    done.request = done.request + [10]
    exchanges.append(done)
  }
}
