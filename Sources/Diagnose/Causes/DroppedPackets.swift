internal import Evidence

/// Packets silently dropped.
enum DroppedPackets: WeighedCause {
  static let page = CausePage(
    cause: .netpolDrop,
    title: "Packets silently dropped",
    summary:
      "A policy, firewall or routing fault keeps two parties apart without an answer.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(-0.4)
    let syn = Wire.unanswered(group, scene)
    if !syn.isEmpty { w.add(4, "SYNs went unanswered on the wire", syn) }
    if let t = profile.trouble, group.endpoint.isKeycloak {
      guard t.kind == .dropped || t.kind == .timedOut else { return nil }
      w.add(
        t.kind == .dropped ? 3 : 0.8, "the edge's calls to Keycloak time out",
        t.proof + Signals.rows(group, scene))
      if TroubleFinder.healsInRetransmissionRhythm(t, scene) {
        w.note(1.2, "the first answers afterwards took a multiple of 1.02 s: SYN retransmission")
      }
      if Health.keycloakServesOthers(t, scene) {
        w.note(1.0, "Keycloak served other callers meanwhile")
      }
      return w
    }
    guard Signals.isApplication(group) else { return nil }
    if let s = group.answer.statement, AnswerReading.telling(s) >= 2 {
      if s == .callUnreachable || s == .callReset { return nil }
      guard
        [
          .callTimedOut, .keysUnavailable, .callFailed, .authRequestUnexpectedStatus,
          .authServiceCallFailed,
        ].contains(s)
      else {
        return Inherited.weigh(group, profile, scene, [.dropped, .timedOut], &w)
      }
      if s == .callTimedOut {
        w.add(
          2.2, "the call to Keycloak timed out: “\(Signals.shorten(group.answer.words))”",
          group.answer.citations)
      }
    } else if !Signals.isMute(group) {
      return nil
    }
    let unreachable = Contrast.kinWords(group, scene, [.callUnreachable])
    if !unreachable.isEmpty {
      w.add(-3.5, "other calls of the window end with “no route to host”", unreachable)
    }
    if let t = profile.trouble, profile.inTrouble * 2 > group.count {
      return Inherited.weigh(group, profile, scene, [.dropped, .timedOut], &w, trouble: t)
    }
    if let timeout = profile.timeout {
      w.add(
        2.4, "the answers come just above \(timeout) s: somebody's timeout",
        Signals.rows(group, scene))
      if Health.keycloakServed(profile, scene) {
        w.note(1.2, "the edge's own calls to Keycloak were served meanwhile")
      }
      if profile.sufferers.isEmpty { w.note(0.3, "this service only") }
      if profile.hasQuickOnes { w.note(-0.9, "some are refused at once") }
    } else if group.answer.statement == nil || Signals.isMute(group) {
      guard profile.isQueue else { return nil }
      w.add(
        1.8, "the answers queue at whole seconds: one key fetch after another times out",
        Signals.rows(group, scene))
    }
    return w
  }
}
