internal import ByteScan

/// A log in the W3C's extended format, whose `#Fields:` say what stands where: IIS (also as a reverse proxy, ARR), ASP.NET
/// Core's W3C logger, CloudFront. Each row becomes the line that IIS would write by its default, with the host and the
/// forwarded address behind it (`IISAccess`); directives become empty lines. What is no row stays as it is.
///
/// <https://www.w3.org/TR/WD-logfile.html>,
/// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html>
struct W3CText: FlowRewriter {
  /// Columns in the order of IIS' default, under any of their names; host and forwarded address follow.
  private static let columns: [[String]] = [
    ["date"], ["time"], ["s-ip"], ["cs-method"], ["cs-uri-stem", "cs-uri", "cs-uri-path"],
    ["cs-uri-query"], ["s-port"], ["cs-username"], ["c-ip"], ["cs(user-agent)"],
    ["cs(referer)"], ["sc-status"], ["sc-substatus"], ["sc-win32-status"], ["time-taken"],
    ["x-host-header", "cs-host", "cs(host)"],
    ["x-forwarded-for", "cs(x-forwarded-for)", "original-ip", "x-original-ip"],
  ]
  private static let date = 0
  private static let needed = [1, 3, 4, 11]
  private static let agent = 9
  private static let taken = 14

  /// The place of each column in a row; `nil` for one that the log does not have. Empty: no fields were named.
  private var places: [Int?] = []
  private var width = 0
  /// CloudFront counts seconds, IIS milliseconds.
  private var isInSeconds = false
  /// Of `#Date:`, for rows that have a time alone.
  private var day: [UInt8] = []

  /// Directives, `#Fields:` among them, are the first lines of the text.
  static func begins(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    if Bytes.has("\u{feff}", s, at, to) { at += 3 }
    while at < to, s[at] == UInt8(ascii: "#") {
      let newline = Bytes.findFar(10, s, at, to)
      guard newline > 0 else { return false }
      if Bytes.has("#Fields:", s, at, newline) {
        var log = W3CText()
        log.directive(s, at, newline)
        return !log.places.isEmpty
      }
      at = newline + 1
    }
    return false
  }

  mutating func rewrite(_ s: Span<UInt8>, isLast: Bool, into out: inout [UInt8]) -> Int {
    var start = 0
    while start < s.count {
      let newline = Bytes.findFar(10, s, start, s.count)
      guard newline >= 0 || isLast || s.count - start > LineFeed.longest else { return start }
      let limit = newline < 0 ? s.count : newline
      var end = limit
      if end > start, s[end - 1] == 13 { end -= 1 }
      let from = Bytes.has("\u{feff}", s, start, end) ? start + 3 : start
      if from < end, s[from] == UInt8(ascii: "#") {
        directive(s, from, end)
      } else if !row(s, from, end, into: &out) {
        Bytes.append(s, start, limit, to: &out)
      }
      if newline >= 0 { out.append(10) }
      start = limit + 1
    }
    return s.count
  }

  private mutating func directive(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    if Bytes.has("#Date: ", s, from, to), to - from >= 17 {
      day.removeAll(keepingCapacity: true)
      Bytes.append(s, from + 7, from + 17, to: &day)
    }
    guard Bytes.has("#Fields:", s, from, to) else { return }
    let names = W3CText.cells(s, from + 8, to, skipsEmpty: true).map { cell in
      var name: [UInt8] = []
      Bytes.append(s, cell.from, cell.to, to: &name)
      return String(decoding: name, as: UTF8.self).lowercased()
    }
    width = names.count
    isInSeconds = names.contains("x-edge-location")
    places = W3CText.columns.map { aliases in
      aliases.lazy.compactMap { names.firstIndex(of: $0) }.first
    }
    if !W3CText.needed.allSatisfy({ places[$0] != nil }) { places = [] }
  }

  /// Words between tabs, where there are any, else between blanks.
  private static func cells(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, skipsEmpty: Bool = false
  ) -> [Extent] {
    let hasTabs = Bytes.findFar(9, s, from, to) >= 0
    var cells: [Extent] = []
    var start = from
    for i in from..<max(from, to) where s[i] == 9 || s[i] == 32 && !hasTabs {
      if i > start || !skipsEmpty { cells.append(Extent(start, i)) }
      start = i + 1
    }
    if start < to || !skipsEmpty { cells.append(Extent(start, to)) }
    return cells
  }

  private func row(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]
  ) -> Bool {
    guard !places.isEmpty, from < to, to - from <= LineFeed.longest else { return false }
    let cells = W3CText.cells(s, from, to)
    guard cells.count == width, places[W3CText.date] != nil || !day.isEmpty else { return false }
    for (column, place) in places.enumerated() {
      if column > 0 { out.append(32) }
      let cell = place.map { cells[$0] } ?? Extent.none
      if cell.isEmpty {
        if column == W3CText.date, !day.isEmpty {
          out += day
        } else {
          out.append(UInt8(ascii: "-"))
        }
      } else if column == W3CText.taken, isInSeconds {
        let microseconds = max(0, Bytes.microseconds(s, cell.from, cell.to))
        JSONOutput.number(Int(microseconds / 1000), into: &out)
      } else {
        append(s, cell, isAgent: column == W3CText.agent, to: &out)
      }
    }
    return true
  }

  /// CloudFront writes blanks as `%20`, IIS as `+`.
  private func append(_ s: Span<UInt8>, _ cell: Extent, isAgent: Bool, to out: inout [UInt8]) {
    var i = cell.from
    while i < cell.to {
      if isAgent, Bytes.has("%20", s, i, cell.to) {
        out.append(UInt8(ascii: "+"))
        i += 3
      } else {
        out.append(s[i] == 32 ? UInt8(ascii: "+") : s[i])
        i += 1
      }
    }
  }
}
