internal import Evidence

/// The stretch in which the whole kin of a group fails: from its first row on until its last, single
/// early rows (first calls of somebody) left out.
struct Stretch: Sendable {
  var first = Instant.unknown
  var last = Instant.unknown
  /// Rows of the kin in it; 0 where there is no such stretch.
  var count = 0
  /// Clients that fail alike in it, and those who do or are served.
  var clients = 0
  var active = 0
  /// Clients that get this very answer three times or more, in the stretch or not.
  var frequentClients = 0
  var servedBefore = 0
  var servedAfter = 0

  /// By class of kin.
  static func all(_ scene: Scene) -> [Stretch] {
    scene.crew.map(scene.kinships.classes.count) { kin in
      Stretch(Int32(truncatingIfNeeded: kin), scene)
    }
  }

  private init(_ kin: Int32, _ scene: Scene) {
    let kinRows = scene.kinships.rows[Int(kin)]
    let served = scene.servedByParty[Int(scene.kinships.classes[Int(kin)].party)]
    let clientCount = scene.visitors.count
    var counts = NumberTable(numbers: clientCount, expected: kinRows.count)
    for i in kinRows where counts.add(scene.visitor(i)) == 3 {
      frequentClients += 1
    }
    // The densest stretch: longest run of kin failures with hardly any token-bearing success within.
    var best: (from: Int, to: Int, count: Int)?
    var start = -1
    var run = 0
    var good = 0
    var next = 0
    for j in kinRows where !scene.briefs[j].isProbe {
      while next < served.count, served[next] < j {
        next += 1
        good += 1
        if good * 4 > run + 1 {
          start = -1
          run = 0
          good = 0
        }
      }
      if start < 0 {
        start = j
        run = 0
        good = 0
      }
      run += 1
      if run > (best?.count ?? 0) { best = (start, j, run) }
    }
    guard let best else { return }
    count = best.count
    first = scene.briefs[best.from].start
    last = scene.briefs[best.to].end
    (_, clients, active) = scene.turnout(of: kin, first, last)
    // Of those that do not start within.
    for j in served {
      let e = scene.briefs[j]
      guard e.start < first || e.start > last else { continue }
      if e.end < first { servedBefore += 1 } else { servedAfter += 1 }
    }
  }

  init() {}
}
