import Evidence
import Foundation
import Testing

@testable import Ingest
@testable import Pipeline

/// Stamps with a time and no date, as WildFly's console writes them.
@Suite struct UndatedRunTests {
  private static func event(_ clock: String, _ address: String) -> String {
    "\(clock),250 WARN  [org.keycloak.events] (default task-3) type=LOGIN_ERROR, realmId=shop, "
      + "clientId=web, userId=null, ipAddress=\(address), error=invalid_user_credentials\n"
  }
  private static func call(_ day: String, _ clock: String, _ address: String) -> String {
    "\(address) - - [\(day):\(clock) +0000] \"POST /realms/shop/protocol/openid-connect/token HTTP/1.1\" 401 72 "
      + "\"-\" \"okhttp/4.12.0\" 911 0.014 [auth-keycloak-8080] [] 10.244.2.17:8080 72 0.013 401 5f0c0f1e9b0a4c7d8e2f6a7b8c9d0e1f\n"
  }
  /// Ten events around midnight.
  private static let clocks = (0..<10).map { $0 < 6 ? "23:59:5\($0)" : "00:00:0\($0 - 6)" }
  private static let log = clocks.enumerated().map { event($1, "10.0.0.\($0)") }.joined()
  private static let times = clocks.map {
    ($0.hasPrefix("23") ? "2026-08-21T" : "2026-08-22T") + $0 + ".250Z"
  }

  private static func run(
    _ files: [(String, String)], _ options: IngestOptions = IngestRunTests.options(threads: 2)
  ) throws -> IngestRun {
    let folder = try TemporaryFolder()
    return IngestRun(try files.map { try folder.write($0.0, $0.1) }, options)
  }

  @Test func `midnight in a log without dates is that of the edge's log, wherever blocks begin`()
    throws
  {
    let edge = Self.clocks.enumerated().map {
      Self.call($1.hasPrefix("23") ? "21/Aug/2026" : "22/Aug/2026", $1, "10.0.0.\($0)")
    }.joined()
    for block in [8 << 20, 700, 450, 200] {
      let run = try Self.run(
        [("edge.log", edge), ("keycloak.log", Self.log)],
        IngestRunTests.options(threads: 2, block: block))
      #expect(run.observations.tokenEvents.map(\.time.rfc3339) == Self.times, "blocks of \(block)")
      #expect(run.observations.coverage[1]?.assumedDay.rfc3339 == Self.times[0])
      #expect(run.observations.coverage[1]?.undatedLines == 10)
      #expect(run.observations.coverage[1]?.last.rfc3339 == Self.times[9])
    }
  }

  @Test func `of several days that one is taken on which the same clients call`() throws {
    func edge(_ addresses: (Int) -> String) -> String {
      (20..<25).map { day in
        Self.clocks.prefix(6).enumerated().map {
          Self.call("\(day)/Aug/2026", $1, day == 21 ? addresses($0) : "10.9.\(day).\($0)")
        }.joined()
      }.joined()
    }
    let found = try Self.run([("edge.log", edge { "10.0.0.\($0)" }), ("keycloak.log", Self.log)])
    #expect(found.observations.tokenEvents.map(\.time.rfc3339) == Self.times)
    // Nobody of them: any of these days may be it.
    let open = try Self.run([("edge.log", edge { "10.8.0.\($0)" }), ("keycloak.log", Self.log)])
    #expect(open.observations.tokenEvents.allSatisfy { !$0.time.isKnown })
    #expect(open.observations.coverage[1]?.isDayUnknown == true)
    #expect(open.observations.coverage[1]?.first.isKnown == false)
  }

  @Test func `an access line between such lines tells day and zone`() throws {
    let access =
      "00:00:02,100 INFO  [io.undertow.accesslog] (default task-2) 10.0.0.1 - - [22/Aug/2026:00:00:02 +0200] \"GET /auth/realms/shop HTTP/1.1\" 404 32\n"
    let run = try Self.run([("keycloak.log", Self.log + access)])
    #expect(run.observations.tokenEvents.first?.time.rfc3339 == "2026-08-21T21:59:50.250Z")
    #expect(run.observations.tokenEvents.last?.time.rfc3339 == "2026-08-21T22:00:03.250Z")
    #expect(run.observations.coverage[0]?.assumedDay.isKnown == false)
  }

  @Test func `the stamp of a wrapper tells the zone of a time without a date`() throws {
    let line =
      "2026-08-21T22:00:03.251000000Z stdout F " + Self.event("00:00:03", "10.0.0.1")
    let run = try Self.run([("keycloak.log", line)])
    #expect(run.observations.tokenEvents.map(\.time.rfc3339) == ["2026-08-21T22:00:03.250Z"])
  }

  @Test func `stamps up to 2199 beside a log without dates are far, but no reason to fail`() throws
  {
    let edge = Self.clocks.enumerated().map {
      Self.call($1.hasPrefix("23") ? "21/Aug/2199" : "22/Aug/2199", $1, "10.0.0.\($0)")
    }.joined()
    let run = try Self.run([("edge.log", edge), ("keycloak.log", Self.log)])
    let times = Self.times.map { $0.replacing("2026", with: "2199") }
    #expect(run.observations.tokenEvents.map(\.time.rfc3339) == times)
    let access =
      "00:00:04,100 INFO  [io.undertow.accesslog] (default task-2) 10.0.0.1 - - [22/Aug/2199:00:00:04 +0000] \"GET /auth/realms/shop HTTP/1.1\" 404 32\n"
    let told = try Self.run([("keycloak.log", Self.log + access)])
    #expect(told.observations.tokenEvents.map(\.time.rfc3339) == times)
  }

