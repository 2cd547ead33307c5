internal import Evidence

/// Whether the requests of a group carried credentials, in words that say how one knows; with the lines.
struct Sent {
  let text: String
  let lines: [Citation]
  /// Served requests of the same program, with whose length theirs is compared.
  let others: [Citation]
  /// What the lines say without those.
  let alone: String

  private init(
    _ text: String, _ lines: [Citation], _ others: [Citation] = [], alone: String? = nil
  ) {
    self.text = text
    self.lines = lines
    self.others = others
    self.alone = alone ?? text
  }

  static func of(_ group: Group, _ scene: Scene) -> Sent {
    let isPresent = group.circumstances.credentials == .present
    let rows = Signals.spread(group.rows, 3, scene)
    let first = scene.exchange(rows.first ?? group.rows[0])
    if first.request.authorization != .unknown {
      let own = rows.filter { scene.exchange($0).request.authorization != .unknown }
      let isWire = first.request.hop == .wire
      return Sent(
        isWire
          ? "the captured requests carry \(isPresent ? "an" : "no") Authorization header"
          : "the log shows \(isPresent ? "an" : "no") Authorization header in these requests",
        OtherSide.lines(own, scene))
    }
    let legs = rows.compactMap { leg(of: scene.exchange($0), scene)?.citation }
    if !legs.isEmpty, leg(of: first, scene) != nil {
      return Sent(
        "the captured requests carry \(isPresent ? "an" : "no") Authorization header", legs)
    }
    let lines = OtherSide.lines(rows, scene)
    if scene.pages.isTokenless(rows.first ?? group.rows[0]) {
      return Sent(
        "a browser asked for a page or a part of one, which it does without an Authorization header",
        lines)
    }
    if isPresent {
      return Sent(
        "these requests are about as long as served ones of the same program, so that they held a token by estimate",
        lines, OtherSide.servedOfAgent(group, scene),
        alone: "these requests are long enough to hold a token, by estimate")
    }
    let longer = OtherSide.servedOfAgent(
      group, scene, longerThan: first.request.lengthWithoutTarget)
    return Sent(
      "these requests are shorter than a served one of the same program, so that they held no token by estimate",
      lines, longer, alone: "these requests are too short to hold a token, by estimate")
  }

  /// The captured leg that shows the header, or that it is not there.
  private static func leg(of e: Exchange, _ scene: Scene) -> Request? {
    if e.wire >= 0, scene.file.legs[Int(e.wire)].authorization != .unknown {
      return scene.file.legs[Int(e.wire)]
    }
    if e.wireInner >= 0, scene.file.legs[Int(e.wireInner)].authorization == .present {
      return scene.file.legs[Int(e.wireInner)]
    }
    return nil
  }
}
