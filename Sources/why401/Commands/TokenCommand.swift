internal import Evidence
internal import Pipeline
internal import Report

/// `why401 token [FILE|-]`: one JWT taken apart on this machine. The signature is never printed.
enum TokenCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    guard invocation.operands.count <= 1 else {
      return Entry.complain(.init(text: "one token at a time"))
    }
    let path = invocation.operands.first ?? "-"
    if isToken(path), !Terminal.exists(path) {
      return Entry.complain(
        .init(
          text: "a token does not belong on a command line, which others can read; give it on"
            + " standard input: why401 token < FILE"))
    }
    if path == "-", Terminal.isTerminal(0) {
      Descriptor.errors().write("why401: paste the token, end with Ctrl-D\n")
    }
    let now: Instant
    switch invocation.value("at").map(Moment.parse) {
    case nil: now = Clock.now
    case .some(nil):
      return Entry.complain(.init(text: "--at wants a time like 2026-03-04T09:15:02Z"))
    case .some(.some(let given)): now = given
    }
    switch WholeFile.read(path, atMost: 1 << 20) {
    case .failure(let error):
      Complaint.say("\(path): \(error.text)")
      return .trouble
    case .success(let bytes):
      let reading = TokenReading(bytes)
      var objections = reading.objections(at: now)
      var signature: SignatureLine?
      if let keys = invocation.value("jwks") {
        switch WholeFile.read(keys, atMost: 1 << 20) {
        case .failure(let error):
          Complaint.say("\(keys): \(error.text)")
          return .trouble
        case .success(let set):
          let line = SignatureLine(bytes, reading, KeySet(set))
          if let objection = line.objection { objections.insert(objection, at: 0) }
          signature = line
        }
      }
      let paint = Paint(isOn: Terminal.wantsColor(invocation.value("color")))
      let text = TokenPage(
        reading: reading, objections: objections, signature: signature, now: now, paint: paint
      ).text
      guard Entry.say(text) == .clean else { return .trouble }
      return objections.contains(where: \.isCertain) ? .findings : .clean
    }
  }

  /// The token itself was given where a file is named: it may not be repeated in a complaint.
  private static func isToken(_ operand: String) -> Bool {
    let bare = operand.hasPrefix("Bearer ") ? operand.dropFirst(7) : operand[...]
    return bare.hasPrefix("eyJ") || bare.utf8.count > 255
      || bare.utf8.count(where: { $0 == 46 }) == 2 && bare.utf8.count > 100
  }
}

/// What `token` prints.
private struct TokenPage {
  let reading: TokenReading
  let objections: [TokenObjection]
  let signature: SignatureLine?
  let now: Instant
  let paint: Paint

  var text: String {
    var lines: [String] = []
    if let defect = reading.defect {
      lines.append(paint(.bold, "Not a JSON Web Token: \(Neutral.text(defect))"))
    } else {
      lines.append(
        paint(
          .bold,
          "JSON Web Token, \(Phrase.count(reading.length, "byte")), judged at \(now.dateAndClock) UTC"
        ))
      lines += section("header", reading.header)
      lines += section("claims", reading.claims)
      lines.append(
        "signature: \(Phrase.count(reading.signatureBytes, "byte")), "
          + (signature.map { Neutral.text($0.text) } ?? "not shown and not checked"))
      for note in signature?.notes ?? [] { lines.append(paint(.dim, "  " + Neutral.text(note))) }
    }
    lines.append("")
    lines.append(
      paint(.bold, objections.isEmpty ? "Nothing in it speaks against it." : "It would be refused:")
    )
    for objection in objections {
      let style: Paint.Style = objection.isCertain ? .boldRed : .yellow
      lines.append(
        "  \(paint(style, objection.cause.rawValue))  \(Neutral.text(objection.text))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ name: String, _ members: [JSONNode.Member]) -> [String] {
    let width = min(24, members.map(\.key.count).max() ?? 0)
    return [paint(.dim, name)]
      + members.map { member in
        let key = Neutral.text(member.key)
        let gap = String(repeating: " ", count: max(1, width + 2 - key.count))
        return "  " + key + gap + Neutral.text(shown(member))
      }
  }

  /// A value, and beside a time how far away it is.
  private func shown(_ member: JSONNode.Member) -> String {
    let text = member.value.text ?? member.value.compact
    guard ["exp", "nbf", "iat", "auth_time"].contains(member.key),
      let seconds = member.value.integer, abs(seconds) < 1 << 33
    else { return text }
    let time = Instant(nanoseconds: Int64(seconds) * 1_000_000_000)
    let past = now - time
    let distance = past >= 0 ? "\(Phrase.duration(past)) ago" : "in \(Phrase.duration(-past))"
    return "\(text)  \(time.rfc3339), \(distance)"
  }
}
