package import Evidence

/// Reads exchanges that were written down instead of captured: transcripts and HAR files.
package enum WrittenReader {
  /// Gives back the lines that belong to no exchange, all others empty: the rest is a log's. Commands that
  /// nothing answered make no exchange.
  package static func transcript(
    _ text: [UInt8], source: UInt16, into observations: inout Observations
  ) -> [UInt8] {
    let transcript = Transcript(text)
    emit(transcript.exchanges, .transcript, source, &observations) { _ in }
    for exchange in transcript.exchanges where exchange.isAuthAnswer {
      add(.authAnswerRelayed, exchange, source, &observations)
    }
    for command in transcript.bare {
      add(command.asked, command, source, &observations)
    }
    return transcript.exchanges.isEmpty ? text : transcript.rest
  }

  /// A message about what somebody asked for, without any of its values.
  private static func add(
    _ statement: Statement, _ exchange: WrittenExchange, _ source: UInt16,
    _ observations: inout Observations
  ) {
    var message = Message(citation: Citation(source: source, number: exchange.number))
    message.format = .transcript
    message.statement = statement
    let text =
      switch statement {
      case .commandPreflight: "a preflight request without a credential"
      case .commandWithCredential: "a request with an Authorization header"
      case .commandWithoutCredential: "a request without an Authorization header"
      case .commandOther: "a request of which the credential is not known"
      default: "401 with a body of 13 bytes, `Unauthorized`, and no challenge"
      }
    message.text = observations.symbols.intern(text)
    observations.messages.append(message)
  }

  /// Entries are counted as lines and cited by their number.
  package static func har(
    _ text: [UInt8], source: UInt16, into observations: inout Observations
  ) {
    let archive = WebArchive.read(text)
    emit(archive.exchanges, .har, source, &observations) { coverage in
      coverage.lines = archive.exchanges.count
      coverage.bytes = text.count
      if archive.isBroken {
        coverage.problems.append("the HAR file is cut or damaged; whole entries were read")
        coverage.isBrokenOff = true
      }
      if archive.isSanitized {
        coverage.problems.append(
          "the browser left credentials out when it saved this: a missing Authorization proves nothing"
        )
      }
    }
  }

  private static func emit(
    _ exchanges: [WrittenExchange], _ format: Format, _ source: UInt16,
    _ observations: inout Observations, _ note: (inout Coverage) -> Void
  ) {
    let taken = observations
    observations = Observations()
    var collector = Collector(source: source, observations: taken)
    // They are few, and somebody chose them.
    collector.isInFull = true
    for exchange in exchanges { collector.emit(exchange, format) }
    var coverage = collector.coverage
    note(&coverage)
    collector.observations.coverage[source, default: Coverage()].absorb(coverage)
    observations = collector.observations
  }
}
