internal import Evidence

/// How long answers took, told with the lines that say so.
enum TimesTaken {
  struct Told {
    /// `28 to 39 ms`; empty where no line tells.
    var took = ""
    var lines: [Citation] = []

    init(_ rows: [Int], _ scene: Scene) {
      let known = rows.filter { scene.exchange($0).request.duration >= 0 }
      lines = OtherSide.lines(known, scene)
      let times = known.map { scene.exchange($0).request.duration }
      if let least = times.min(), let most = times.max() { took = TimesTaken.span(least, most) }
    }
  }

  private static let mostRows = 1000

  /// Three refusals of different clients that took about as long as most of a group.
  static func usual(of group: Group, _ profile: Profile, _ scene: Scene) -> Told {
    func usual(_ rows: some Sequence<Int>) -> [Int] {
      rows.prefix(mostRows).filter { isUsual($0, profile.median, scene) }
    }
    var rows =
      profile.first.isKnown
      ? usual(scene.within(scene.kinships.rows[Int(group.kin)], profile.first, profile.last)) : []
    if rows.isEmpty { rows = usual(group.rows) }
    return Told(Signals.spread(rows, 3, scene), scene)
  }

  /// Two refusals that took less than a tenth of a second, of a group or of its like in these seconds.
  static func quick(of group: Group, _ profile: Profile, _ scene: Scene) -> Told {
    guard profile.first.isKnown else { return Told([], scene) }
    let kin = scene.within(
      scene.kinships.rows[Int(group.kin)], profile.first.advanced(seconds: -5),
      profile.last.advanced(seconds: 5))
    let own = kin.prefix(mostRows).filter {
      (0..<100_000).contains(scene.exchange($0).request.duration)
    }
    return Told(Signals.spread(own, 2, scene), scene)
  }

  /// A good answer of a party that took about as long as most of its good answers.
  static func served(at party: Int32, _ profile: Profile, _ scene: Scene) -> Told {
    let median = profile.servedMedian
    guard median >= 0 else { return Told([], scene) }
    let good = scene.servedByParty[Int(party)].prefix(mostRows)
    let best = good.min { distance($0, median, scene) < distance($1, median, scene) }
    return Told(best.map { [$0] } ?? [], scene)
  }

  /// Two good answers of the end-point that a group asks.
  static func served(like group: Group, _ scene: Scene) -> Told {
    let good = scene.servedByParty[Int(group.party)].prefix(mostRows).filter {
      scene.briefs[$0].endpoint == group.endpoint && scene.exchange($0).request.duration >= 0
    }
    return Told(Signals.spread(good, 2, scene), scene)
  }

  private static func distance(_ i: Int, _ median: Int64, _ scene: Scene) -> Int64 {
    let duration = scene.exchange(i).request.duration
    return duration < 0 ? .max : abs(duration - median)
  }

  /// Between two thirds of a time and half as much more.
  private static func isUsual(_ i: Int, _ median: Int64, _ scene: Scene) -> Bool {
    let duration = scene.exchange(i).request.duration
    return duration >= 0 && duration * 3 >= median * 2 && duration * 2 <= median * 3
  }

  /// Microseconds in words: milliseconds below one second, tenths above.
  static func span(_ least: Int64, _ most: Int64) -> String {
    let a = number(least)
    let b = number(most)
    if a == b { return a.text + a.unit }
    return a.unit == b.unit
      ? "\(a.text) to \(b.text)\(b.unit)" : "\(a.text)\(a.unit) to \(b.text)\(b.unit)"
  }

  private static func number(_ time: Int64) -> (text: String, unit: String) {
    if time < 999_500 { return ("\((time + 500) / 1000)", " ms") }
    let tenths = (time + 50_000) / 100_000
    return ("\(tenths / 10).\(tenths % 10)", " s")
  }
}
