internal import ByteScan
internal import Evidence

/// Whose shape one is in `GlanceMemory.shapes` (`LineShape.note`).
enum ShapeOwner: UInt8 {
  case envoyJSON, traefikJSON, caddyAccess
  case keycloakEvent, keycloakCounted
}

/// A plain success in one of the layouts of JSON access lines, by the shape of a line before it: what is
/// counted of it.
struct AccessShape {
  /// What the values of a shape are.
  enum Role: UInt8 {
    case other, status, path, time, duration
    /// Hold where those above are not there.
    case secondPath, secondTime
  }

  var status: UInt16
  var time: LineShapes.Place
  var duration: LineShapes.Place?

  /// `nil` for what is no plain success on a plain path, for lines of no known shape, and in doubt.
  @inline(__always)
  init?(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory, _ owner: ShapeOwner
  ) {
    guard memory.shapes.find(s, from, to, memory.marks), memory.shapes.note == owner.rawValue,
      let code = AccessShape.first(.status, memory.shapes),
      let status = StatusCode.plain(s, code.from, code.to),
      let path = AccessShape.first(.path, or: .secondPath, memory.shapes),
      path.from < path.to, s[path.from] == UInt8(ascii: "/"),
      !Route.isOAuth(s, path.from, path.to),
      let time = AccessShape.first(.time, or: .secondTime, memory.shapes),
      ZoneProbe.zoneless(s, from, to) == nil
    else { return nil }
    self.status = status
    self.time = time
    duration = memory.shapes.first(Role.duration.rawValue)
  }

  /// For layouts with an RFC 3339 stamp of the start; `microseconds` of a duration as it is written.
  @inline(__always)
  static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory, _ owner: ShapeOwner,
    microseconds: (Int64) -> Int64
  ) -> Glance? {
    guard let line = AccessShape(s, from, to, &memory, owner),
      let stamp = TimeStamp.iso(s, line.time.from, line.time.to), stamp.hasZone
    else { return nil }
    let duration = line.duration.map { microseconds(Int64(Bytes.number(s, $0.from, $0.to))) }
    let start = Instant(nanoseconds: stamp.nanoseconds)
    return Glance(status: line.status, time: Request.end(start, duration: duration ?? -1))
  }

  @inline(__always)
  private static func first(
    _ role: Role, or second: Role? = nil, _ shapes: borrowing LineShapes
  ) -> LineShapes.Place? {
    shapes.first(role.rawValue) ?? second.flatMap { shapes.first($0.rawValue) }
  }

  /// Keeps the shape of a line of `owner`'s; `role` says what a value is, `nil`: it stays as it is.
  static func learn(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory, _ owner: ShapeOwner,
    _ role: (JSONShape.Item) -> Role?
  ) {
    memory.shapes.learn {
      var values: [LineShape.Value] = []
      var roles: [Role] = []
      var isClear = true
      let isWhole = JSONShape.walk(s, from, to) { item in
        guard let role = role(item) else { return }
        if role != .other {
          // The last one of a name counts; nobody writes two.
          if roles.contains(role) { isClear = false }
          roles.append(role)
        }
        if let value = LineShape.Value(item.value, role: role.rawValue) { values.append(value) }
      }
      // What a line begins with tells wrappers (`LineReader.head`).
      guard isWhole, isClear, let first = values.first, first.start >= from + 8 else { return nil }
      guard var shape = LineShape(s, from, to, values) else { return nil }
      shape.note = owner.rawValue
      return shape
    }
  }
}