  @Test func `a clock that passes midnight more often than any log does not leave the calendar`()
    throws
  {
    let pair = Self.event("00:00:01", "10.0.0.1") + Self.event("13:00:01", "10.0.0.1")
    let log = String(repeating: pair, count: 24_000)
    let options = IngestRunTests.options(threads: 2, block: 1 << 20)
    let edge = Self.call("21/Aug/2199", "23:59:50", "10.0.0.1")
    for files in [[("keycloak.log", log)], [("edge.log", edge), ("keycloak.log", log)]] {
      let run = try Self.run(files, options)
      #expect(run.observations.tokenEvents.allSatisfy { !$0.time.isUndated })
    }
  }

  @Test func `the zone that was given holds for the first line without a date, too`() throws {
    var options = IngestRunTests.options(threads: 2)
    options.timezone = 7200
    let log = (0..<3).map { Self.event("10:00:0\($0)", "10.0.0.\($0)") }.joined()
    let edge = (0..<3).map { Self.call("21/Aug/2026", "08:00:0\($0)", "10.0.0.\($0)") }.joined()
    let run = try Self.run([("edge.log", edge), ("keycloak.log", log)], options)
    #expect(
      run.observations.tokenEvents.map(\.time.rfc3339)
        == (0..<3).map { "2026-08-21T08:00:0\($0).250Z" })
    // Its midnight is not that of UTC.
    let early = ["01:59:58", "02:00:01", "02:00:00"].map { Self.event($0, "10.0.0.1") }.joined()
    options.blockSize = 200
    let night = (0..<3).map { Self.call("21/Aug/2026", "00:00:0\($0)", "10.0.0.1") }.joined()
    let parts = try Self.run([("edge.log", night), ("keycloak.log", early)], options)
    #expect(
      parts.observations.tokenEvents.map(\.time.rfc3339) == [
        "2026-08-20T23:59:58.250Z", "2026-08-21T00:00:00.250Z", "2026-08-21T00:00:01.250Z",
      ])
  }

  @Test func `lines without a date inside one wrapped text get their day, or no time`() throws {
    let text = (0..<3).map { Self.event("10:00:0\($0)", "10.0.0.\($0)") }.joined()
      .replacing("\n", with: "\\n")
    let log = "{\"log\":\"starting\\n\(text)\",\"stream\":\"stdout\"}\n"
    let alone = try Self.run([("keycloak.log", log)])
    #expect(alone.observations.tokenEvents.count == 3)
    #expect(alone.observations.tokenEvents.allSatisfy { !$0.time.isKnown })
    #expect(alone.observations.coverage[0]?.isDayUnknown == true)
    let edge = (0..<3).map { Self.call("21/Aug/2026", "10:00:0\($0)", "10.0.0.\($0)") }.joined()
    let run = try Self.run([("edge.log", edge), ("keycloak.log", log)])
    #expect(
      run.observations.tokenEvents.map(\.time.rfc3339)
        == (0..<3).map { "2026-08-21T10:00:0\($0).250Z" })
    #expect(run.observations.coverage[1]?.undatedLines == 1)
  }

  @Test func `a zone far from UTC is not taken for that of the next day`() throws {
    // 10:00 in UTC, read at UTC+11 and UTC+05:45; the edge's log reaches over days.
    for (hour, minute) in [("21", "00"), ("15", "45")] {
      let log = (0..<6).map { Self.event("\(hour):\(minute):0\($0)", "10.0.0.\($0)") }.joined()
      let edge = (19..<24).map { day in
        (0..<6).map {
          Self.call(
            "\(day)/Aug/2026", "10:00:0\($0)", day == 21 ? "10.0.0.\($0)" : "10.9.\(day).\($0)")
        }.joined()
      }.joined()
      let run = try Self.run([("edge.log", edge), ("keycloak.log", log)])
      #expect(
        run.observations.tokenEvents.map(\.time.rfc3339)
          == (0..<6).map { "2026-08-21T\(hour):\(minute):0\($0).250Z" })
    }
  }

  @Test
  func `a dated line of another program gives the day where nothing better does, and that is said`()
    throws
  {
    let other = Self.call("23/Aug/2026", "09:00:00", "10.0.0.77")
    let run = try Self.run([("pods.log", Self.log + other)])
    #expect(run.observations.tokenEvents.first?.time.isDated == true)
    #expect(run.observations.coverage[0]?.assumedDay.isDated == true)
    let edge = Self.clocks.enumerated().map {
      Self.call($1.hasPrefix("23") ? "11/Aug/2026" : "12/Aug/2026", $1, "10.0.0.\($0)")
    }.joined()
    let better = try Self.run([("edge.log", edge), ("pods.log", Self.log + other)])
    #expect(better.observations.tokenEvents.first?.time.rfc3339 == "2026-08-11T23:59:50.250Z")
  }

  @Test func `halves of a block are put together in the order of lines`() {
    func notes(_ line: Int, _ hour: Double) -> ZoneNotes {
      var notes = ZoneNotes()
      notes.sawUndated(
        block: 0, line: line, Instant.undated.advanced(seconds: hour * 3600), offset: 0)
      return notes
    }
    var next = ZoneNotes()
    next.sawUndated(block: 1, line: 1, Instant.undated.advanced(seconds: 3600), offset: 0)
    for (a, b) in [(notes(1, 8), notes(2, 22)), (notes(2, 22), notes(1, 8))] {
      var both = next
      both.absorb(a)
      both.absorb(b)
      // 22:00 before 01:00: midnight lies between.
      #expect(both.undatedDays.shifts == [0: 0, 1: 1])
    }
  }
}
