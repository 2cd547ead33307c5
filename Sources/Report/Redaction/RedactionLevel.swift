package import Evidence

/// How much of people a report shows. Secrets (tokens, passwords, cookies) are no matter of level:
/// they were masked before anything was stored.
package enum RedactionLevel: String, CaseIterable, Sendable {
  /// Names and addresses as read.
  case none
  /// User names and mail addresses become `user-1`, …
  case users
  /// Addresses too: `ip-1`, …
  case all
}

extension Report {
  /// The same report with pseudonyms, numbered by first appearance: findings first, then failures.
  package func redacted(_ level: RedactionLevel) -> Report {
    guard level != .none else { return self }
    var known = Set(findings.flatMap { $0.users.map(\.name) })
    for finding in findings { known.formUnion(finding.lifeLine.map(\.user)) }
    for failure in failures where !failure.remoteUser.isNone {
      known.insert(symbols.text(failure.remoteUser))
    }
    known.subtract(["", "-"])
    var names = Pseudonyms(knownUsers: known, hidesAddresses: level == .all)
    var copy = self
    copy.redaction = level.rawValue
    copy.findings = findings.map { $0.redacted(&names) }
    for i in copy.notes.indices { copy.notes[i].text = names.text(notes[i].text) }
    for i in copy.inputs.indices {
      copy.inputs[i].role = names.text(inputs[i].role)
      copy.inputs[i].problems = inputs[i].problems.map { names.text($0) }
    }
    for i in copy.totals.answeredBy.indices {
      copy.totals.answeredBy[i].who = names.text(totals.answeredBy[i].who)
    }
    copy.redactFailures(&names)
    return copy
  }

  /// Rewrites every text a row can show, and drops all other texts with the old table.
  private mutating func redactFailures(_ names: inout Pseudonyms) {
    var fresh = SymbolTable()
    var map: [Symbol: Symbol] = [:]
    func change(_ symbol: inout Symbol, isUser: Bool = false) {
      guard !symbol.isNone else { return }
      if let known = map[symbol] {
        symbol = known
        return
      }
      let old = symbols.text(symbol)
      let new = fresh.intern(isUser && old != "-" ? names.user(old) : names.text(old))
      map[symbol] = new
      symbol = new
    }
    for i in failures.indices {
      var f = failures[i]
      change(&f.client)
      change(&f.remoteUser, isUser: true)
      change(&f.method)
      change(&f.host)
      change(&f.path)
      change(&f.route)
      change(&f.requestID)
      change(&f.traceID)
      for field in [
        \Request.userAgent, \.service, \.upstreamAddress, \.detail, \.flags, \.challenge, \.reason,
        \.oauthClient, \.writer, \.location,
      ] {
        f[keyPath: field] = .none
      }
      failures[i] = f
    }
    symbols = fresh
  }
}

extension Finding {
  fileprivate func redacted(_ names: inout Pseudonyms) -> Finding {
    func changed(_ claim: CitedClaim) -> CitedClaim {
      CitedClaim(
        names.text(claim.text), claim.citations[0], Array(claim.citations.dropFirst()))
    }
    let title = names.text(self.title)
    let claims = supports.map(changed)
    var copy = Finding(
      cause: cause, title: title, confidence: confidence, proof: claims[0],
      more: Array(claims.dropFirst()))
    copy.id = id
    copy.statuses = statuses
    copy.first = first
    copy.last = last
    copy.answeredBy = names.text(answeredBy)
    copy.routes = routes.map { (names.text($0.name), $0.count) }
    copy.clients = clients.map { (names.text($0.name), $0.count) }
    copy.users = users.map { (names.user($0.name), $0.count) }
    copy.against = against.map(changed)
    copy.hops = hops.map(changed)
    copy.lifeLine = lifeLine.map {
      LifeEvent(offset: $0.offset, claim: changed($0.claim), user: names.user($0.user))
    }
    copy.remarks = remarks.map { names.text($0) }
    if let rival = runnerUp {
      copy.runnerUp = RunnerUp(
        cause: rival.cause, share: rival.share, separatedBy: names.text(rival.separatedBy))
    }
    copy.fix = fix.map { names.text($0) }
    copy.verify = verify.map { names.text($0) }
    copy.missing = missing.map {
      MissingInput(what: names.text($0.what), command: names.text($0.command))
    }
    copy.clusters = clusters.map { row in
      var row = row
      row.answeredBy = names.text(row.answeredBy)
      row.host = names.text(row.host)
      row.route = names.text(row.route)
      row.service = names.text(row.service)
      row.client = names.text(row.client)
      return row
    }
    copy.isProvisional = isProvisional
    return copy
  }
}
