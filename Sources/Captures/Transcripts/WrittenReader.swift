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
    return transcript.exchanges.isEmpty ? text : transcript.rest
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
