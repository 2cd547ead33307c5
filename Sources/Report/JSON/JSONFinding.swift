internal import Evidence

/// One finding as a JSON object; the shape is documented at `JSONReport`.
extension JSONWriter {
  mutating func finding(_ finding: Finding, _ sources: Sources) {
    object { $0.findingMembers(finding, sources) }
  }

  mutating func findingMembers(_ finding: Finding, _ sources: Sources) {
    string("id", finding.id)
    string("cause", finding.cause.rawValue)
    string("category", finding.category.rawValue)
    string("title", finding.title)
    share("confidence", finding.confidence)
    string("confidence_word", Confidence.word(finding.confidence))
    bool("provisional", finding.isProvisional)
    if let known = finding.suppression {
      object("suppression") { json in
        json.string("reason", known.reason)
        json.string("until", known.until)
        json.string("place", known.place)
      }
    }
    object("counts") { json in
      json.int("total", finding.count)
      json.int("401", finding.count401)
      json.array("by_status") { json in
        for (status, count) in finding.statuses.sorted(by: { $0.key < $1.key }) {
          json.object { json in
            json.int("status", status)
            json.int("count", count)
          }
        }
      }
    }
    stamp("first", finding.first)
    stamp("last", finding.last)
    optional("answered_by", finding.answeredBy)
    named("routes", finding.routes)
    named("clients", finding.clients)
    named("users", finding.users)
    claims("for", finding.supports, sources)
    claims("against", finding.against, sources)
    claims("hops", finding.hops, sources)
    array("life_line") { json in
      for event in finding.lifeLine {
        json.object { json in
          json.seconds("offset", event.offset)
          json.string("text", event.claim.text)
          json.strings("citations", sources.texts(event.claim.citations))
        }
      }
    }
    strings("remarks", finding.remarks)
    key("runner_up")
    if let rival = finding.runnerUp {
      object { json in
        json.string("cause", rival.cause.rawValue)
        json.share("share", rival.share)
        json.string("separated_by", rival.separatedBy)
      }
    } else {
      null()
    }
    strings("fix", finding.fix)
    strings("verify", finding.verify)
    array("missing") { json in
      for missing in finding.missing {
        json.object { json in
          json.string("what", missing.what)
          json.optional("command", missing.command)
        }
      }
    }
    array("clusters") { json in for row in finding.clusters { json.cluster(row, sources) } }
  }

  private mutating func named(_ key: StaticString, _ rows: [(name: String, count: Int)]) {
    array(key) { json in
      for row in rows {
        json.object { json in
          json.string("name", row.name)
          json.int("count", row.count)
        }
      }
    }
  }

  private mutating func claims(_ key: StaticString, _ claims: [CitedClaim], _ sources: Sources) {
    array(key) { json in
      for claim in claims {
        json.object { json in
          json.string("text", claim.text)
          json.strings("citations", sources.texts(claim.citations))
        }
      }
    }
  }

  private mutating func cluster(_ row: ClusterRow, _ sources: Sources) {
    object { json in
      json.optional("answered_by", row.answeredBy)
      json.optional("method", row.method)
      json.optional("host", row.host)
      json.optional("route", row.route)
      json.optional("service", row.service)
      json.optional("client", row.client)
      json.int("status", row.status)
      json.int("count", row.count)
      json.stamp("first", row.first)
      json.stamp("last", row.last)
      json.optional("example", sources.texts([row.example]).first ?? "")
    }
  }
}
