import Foundation
import Testing

/// What log stores export (Kibana, Splunk, Datadog, CloudWatch, Azure, Grafana, Loki, Elasticsearch, Google) is read as
/// the logs themselves: the same failures with the same causes.
@Suite struct ExportTests {
  /// A line and when it was stored, in milliseconds since the epoch.
  struct Row {
    let line: String
    let time: Int64

    var iso: String {
      Date(timeIntervalSince1970: Double(time) / 1000).formatted(
        .iso8601.year().month().day().dateSeparator(.dash).time(includingFractionalSeconds: true)
          .timeSeparator(.colon).timeZone(separator: .omitted))
    }
    var cell: String { "\"\(line.replacing("\"", with: "\"\""))\"" }
    var json: String {
      let data = (try? JSONEncoder().encode(line)) ?? Data()
      return String(decoding: data, as: UTF8.self)
    }
  }

  struct Store: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let write: @Sendable ([Row]) -> String

    init(_ name: String, _ head: String = "", _ row: @escaping @Sendable (Row) -> String) {
      testDescription = name
      write = { rows in
        ([head].filter { !$0.isEmpty } + rows.map(row)).joined(separator: "\n") + "\n"
      }
    }
    init(whole name: String, _ write: @escaping @Sendable ([Row]) -> String) {
      testDescription = name
      self.write = write
    }
  }

  static let stores = [
    Store("Kibana", #""@timestamp","kubernetes.pod.name",message"#) {
      "\"Nov 23, 2026 @ 19:20:18.000\",\"pod-0\",\($0.cell)"
    },
    Store("Splunk", #""_raw","_time",host,index"#) { "\($0.cell),\"\($0.iso)\",n1,main" },
    Store("Datadog", "Date,Host,Service,Message") { "\"\($0.iso)\",\"n1\",\"svc\",\($0.cell)" },
    Store("CloudWatch", "timestamp,message") { "\($0.time),\($0.cell)" },
    Store("Grafana", #""Time","Line","tsNs","labels""#) {
      "\($0.time),\($0.cell),\($0.time)000000,\"{\"\"pod\"\":\"\"pod-0\"\"}\""
    },
    Store("Grafana's text", "Common labels: {\"app\":\"x\"}") {
      "\($0.time)\t\($0.iso)\t\($0.line)"
    },
    Store("aws logs tail") {
      "\($0.iso.replacing("Z", with: "000+00:00")) kube/pod-0 \($0.line)"
    },
    Store(whole: "Grafana's JSON") { rows in
      "["
        + rows.map {
          "{\"line\":\($0.json),\"timestamp\":\"\($0.time)000000\",\"date\":\"\($0.iso)\",\"fields\":{\"pod\":\"pod-0\"}}"
        }.joined(separator: ",") + "]"
    },
    Store(whole: "Elasticsearch") { rows in
      #"{"took":3,"timed_out":false,"hits":{"total":{"value":9},"hits":["#
        + rows.map {
          "{\"_index\":\"a\",\"_source\":{\"@timestamp\":\"\($0.iso)\",\"message\":\($0.json)}}"
        }.joined(separator: ",") + "]}}"
    },
    Store(whole: "Loki's API") { rows in
      #"{"status":"success","data":{"resultType":"streams","result":[{"stream":{"pod":"pod-0"},"values":["#
        + rows.map { "[\"\($0.time)000000\",\($0.json)]" }.joined(separator: ",") + "]}]}}"
    },
    Store(whole: "gcloud") { rows in
      "[\n"
        + rows.map {
          """
            {
              "insertId": "a",
              "resource": {
                "labels": { "pod_name": "pod-0" }
              },
              \($0.line.hasPrefix("{") ? "\"jsonPayload\": \($0.line.replacing("\":", with: "\": "))" : "\"textPayload\": \($0.json)"),
              "timestamp": "\($0.iso)"
            }
          """
        }.joined(separator: ",\n") + "\n]"
    },
  ]

  /// The milliseconds of the first stamp of a line that a store would take; those of the line before it else.
  private static func rows(_ text: String) -> [Row] {
    var last: Int64 = 1_795_456_818_000
    return text.split(separator: "\n").map { line in
      if let stamp = line.firstMatch(of: #/20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d{3}/#) {
        let text = String(stamp.output).replacing(",", with: ".").replacing(" ", with: "T") + "Z"
        if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text) {
          last = Int64((date.timeIntervalSince1970 * 1000).rounded())
        }
      }
      return Row(line: String(line), time: last)
    }
  }

  private static func causes(_ inputs: [String]) throws -> [String: Int] {
    let rows = try Tool.attributions(inputs)
    return Dictionary(grouping: rows) { "\($0["status"] ?? 0) \($0["cause"] ?? "")" }.mapValues(
      \.count)
  }

  @Test(arguments: stores)
  func `what a store exported is read as the logs themselves`(store: Store) throws {
    for run in ["envoy-1", "haproxy-1"] {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../Samples/runs/\(run)/inputs"
      ).standardized
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
        ($0.hasPrefix("ingress") || $0.hasPrefix("keycloak")) && $0.hasSuffix(".log")
      }.sorted()
      #expect(names.count == 2)
      let plain = names.map { folder.appending(path: $0) }
      let stored = try plain.map {
        let text = try String(contentsOf: $0, encoding: .utf8)
        return try Scratch.file(
          store.write(Self.rows(text)),
          name: "\(run)-\(store.testDescription)-\($0.lastPathComponent)"
        ).path
      }
      let wanted = try Self.causes(plain.map(\.path))
      #expect(!wanted.isEmpty)
      #expect(try Self.causes(stored) == wanted)
    }
  }

  @Test func `a table out of a pipe has records of its lines`() throws {
    for store in Self.stores where store.testDescription == "Kibana" {
      let table = store.write(Self.rows(Lines.refusals))
      let records = try Tool.run(["records", "-"], input: table).output.split(separator: "\n")
      #expect(records.count == 3)
      #expect(records.dropFirst().allSatisfy { $0.contains("\"format\":\"nginx.ingress\"") })
    }
  }

  @Test func `records of one line are told in the same order each time`() throws {
    guard let store = Self.stores.first(where: { $0.testDescription == "Elasticsearch" }) else {
      throw CocoaError(.fileNoSuchFile)
    }
    let folder = CauseSampleTests.folder.appending(path: "../runs/envoy-3/inputs").standardized
    let files = try ["ingress.log", "keycloak.log"].map { name in
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return try Scratch.file(store.write(Self.rows(text)), name: "same-\(name)").path
    }
    // Each process hashes with a seed of its own.
    let reports = try (0..<5).map { _ in
      try Tool.run(["-q", "--fail-on", "never", "--json", "-"] + files).output
    }
    #expect(reports[0].contains("\"clusters\""))
    #expect(Set(reports).count == 1)
  }

  @Test func `what PowerShell redirects into a file is read, and cited by its lines`() throws {
    let wide =
      Data([0xff, 0xfe])
      + Data(Lines.refusals.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] })
    let file = try Scratch.file(name: "redirected.log")
    try wide.write(to: file)
    let rows = try Tool.attributions([file.path])
    #expect(rows.compactMap { $0["citation"] as? String } == ["\(file.path):1", "\(file.path):2"])
    #expect(rows.allSatisfy { $0["status"] as? Int == 401 })
  }
}
