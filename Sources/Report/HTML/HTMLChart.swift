internal import Evidence

/// Failures over time, stacked by finding, as inline SVG, and the same numbers as a table for
/// readers who cannot see it.
extension HTMLReport {
  private struct Plot {
    static let width = 960
    static let height = 240
    static let left = 60
    static let bottom = 24
    static let top = 14
    static let slices = 60
    /// Findings with a colour of their own; the rest shares the last.
    static let colours = 7
  }

  mutating func chart() {
    guard let slices = TimeLine.slices(report, count: Plot.slices), slices.highest > 0 else {
      return
    }
    tag("<section aria-labelledby=\"time\">\n<h2 id=\"time\">Failures over time</h2>\n<figure>")
    tag(
      "<svg viewBox=\"0 0 \(Plot.width) \(Plot.height)\" role=\"img\""
        + " aria-labelledby=\"chart-title chart-text\">")
    tag("<title id=\"chart-title\">Failures over time by finding</title>")
    let step = Phrase.duration((slices.last - slices.first) / Double(Plot.slices))
    tag(
      "<desc id=\"chart-text\">\(Phrase.span(slices.first, slices.last)); each bar covers \(step);"
        + " the highest has \(Phrase.count(slices.highest, "failure")).</desc>")
    axes(slices)
    bars(slices)
    tag("</svg>")
    legend(slices)
    tag("<figcaption class=\"dim\">Each bar covers \(step).</figcaption>")
    numbers()
    tag("</figure>\n</section>")
  }

  private mutating func axes(_ slices: TimeLine.Slices) {
    let floor = Plot.height - Plot.bottom
    tag(
      "<line class=\"axis\" x1=\"\(Plot.left)\" y1=\"\(floor)\" x2=\"\(Plot.width)\""
        + " y2=\"\(floor)\"/>")
    tag(
      "<line class=\"axis\" x1=\"\(Plot.left)\" y1=\"\(Plot.top)\" x2=\"\(Plot.width)\""
        + " y2=\"\(Plot.top)\"/>")
    tag(
      "<text x=\"\(Plot.left - 6)\" y=\"\(Plot.top + 4)\" text-anchor=\"end\">"
        + "\(Phrase.grouped(slices.highest))</text>")
    tag("<text x=\"\(Plot.left - 6)\" y=\"\(floor)\" text-anchor=\"end\">0</text>")
    let isLong = slices.last - slices.first > 86_400
    for tick in 0...4 {
      let time = slices.start(of: Plot.slices * tick / 4)
      let x = Plot.left + (Plot.width - Plot.left) * tick / 4
      let anchor = tick == 0 ? "start" : tick == 4 ? "end" : "middle"
      let text = isLong ? String(time.dateAndClock.dropFirst(5).dropLast(3)) : time.clock
      tag("<text x=\"\(x)\" y=\"\(Plot.height - 6)\" text-anchor=\"\(anchor)\">\(text)</text>")
    }
  }

  private mutating func bars(_ slices: TimeLine.Slices) {
    let step = (Plot.width - Plot.left) / Plot.slices
    let room = Plot.height - Plot.bottom - Plot.top
    for slice in 0..<Plot.slices {
      var below = 0
      for (series, counts) in slices.counts.enumerated() where counts[slice] > 0 {
        let from = below * room / slices.highest
        below += counts[slice]
        let to = below * room / slices.highest
        guard to > from else { continue }
        tag(
          "<rect class=\"f\(colour(series))\" x=\"\(Plot.left + slice * step + 1)\""
            + " y=\"\(Plot.height - Plot.bottom - to)\" width=\"\(step - 2)\""
            + " height=\"\(to - from)\"/>")
      }
    }
  }

  private mutating func legend(_ slices: TimeLine.Slices) {
    tag("<ul class=\"legend\">")
    for (series, counts) in slices.counts.enumerated() {
      let total = counts.reduce(0, +)
      guard total > 0 else { continue }
      let name =
        report.findings.indices.contains(series)
        ? "\(Markup.escape(report.findings[series].id)) \(report.findings[series].cause.rawValue)"
        : "in no finding"
      tag(
        "<li><span class=\"f\(colour(series))\"></span>\(name) (\(Phrase.grouped(total)))</li>")
    }
    tag("</ul>")
  }

  private mutating func numbers() {
    let columns = 6
    guard let slices = TimeLine.slices(report, count: columns) else { return }
    let isLong = slices.last - slices.first > 86_400
    let head = (0..<columns).map { slice in
      let time = slices.start(of: slice)
      return "from " + (isLong ? String(time.dateAndClock.dropLast(3)) : time.clock)
    }
    let rows = slices.counts.enumerated().compactMap { (series, counts) -> [String]? in
      guard counts.contains(where: { $0 > 0 }) else { return nil }
      let name =
        report.findings.indices.contains(series)
        ? Markup.escape(report.findings[series].id) : "in no finding"
      return [name] + counts.map(Phrase.grouped)
    }
    tag("<details>\n<summary>The same in numbers</summary>")
    table("Failures by finding and time", head: ["Finding"] + head, rows)
    tag("</details>")
  }

  private func colour(_ series: Int) -> Int { min(series, Plot.colours) }
}
