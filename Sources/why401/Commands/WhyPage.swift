internal import Evidence
internal import Pipeline
internal import Report

/// `why401 formats --why FILE:LINE`: the account of one line as text.
enum WhyPage {
  static func run(_ citation: String, _ options: IngestOptions) -> ExitStatus {
    if let mark = citation.lastIndex(of: "#"), mark > citation.startIndex,
      let number = Int(citation[citation.index(after: mark)...]), number > 0
    {
      return say(citation) { () throws(LineAccount.Refusal) in
        try LineAccount.of(exchange: number, of: String(citation[..<mark]), options)
      }
    }
    guard let colon = citation.lastIndex(of: ":"), colon > citation.startIndex,
      let number = Int(citation[citation.index(after: colon)...]), number > 0
    else {
      return Entry.complain(
        .init(text: "--why wants FILE:LINE, lines from 1, not \"\(Neutral.text(citation))\""))
    }
    return say(citation) { () throws(LineAccount.Refusal) in
      try LineAccount.of(number, of: String(citation[..<colon]), options)
    }
  }

  private static func say(
    _ citation: String, _ account: () throws(LineAccount.Refusal) -> LineAccount
  ) -> ExitStatus {
    do throws(LineAccount.Refusal) {
      return Entry.say(text(try account(), Neutral.text(citation)))
    } catch {
      Complaint.say(error.text)
      return .trouble
    }
  }

  private static func text(_ account: LineAccount, _ citation: String) -> String {
    var text = "\(citation)\n"
    if account.pieces.isEmpty {
      for record in account.records { text += fields(record) }
      return text
    }
    text += "  \(foreign(account.line[...]))\n\n"
    if account.begin > 0 { text += row("begins in line", String(account.begin)) }
    let wrappers = account.wrappers.joined(separator: ", ")
    text += row("wrappers", wrappers.isEmpty ? "none" : wrappers)
    for (index, piece) in account.pieces.enumerated() {
      if index > 0 { text += "\n" }
      if index == 0 {
        if piece.time.isKnown { text += row("wrapper time", piece.time.rfc3339) }
        if !piece.writer.isEmpty {
          text += row("writer", foreign(piece.writer[...]))
        }
      }
      if !account.wrappers.isEmpty || account.pieces.count > 1 {
        text += row("text", foreign(piece.text[...]))
      }
      text += row("read as", word(piece.reading))
    }
    for record in account.records { text += fields(record) }
    if !account.others.isEmpty {
      text += "\nOther formats:\n"
      for (format, verdict) in account.others { text += row(format.rawValue, word(verdict)) }
    }
    return text
  }

  private static func word(_ reading: LineAccount.Reading) -> String {
    switch reading {
    case .format(let format): format.rawValue
    case .continuation(let format):
      format == .unparsed ? "continuation, of nothing" : "continuation of \(format.rawValue)"
    case .unfinished: "beginning of a line that goes on; read when its end comes"
    case .unparsed: "unparsed"
    case .part(let format): "part of \(format.rawValue)"
    }
  }

  private static func word(_ verdict: LineAccount.Verdict) -> String {
    switch verdict {
    case .refusedAtOnce: "no: its lines begin otherwise"
    case .refusedReading: "no: something in it does not fit"
    case .reads: "would read it too"
    }
  }

  /// The members of a record of `why401 records`.
  private static func fields(_ record: [UInt8]) -> String {
    guard case .object(let members)? = JSONNode(record),
      let kind = members.first(where: { $0.key == "kind" })?.value.text
    else { return "" }
    var text = "\n" + row("became", kind.replacing("_", with: " "))
    for member in members where member.key != "kind" && member.key != "format" {
      text += row(member.key, Neutral.text(member.value.text ?? member.value.compact))
    }
    return text
  }

  /// Bytes of a line that are shown.
  private static let longest = 4096

  private static func foreign(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: Neutral.bytes(bytes.prefix(longest)), as: UTF8.self)
      + (bytes.count > longest ? "…" : "")
  }

  private static func row(_ name: String, _ value: String) -> String {
    "  " + name + String(repeating: " ", count: max(2, 27 - name.count)) + value + "\n"
  }
}
