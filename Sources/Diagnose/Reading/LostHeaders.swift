internal import Evidence

/// Routes on which clients come without credentials from one moment on who sent them there before, and send them
/// elsewhere meanwhile: several programs do not forget the same header at once, something before them took it.
struct LostHeaders: Sendable {
  struct Loss: Sendable {
    var first: Instant
    var last: Instant
    /// Requests without credentials, and the same clients' with some: before on the route, meanwhile elsewhere.
    var lost: [Citation]
    var kept: [Citation]
  }
  /// By class of kin.
  private var losses: [Loss?] = []

  /// Fewer clients may do the same by chance.
  private static let fewest = 4
  /// As many refusals, clients, and calls of a client are looked at.
  private static let mostRows = 4000
  private static let mostClients = 60
  private static let mostCalls = 200
  /// Seconds before its first refusal in which a client was served.
  private static let before = 900.0

  init() {}

  init(_ scene: Scene) {
    losses = scene.crew.map(scene.kinships.classes.count) { kin -> Loss? in
      let size = scene.kinships.classes[kin]
      guard size.status == 401, scene.kinships.rows[kin].count >= Self.fewest,
        scene.file.parties[Int(size.party)].kind == .application
      else { return nil }
      return Self.loss(scene.kinships.rows[kin], scene)
    }
  }

  /// Of a group whose requests came without credentials, or may have.
  func of(_ group: Group, _ scene: Scene) -> Loss? {
    guard group.kin >= 0, group.circumstances.credentials != .present,
      Int(group.kin) < losses.count, let loss = losses[Int(group.kin)]
    else { return nil }
    let within = group.rows.count {
      scene.briefs[$0].start >= loss.first && scene.briefs[$0].start <= loss.last
    }
    return within * 10 >= group.count * 8 ? loss : nil
  }

  private static func loss(_ rows: Rows, _ scene: Scene) -> Loss? {
    var firsts: [Int32: Int] = [:]
    var order: [Int] = []
    for i in rows.prefix(mostRows)
    where scene.credentials[i] == .absent && firsts[scene.briefs[i].actor] == nil
      && !scene.briefs[i].isProbe && !scene.isScanner(i)
    {
      firsts[scene.briefs[i].actor] = i
      order.append(i)
      if order.count == mostClients { break }
    }
    var known: [(row: Int, before: Int)] = []
    for i in order {
      if let before = served(before: i, scene) { known.append((i, before)) }
    }
    guard known.count >= fewest, let first = known.first, let last = known.last else { return nil }
    let start = scene.briefs[first.row].start
    let end = rows.last.map { scene.briefs[$0].end } ?? scene.briefs[last.row].end
    // Of those who come in these minutes most were served so before.
    let came = order.count {
      scene.briefs[$0].start >= start && scene.briefs[$0].start <= scene.briefs[last.row].start
    }
    guard known.count * 10 >= came * 6 else { return nil }
    var kept: [Int] = []
    for (i, _) in known {
      let route = scene.exchange(i).request.route
      let other = scene.within(
        scene.byActor[Int(scene.briefs[i].actor)], start, end
      ).prefix(mostCalls).first {
        scene.briefs[$0].isSuccess && scene.credentials[$0] == .present
          && (scene.exchange($0).request.route != route
            || scene.exchange($0).request.method != scene.exchange(i).request.method)
      }
      if let other { kept.append(other) }
    }
    guard kept.count * 2 >= known.count, kept.count >= fewest - 1 else { return nil }
    return Loss(
      first: start, last: end, lost: OtherSide.lines(known.prefix(2).map(\.row), scene),
      kept: OtherSide.lines([first.before] + kept.prefix(1), scene))
  }

  /// The last good answer to the same client, route and method, to a request with credentials.
  private static func served(before i: Int, _ scene: Scene) -> Int? {
    let b = scene.briefs[i]
    let r = scene.exchange(i).request
    return scene.within(
      scene.byActor[Int(b.actor)], b.start.advanced(seconds: -before), b.start
    ).suffix(mostCalls).last { j in
      scene.briefs[j].isSuccess && scene.briefs[j].party == b.party && j != i
        && scene.credentials[j] == .present && scene.exchange(j).request.route == r.route
        && scene.exchange(j).request.method == r.method
    }
  }
}
