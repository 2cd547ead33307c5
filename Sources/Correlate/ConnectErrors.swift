internal import Evidence

/// Apache writes two lines of a connection that it could not make: one with the system's error and without the client
/// (`(111)Connection refused: AH00957: http: attempt to connect to 10.0.0.2:80 (sso) failed`), then one with the
/// client and without the error (`[client 10.0.0.7:5] AH01114: HTTP: failed to make connection to backend: sso`).
/// The first is given the client of the second; both come of one thread, within microseconds.
///
/// <https://github.com/apache/httpd/blob/2.4.x/modules/proxy/proxy_util.c>, `ap_proxy_connect_backend`, and
/// `mod_proxy_http.c`.
enum ConnectErrors {
  private struct Place: Hashable {
    var source: UInt16
    var writer: Symbol
  }
  /// Seconds between the two lines.
  private static let longest = 0.5
  /// Lines with an error that wait for their client at one time.
  private static let most = 1000

  /// - Returns: the places of messages that were given a client.
  static func join(_ file: inout CaseFile) -> Set<Int> {
    var lent: Set<Int> = []
    var waiting: [Place: [Int]] = [:]
    let order = file.observations.messages.indices.filter {
      let m = file.observations.messages[$0]
      return m.format == .apacheError && m.time.isKnown
    }.sorted {
      file.observations.messages[$0].citation < file.observations.messages[$1].citation
    }
    for m in order {
      let message = file.observations.messages[m]
      let place = Place(source: message.citation.source, writer: message.writer)
      if NamelessErrors.isOne(message), file.text(message.text).contains("AH00957") {
        waiting[place, default: []].append(m)
        if let count = waiting[place]?.count, count > most {
          waiting[place]?.removeFirst(most / 2)
        }
      } else if message.statement == .other, !message.client.isNone,
        var open = waiting[place], file.text(message.text).contains("AH01114")
      {
        open.removeAll { message.time - file.observations.messages[$0].time > longest }
        let host = file.text(message.peer)
        let found = open.firstIndex {
          let error = file.observations.messages[$0]
          return host.isEmpty || file.text(error.peer).hasPrefix(host)
            || file.text(error.text).contains("(" + host)
        }
        if let found {
          let error = open.remove(at: found)
          file.observations.messages[error].client = message.client
          lent.insert(error)
        }
        waiting[place] = open
      }
    }
    return lent
  }
}
