internal import Evidence

/// Refusals that only young tokens meet, and only now and then: of several instances of a service one has
/// a clock that is behind, so that to it a token comes from the future until it is old enough (RFC 7519 §4.1.6,
/// §4.1.5). Such a token was or will be served by the others.
struct YoungTokens: Sendable {
  /// By class of kin: the age, in seconds, that hardly any refused token exceeds; 0 where age makes no difference.
  private(set) var limits: [Double] = []

  /// Fewer refusals tell nothing of ages.
  private static let fewest = 6
  /// As many calls of a service are looked at.
  private static let most = 20_000

  init() {}

  init(_ scene: Scene) {
    let kinships = scene.kinships
    guard scene.hasToken else {
      limits = [Double](repeating: 0, count: kinships.classes.count)
      return
    }
    limits = scene.crew.map(kinships.classes.count) { kin in
      let size = kinships.classes[kin]
      let rows = kinships.rows[kin]
      guard size.status == 401, rows.count >= Self.fewest,
        scene.file.parties[Int(size.party)].kind == .application
      else { return 0 }
      return Self.limit(rows, size.party, scene) ?? 0
    }
  }

  private struct Call {
    var time: Instant
    var age: Double
    var route: Symbol
    var actor: Int32
    /// The same token is served as well.
    var isServedToo: Bool
  }

  private static func limit(_ rows: Rows, _ party: Int32, _ scene: Scene) -> Double? {
    // Older ones may be refused for their age.
    let greatest = scene.greatestServedAge(at: party)
    guard greatest > 0 else { return nil }
    let aged = greatest * 0.85
    let refused = rows.prefix(most).compactMap { i -> Call? in
      guard let age = scene.tokenAge(i), age < aged else { return nil }
      let b = scene.briefs[i]
      return Call(
        time: b.start, age: age, route: scene.exchange(i).request.route, actor: b.actor,
        isServedToo: isServedToo(i, scene))
    }
    let both = refused.filter(\.isServedToo)
    let actors = Set(both.map(\.actor))
    guard refused.count >= fewest, both.count * 10 >= refused.count * 3, actors.count >= 2
    else { return nil }
    guard isLasting(refused, scene), areAmongServed(refused, party, scene) else { return nil }
    let ages = refused.map(\.age).sorted()
    let limit = ages[ages.count * 9 / 10]
    guard limit < greatest * 0.6 else { return nil }
    let routes = Set(refused.map(\.route))
    var young = 0
    var old = 0
    for i in scene.servedByParty[Int(party)].prefix(most)
    where actors.contains(scene.briefs[i].actor)
      && routes.contains(scene.exchange(i).request.route)
    {
      guard let age = scene.tokenAge(i), age < aged else { continue }
      if age <= limit { young += 1 } else { old += 1 }
    }
    let refusedYoung = refused.count { $0.age <= limit }
    let share = Double(refusedYoung) / Double(refusedYoung + young)
    let isNowAndThen = share > 0.04 && share < 0.75
    // As many old tokens would be refused if age made no difference.
    let expected = share * Double(old)
    return isNowAndThen && expected >= 6 && Double(refused.count - refusedYoung) < expected * 0.25
      ? limit : nil
  }

  /// A clock is wrong for long; an outage ends.
  private static func isLasting(_ refused: [Call], _ scene: Scene) -> Bool {
    guard let first = refused.first, let last = refused.last else { return false }
    return last.time - first.time > (scene.last - scene.first) * 0.5
  }

  /// Seconds around a refusal in which the service serves somebody.
  private static let around = 5.0

  /// Other instances serve the while.
  private static func areAmongServed(_ refused: [Call], _ party: Int32, _ scene: Scene) -> Bool {
    let served = scene.servedByParty[Int(party)]
    let hits = refused.count { call in
      !scene.within(
        served, call.time.advanced(seconds: -around), call.time.advanced(seconds: around)
      ).isEmpty
    }
    return hits * 10 >= refused.count * 8
  }

  /// Whether the service accepts, before or after, the token it refuses in an exchange.
  private static func isServedToo(_ i: Int, _ scene: Scene) -> Bool {
    let b = scene.briefs[i]
    guard let token = scene.lastToken(before: b.start, for: i) else { return false }
    let from = scene.briefs[token].end
    let calls = scene.tokenCalls(for: i)
    let next = scene.within(calls, b.start, b.end.advanced(seconds: 60)).first { $0 > i }
    let to = next.map { scene.briefs[$0].start } ?? b.end.advanced(seconds: 60)
    return scene.within(scene.byActor[Int(b.actor)], from, to).prefix(400).contains {
      $0 > token && scene.isServed($0, as: i)
    }
  }

  /// Whether a refusal is one of those that only young tokens meet.
  func isRefused(_ i: Int, _ scene: Scene) -> Bool {
    let kin = scene.kinships.of(i)
    guard kin >= 0, Int(kin) < limits.count, limits[Int(kin)] > 0,
      let age = scene.tokenAge(i)
    else { return false }
    return age <= limits[Int(kin)]
  }

  /// The age below which a group's tokens are refused; `nil` where most are not of this kind.
  func limit(_ group: Group, _ scene: Scene) -> Double? {
    guard group.kin >= 0, Int(group.kin) < limits.count, limits[Int(group.kin)] > 0 else {
      return nil
    }
    let rows = group.rows.prefix(500)
    return rows.count { isRefused($0, scene) } * 10 >= rows.count * 6 ? limits[Int(group.kin)] : nil
  }
}
