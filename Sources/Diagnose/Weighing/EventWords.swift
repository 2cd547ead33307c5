internal import Evidence

/// What Keycloak's own event says of a refusal by Keycloak: where nothing else weighs, its words do. Userinfo and the
/// Admin REST interface check tokens as a service does, and name the reason in the event.
enum EventWords {
  /// Causes that the event of a group proposes, so weighed that their shares are those of the meaning.
  static func weights(_ group: Group, _ scene: Scene) -> [(cause: CauseID, weight: Weight)] {
    guard group.endpoint.isKeycloak, !group.circumstances.eventError.isNone,
      let event = group.rows.lazy.compactMap({ scene.event(scene.exchange($0).event) }).first,
      let meaning = EventMeanings.of(EventMeanings.Event(event, scene))
    else { return [] }
    let rest = max(0.02, 1 - meaning.proposals.reduce(0) { $0 + $1.share })
    let reason = scene.text(event.reason)
    return meaning.proposals.map { cause, share in
      var weight = Weight()
      weight.add(
        .keycloakEventMeans, times: Math.log(share / rest),
        "Keycloak's event says \(scene.text(event.error))"
          + (reason.isEmpty ? "" : ": “\(Signals.shorten(reason))”"),
        Signals.events(group, scene))
      return (cause, weight)
    }
  }
}

extension EventMeanings.Event {
  init(_ e: TokenEvent, _ scene: Scene) {
    self.init(
      type: scene.text(e.type), error: scene.text(e.error),
      reason: scene.text(e.reason).lowercased(), client: scene.text(e.client),
      redirectURI: scene.text(e.redirectURI))
  }
}
