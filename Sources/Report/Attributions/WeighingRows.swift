package import Evidence

/// One NDJSON row per cluster of failures: how its causes were weighed.
///
/// `{"cause","share","by","causes":[{"cause","sum","signs":[{"sign","odds","times"}]}],"failures":["file:line",…]}`.
/// `by` is `sums` or `second_look`. A sign's `odds` count `times` times; one without `times` holds the sum so far
/// down to its `odds`. Numbers have six decimals at most.
package enum WeighingRows {
  package static func write(_ report: Report, to out: inout Output) {
    let names = report.sources.all.map { Array(Neutral.text($0.name).utf8) }
    JSONWriter.write(to: &out) { json in
      for cluster in report.weighed {
        json.row(cluster, report, names)
        json.out.append(UInt8(ascii: "\n"))
        json.out.breathe()
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func row(_ cluster: Weighed, _ report: Report, _ names: [[UInt8]]) {
    object { json in
      json.string("cause", cluster.cause.rawValue)
      json.share("share", cluster.share)
      json.string("by", cluster.isBySums ? "sums" : "second_look")
      json.array("causes") { json in
        for candidate in cluster.candidates { json.candidate(candidate) }
      }
      json.array("failures") { json in
        for place in cluster.failures where report.failures.indices.contains(Int(place)) {
          json.citation(report.failures[Int(place)].citation, report.sources, names)
        }
      }
    }
  }

  private mutating func candidate(_ candidate: Weighed.Candidate) {
    object { json in
      json.string("cause", candidate.cause.rawValue)
      json.decimal("sum", candidate.sum)
      json.array("signs") { json in
        for sign in candidate.signs {
          json.object { json in
            json.string("sign", "\(sign.name)")
            json.decimal("odds", sign.odds)
            if let times = sign.times { json.decimal("times", times) }
          }
        }
      }
    }
  }
}
