internal import Evidence

/// Which requests come from one program, although an address holds several: a scanner or a visitor
/// behind the same NAT gateway as a good client is told apart.
///
/// Where the edge logs the client's port, a keep-alive connection carries requests of one program
/// only (ports are reused: a pause of a minute and a half ends a connection). Where it logs the
/// length of requests, those of one address and user agent that carry credentials and have the same
/// length but for the target hold the same headers and a token of the same make.
struct Programs {
  struct Track {
    var last: Instant
    /// Requests to applications, health checks not counted.
    var requests = 0
    var served = 0
    /// Its first request to an application; -1 none.
    var opening = -1
    /// Token calls (exchange indices, in order of time) whose answer it most likely uses: its next
    /// request came right after them.
    var tokenCalls: [Int32] = []
  }

  /// Whether ports or lengths are logged and identify programs.
  private(set) var tell = false
  /// By the client's port, not by lengths.
  private(set) var isByPort = false
  private var ofExchange: [Int32] = []
  private(set) var all: [Track] = []

  init() {}

  /// - Parameter credentials: whether requests carried some, by log or length.
  init(_ briefs: [Brief], _ outlines: [Outline], _ credentials: [Seen]) {
    let count = briefs.count
    var ports = 0
    var lengths = 0
    for o in outlines {
      if o.port > 0 { ports += 1 }
      if o.hasLength { lengths += 1 }
    }
    isByPort = ports * 10 >= count * 8
    guard count > 0, isByPort || lengths * 10 >= count * 8 else { return }
    // Which exchanges tell, and of what.
    var rows: [Int32] = []
    var keys: [UInt64] = []
    for (i, b) in briefs.enumerated() {
      let o = outlines[i]
      if isByPort {
        guard o.port > 0 else { continue }
        keys.append(Numbering.key(b.client, Int32(o.port)))
      } else {
        guard b.endpoint == .none, o.hasLength, !b.isProbe, credentials[i] == .present
        else { continue }
        keys.append(Numbering.key(b.actor, o.length))
      }
      rows.append(Int32(truncatingIfNeeded: i))
    }
    var table = Numbering()
    var places: [Int32] = []
    places.reserveCapacity(keys.count)
    for begin in stride(from: 0, to: keys.count, by: Programs.atOnce) {
      places += table.numbers(of: keys[begin..<min(begin + Programs.atOnce, keys.count)])
      // Without ports each is a program of its own, and each row a request to an application.
      if !isByPort, rows.count < table.count * Programs.fewest { return }
    }
    /// By key.
    var open: [Int32] = []
    // Only what is written to becomes memory; growing by doubling moves all of it.
    open.reserveCapacity(table.count)
    all.reserveCapacity(table.count)
    ofExchange = [Int32](repeating: -1, count: count)
    for (row, number) in zip(rows, places) {
      let i = Int(row)
      let b = briefs[i]
      let place = Int(number)
      if place == open.count { open.append(-1) }
      var id = open[place]
      if id < 0 || isByPort && b.start - all[Int(id)].last > 90 {
        id = Int32(truncatingIfNeeded: all.count)
        all.append(Track(last: b.end))
        open[place] = id
      }
      ofExchange[i] = id
      all[Int(id)].last = max(all[Int(id)].last, b.end)
      guard b.endpoint == .none, !b.isProbe else { continue }
      all[Int(id)].requests += 1
      if all[Int(id)].opening < 0 { all[Int(id)].opening = i }
      if b.isSuccess { all[Int(id)].served += 1 }
    }
    let used = all.count { $0.requests > 0 }
    let requests = all.reduce(0) { $0 + $1.requests }
    tell = used > 0 && requests >= used * Programs.fewest
  }

  /// Requests of each program, on the average, without which nothing is told.
  private static let fewest = 3
  /// Rows that are numbered at once.
  private static let atOnce = 1 << 12

  /// The track of an exchange; `nil` where nothing tells.
  func of(_ i: Int) -> Int32? {
    tell && ofExchange[i] >= 0 ? ofExchange[i] : nil
  }

  /// What kind of program sent a request, by what else it asked.
  enum Kind: UInt8 {
    /// Neither port nor length, or too few requests to tell.
    case unknown
    /// Several requests, and no service ever accepted one.
    case neverServed
    /// Other requests of it were served.
    case served
  }

  func kind(_ i: Int) -> Kind {
    guard let id = of(i) else { return .unknown }
    let c = all[Int(id)]
    if c.served > 0 { return .served }
    return c.requests >= 3 ? .neverServed : .unknown
  }

  /// Assigns each good token call to the program that most likely uses its answer: the one that made
  /// the call, else the one whose first request follows, else the next that speaks.
  /// `following` gives the client's requests to applications in the three seconds after a call.
  mutating func assign(tokenCalls: [Int], following: (Int) -> [Int]) {
    guard tell else { return }
    for call in tokenCalls {
      let own = Int(ofExchange[call])
      if own >= 0, all[own].requests > 0 {
        all[own].tokenCalls.append(Int32(truncatingIfNeeded: call))
        continue
      }
      let next = following(call).filter { ofExchange[$0] >= 0 }
      let opened = next.first { all[Int(ofExchange[$0])].opening == $0 }
      if let user = opened ?? next.first {
        all[Int(ofExchange[user])].tokenCalls.append(Int32(truncatingIfNeeded: call))
      }
    }
  }
}
