internal import Evidence

/// Answers of Keycloak's that reached the edge and that it did not pass on, by what its access log tells of them.
enum UnusableAnswers {
  /// All that an edge shows to have had too large a head, though no line says so.
  static func find(_ scene: Scene) -> Set<Int> {
    amongGood(scene).union(slowAsGood(scene))
  }

  /// The edge got an answer that it could not take: HAProxy's PH, invalid, incomplete or blocked
  /// (<https://docs.haproxy.org/3.0/configuration.html#8.5>), Envoy's UPE, an upstream protocol error.
  static func isUnreadable(_ r: Request, _ scene: Scene) -> Bool {
    guard r.status == 502 else { return false }
    if r.format.isHAProxy { return scene.text(r.detail).hasPrefix("PH") }
    return scene.text(r.detail).contains("protocol_error")
      || !r.flags.isNone && scene.text(r.flags).split(separator: ",").contains("UPE")
  }

  /// Of answers that the edge could not take: those of a spell in which it took others from Keycloak. A TLS that
  /// does not work is in the way of all.
  private static func amongGood(_ scene: Scene) -> Set<Int> {
    var found: Set<Int> = []
    var spell: [Int] = []
    var isGoodSeen = false
    var isAmongGood = false
    func close() { if isAmongGood { found.formUnion(spell) } }
    for (i, b) in scene.briefs.enumerated() where b.endpoint.isKeycloak {
      if b.isSuccess {
        isGoodSeen = true
      } else if b.status == 502, isUnreadable(scene.exchange(i).request, scene) {
        if let last = spell.last, b.start - scene.briefs[last].end < TroubleFinder.gap {
          isAmongGood = isAmongGood || isGoodSeen
          spell.append(i)
        } else {
          close()
          spell = [i]
          isAmongGood = false
        }
        isGoodSeen = false
      }
    }
    close()
    return found
  }

  // MARK: nginx without its error log

  /// Whether nothing but the status tells of a row, and the edge is nginx or made of it: its buffer for an answer's
  /// head is a page, and it writes the same for an answer that does not fit and for nobody there.
  static func isMute(_ i: Int, _ scene: Scene) -> Bool {
    guard scene.briefs[i].status == 502, scene.file.messages[i] == nil else { return false }
    switch scene.exchange(i).request.format {
    case .nginxIngress, .nginxCombined, .nginxJSON, .nginxProxyManager, .kongJSON, .apisixAccess,
      .user:
      return true
    default: return false
    }
  }

  /// Fewer rows have no pattern.
  private static let fewest = 5
  /// Microseconds: who is refused a connection is so sooner.
  private static let shortest: Int64 = 3000

  /// How long some calls took, in microseconds.
  private struct Durations {
    let low: Int64
    let high: Int64

    init?(_ all: [Int64]) {
      guard all.count >= fewest, all.allSatisfy({ $0 >= 0 }) else { return nil }
      let sorted = all.sorted()
      low = sorted[sorted.count / 10]
      high = sorted[sorted.count - 1 - sorted.count / 10]
    }

    /// Of good answers of an end-point.
    init?(ofGood endpoint: Endpoint, _ scene: Scene) {
      self.init(
        scene.briefs.indices.compactMap { i in
          let b = scene.briefs[i]
          guard b.endpoint == endpoint, b.status > 0, b.status < 400 else { return nil }
          return scene.file.exchanges.requests[i].duration
        })
    }

    /// Takes as long as those do, and varies as work does: a connection that fails takes nothing, or always the same.
    func isLike(_ good: Durations) -> Bool {
      low >= shortest && low * 2 >= good.low && high <= good.high * 2 && high * 2 >= low * 3
    }
  }

  /// Mute failures of one end-point, of a spell in which no other fails, that take as long as its good answers do:
  /// Keycloak gave those answers, too.
  private static func slowAsGood(_ scene: Scene) -> Set<Int> {
    var spells: [[Int]] = []
    for (i, b) in scene.briefs.enumerated() where b.status >= 500 && b.endpoint.isKeycloak {
      if let last = spells.last?.last, b.start - scene.briefs[last].end < TroubleFinder.gap {
        spells[spells.count - 1].append(i)
      } else {
        spells.append([i])
      }
    }
    var found: Set<Int> = []
    // Of few end-points, if of any, the good answers are asked for.
    var good: [Endpoint: Durations?] = [:]
    for spell in spells {
      let endpoint = scene.briefs[spell[0]].endpoint
      let mute = spell.filter { isMute($0, scene) }
      guard spell.allSatisfy({ scene.briefs[$0].endpoint == endpoint }), !isStopped(spell, scene),
        let own = Durations(mute.map { scene.exchange($0).request.duration })
      else { continue }
      let usual = good[endpoint] ?? Durations(ofGood: endpoint, scene)
      good[endpoint] = .some(usual)
      if let usual, own.isLike(usual) { found.formUnion(mute) }
    }
    return found
  }

  private static func isStopped(_ spell: [Int], _ scene: Scene) -> Bool {
    !Signals.messages(
      [.keycloakStopping, .keycloakStopped, .keycloakStarting, .keycloakStarted, .containerKilled],
      scene.briefs[spell[0]].start, scene.briefs[spell[spell.count - 1]].end, margin: 20, scene
    ).isEmpty
  }
}
