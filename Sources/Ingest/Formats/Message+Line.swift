internal import Evidence

extension Message {
  /// What every message of a line has: where it stands, who wrote it, and when.
  init(
    _ context: LineContext, _ format: Format, _ time: Instant, _ level: Level = .unknown
  ) {
    self.init(citation: context.citation)
    self.time = time
    self.format = format
    self.level = level
    writer = context.writer
  }
}
