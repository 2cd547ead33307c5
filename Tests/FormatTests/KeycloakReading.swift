internal import ByteScan
internal import Evidence
internal import Ingest

/// One line through the whole catalogue, as the pipeline does it.
struct KeycloakReading {
  var sink = Sink()
  var line: ReadLine?

  init(_ text: String, offset: Int = 0, previous: Instant = .unknown, wrapper: Instant = .unknown) {
    let bytes = Array(text.utf8)
    let s = bytes.span
    var context = LineContext(citation: Citation(source: 0, number: 1))
    context.assumedOffset = offset
    context.previousTime = previous
    context.wrapperTime = wrapper
    guard !bytes.isEmpty else { return }
    for format in FormatCatalogue.all where format.mayRead(s, 0, bytes.count) {
      line = format.read(s, 0, bytes.count, context, &sink)
      if line != nil { return }
    }
  }

  var event: TokenEvent? { sink.observations.tokenEvents.first }
  var admin: AdminEvent? { sink.observations.adminEvents.first }
  var message: Message? { sink.observations.messages.first }
  var request: Request? {
    sink.observations.requests.first ?? sink.observations.successes.items.first?.request
  }
  func text(_ symbol: Symbol?) -> String { sink.observations.symbols.text(symbol ?? .none) }
}
