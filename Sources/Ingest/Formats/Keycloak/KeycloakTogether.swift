internal import ByteScan
internal import Evidence

/// Keycloak's JSON lines one behind the other, some at a time: their texts are looked up together, so that memory is
/// waited for once for all of them.
extension KeycloakJSON {
  package static func passOver(
    _ s: Span<UInt8>, _ from: Int, beginningBefore limit: Int, _ reader: inout LineReader,
    _ sink: inout Sink
  ) -> Int {
    var lines: [RecalledLine] = []
    lines.reserveCapacity(LineShapes.slots)
    var at = from
    repeat {
      let next = gather(s, at, limit, &reader, &lines)
      read(lines, s, reader.memory.shapes, &sink)
      for line in lines {
        let read = ReadLine(format: format, time: line.time, isMessage: !line.isEvent)
        reader.note(read, 0, false, line.context, 0, &sink)
      }
      reader.passed(lines.count, next - at)
      at = next
    } while lines.count == LineShapes.slots
    return at
  }

  /// Finds the values of lines of known shapes, as many as there are slots; where the first other line begins.
  private static func gather(
    _ s: Span<UInt8>, _ from: Int, _ limit: Int, _ reader: inout LineReader,
    _ lines: inout [RecalledLine]
  ) -> Int {
    lines.removeAll(keepingCapacity: true)
    var at = from
    while at < limit, lines.count < LineShapes.slots {
      let newline = reader.memory.marks.takeLine(at)
      guard newline > at, let context = reader.contextAhead(lines.count) else { break }
      let to = s[newline &- 1] == 13 ? newline &- 1 : newline
      reader.memory.shapes.slot = lines.count
      guard reader.isLikeBefore(s, at, to),
        let line = RecalledLine(s, at, to, context, &reader.memory)
      else { break }
      lines.append(line)
      at = newline &+ 1
    }
    return at
  }

  private static func read(
    _ lines: [RecalledLine], _ s: Span<UInt8>, _ shapes: borrowing LineShapes, _ sink: inout Sink
  ) {
    var wanted = sink.takeWantedTexts()
    for k in lines.indices where lines[k].isEvent { want(s, shapes, k, &wanted) }
    sink.intern(s, &wanted)
    var next = 0
    for k in lines.indices where lines[k].isEvent {
      _ = readEvent(lines[k], s, shapes, k, wanted, &next, &sink)
    }
    sink.giveBack(&wanted)
  }
}
