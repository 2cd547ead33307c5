import Evidence
import Testing

@testable import Ingest

@Suite struct FramingTests {
  static let plain = "2026-08-21 10:00:00,123 INFO  hello"
  static let plainTime = "2026-08-21T10:00:00.123Z"

  /// Lines around `TEXT`, and the writer they name.
  static let wrapped: [(String, String)] = [
    ("TEXT", ""),
    ("[pod/keycloak-0/keycloak] TEXT", "keycloak-0/keycloak"),
    ("2026-08-21T10:00:00.123456789Z TEXT", ""),
    ("[pod/keycloak-0/keycloak] 2026-08-21T10:00:00.123456789Z TEXT", "keycloak-0/keycloak"),
    ("2026-08-21T10:00:00.123456789Z stdout F TEXT", ""),
    ("2026-08-21T10:00:00.1Z stderr F TEXT", ""),
    ("2026-08-21T12:00:00.123456789+02:00 stdout F:x TEXT", ""),
    (#"{"log":"TEXT\n","stream":"stdout","time":"2026-08-21T10:00:00.123456789Z"}"#, ""),
    ("keycloak-1  | TEXT", "keycloak-1"),
    ("0|keycloak  | TEXT", "keycloak"),
    ("keycloak-1  | 2026-08-21T10:00:00.123456789Z TEXT", "keycloak-1"),
    ("Aug 21 10:00:00 node1 keycloak[12]: TEXT", "node1 keycloak"),
    ("Aug  1 10:00:00 node1 keycloak: TEXT", "node1 keycloak"),
    ("<14>Aug 21 10:00:00 node1 keycloak[12]: TEXT", "node1 keycloak"),
    ("<14>Aug 21 10:00:00 keycloak[12]: TEXT", "keycloak"),
    (
      "<15>1 2026-08-21T10:00:00.414+00:00 h1 keycloak 812 org.keycloak.events - TEXT",
      "h1 keycloak"
    ),
    (#"<15>1 2026-08-21T10:00:00.414Z h1 kc 812 - [a@1 b="]\"" c="d"] TEXT"#, "h1 kc"),
    ("2026-08-21T10:00:00.123456+00:00 node1 keycloak[12]: TEXT", "node1 keycloak"),
    ("Aug 21 10:00:00.123456 node1 keycloak[12]: TEXT", "node1 keycloak"),
    ("2026-08-21T10:00:00.123000+00:00 kube/keycloak-0 TEXT", "kube/keycloak-0"),
    (
      "2026-08-21T10:00:00.123000+00:00 ip-10-0-1-2.internal-application.keycloak-0 TEXT",
      "ip-10-0-1-2.internal-application.keycloak-0"
    ),
    ("1787306400123\t2026-08-21T10:00:00.123Z\tTEXT", ""),
    (
      #"{"line":"TEXT","timestamp":"1787306400123456789","date":"2026-08-21T10:00:00.123Z","fields":{"pod":"keycloak-0"}}"#,
      "keycloak-0"
    ),
    (
      #"{"@timestamp":"2026-08-21T10:00:00.200Z","kubernetes":{"pod_name":"keycloak-0"},"_raw":"2026-08-21T10:00:00.123456789Z TEXT"}"#,
      "keycloak-0"
    ),
    (
      #"[{"log":"TEXT","date":1787306400.123,"kubernetes":{"pod_name":"keycloak-0"}}]"#,
      "keycloak-0"
    ),
    (#"{"records":[{"message":"TEXT","podName":"keycloak-0"}]}"#, "keycloak-0"),
    (
      #"{"took":3,"hits":{"total":{"value":1},"hits":[{"_index":"a","_source":{"@timestamp":"2026-08-21T10:00:00.200Z","message":"TEXT"}}]}}"#,
      ""
    ),
    ("keycloak-0 keycloak TEXT", "keycloak-0 keycloak"),
    ("prod keycloak-0 keycloak TEXT", "keycloak-0 keycloak"),
    ("keycloak-0 keycloak 2026-08-21T10:00:00.123456789Z TEXT", "keycloak-0 keycloak"),
    (
      #"{"message":"TEXT","nodeName":"n","namespace":"prod","podName":"keycloak-0","containerName":"keycloak","labels":{}}"#,
      "keycloak-0/keycloak"
    ),
    (#"2026-08-21T10:00:00Z {pod="keycloak-0", app="k"} TEXT"#, "keycloak-0"),
    (
      #"{"labels":{"pod":"keycloak-0"},"line":"TEXT","timestamp":"2026-08-21T10:00:00.123456789Z"}"#,
      "keycloak-0"
    ),
    (
      #"{"log":"TEXT","stream":"stdout","time":"2026-08-21T10:00:00.123456789Z","_p":"F","kubernetes":{"pod_name":"keycloak-0","namespace_name":"prod","container_name":"keycloak"}}"#,
      "keycloak-0/keycloak"
    ),
    (
      #"{"@timestamp":"2026-08-21T10:00:00.200Z","message":"TEXT","kubernetes":{"pod":{"name":"keycloak-0"},"container":{"name":"keycloak"}}}"#,
      "keycloak-0/keycloak"
    ),
    (
      #"{"_index":"x","_source":{"@timestamp":"2026-08-21T10:00:00.200Z","message":"TEXT"}}"#,
      ""
    ),
    (
      #"{"MESSAGE":"TEXT","__REALTIME_TIMESTAMP":"1787306400123456","SYSLOG_IDENTIFIER":"keycloak","PRIORITY":"6"}"#,
      "keycloak"
    ),
    (
      "2026-08-21T10:00:00+00:00\tkube.var.log.x\t{\"log\":\"TEXT\\n\",\"stream\":\"stdout\"}",
      "kube.var.log.x"
    ),
    (
      #"2026-08-21 10:00:00.000000000 +0000 kube.var.log.x: {"log":"TEXT","stream":"stdout"}"#,
      "kube.var.log.x"
    ),
    ("2026-08-21 12:00:00 keycloak-1  | TEXT", "keycloak-1"),
    (
      #"{"insertId":"a","logName":"l","resource":{"labels":{"container_name":"keycloak","pod_name":"keycloak-0"},"type":"k8s_container"},"severity":"INFO","textPayload":"TEXT","timestamp":"2026-08-21T10:00:00.123456789Z"}"#,
      "keycloak-0/keycloak"
    ),
    (
      #"{"TimeGenerated":"2026-08-21T10:00:00.1234567Z","PodName":"keycloak-0","ContainerName":"keycloak","LogMessage":"TEXT","LogSource":"stdout"}"#,
      "keycloak-0/keycloak"
    ),
    (#"{"preview":false,"result":{"_raw":"TEXT","_time":"2026-08-21T10:00:00.123+00:00"}}"#, ""),
    (
      #"{"version":"1.1","host":"h","short_message":"TEXT","timestamp":1787306400.123,"level":6,"_container_name":"keycloak"}"#,
      "keycloak"
    ),
    (
      #"{"timestamp":1787306400123,"message":"{\"log\":\"TEXT\",\"stream\":\"stdout\",\"kubernetes\":{\"pod_name\":\"keycloak-0\"}}","logStreamName":"s"}"#,
      "keycloak-0"
    ),
    (#"{"@timestamp":"2026-08-21 10:00:00.123","@message":"TEXT"}"#, ""),
    (
      #"{"resourceLogs":[{"resource":{"attributes":[{"key":"k8s.pod.name","value":{"stringValue":"keycloak-0"}}]},"scopeLogs":[{"scope":{},"logRecords":[{"timeUnixNano":"1787306400123456789","body":{"stringValue":"TEXT"}}]}]}]}"#,
      "keycloak-0"
    ),
    (
      #"{"streams":[{"stream":{"pod":"keycloak-0"},"values":[["1787306400123456789","TEXT"]]}]}"#,
      "keycloak-0"
    ),
    (
      #"{"status":"success","data":{"resultType":"streams","result":[{"stream":{"pod":"keycloak-0","container":"keycloak"},"values":[["1787306400123456789","TEXT"]]}]}}"#,
      "keycloak-0/keycloak"
    ),
    (#"{"stream":{"app":"x"},"values":[["1787306400123456789","TEXT"]]}"#, ""),
    ("\u{1b}[38;5;2m2026-08-21 10:00:00,123\u{1b}[0m \u{1b}[31mINFO \u{1b}[39m hello", ""),
    ("^[[31mTEXT", ""),
    ("\u{feff}TEXT", ""),
    ("Aug 21, 2026 @ 12:00:00.123 TEXT", ""),
    ("Aug 21, 2026, 12:00:00 PM  TEXT", ""),
    ("Fri, Aug 21 2026 12:00:00 pm TEXT", ""),
    (
      #"{"id":"a","type":"log","attributes":{"timestamp":"2026-08-21T10:00:00.200Z","message":"TEXT","status":"info","service":"kc"}}"#,
      ""
    ),
    (#"{"data":[{"id":"a","attributes":{"message":"TEXT"}},{"id":"b"}]}"#, ""),
    (
      #"{"@timestamp":"2026-08-21T10:00:00.200Z","event":{"original":"TEXT"},"http":{"response":{}}}"#,
      ""
    ),
    (
      #"{"took":3,"hits":{"hits":[{"_index":"a","_source":{},"fields":{"message":["TEXT"],"@timestamp":["2026-08-21T10:00:00.200Z"]}}]}}"#,
      ""
    ),
    (#"[{"timestamp":1787306400123,"messageId":"a","message":"TEXT"}]"#, ""),
    (#"{"PROGRAM":"keycloak","MESSAGE":"TEXT","HOST":"h","DATE":"Aug 21 10:00:00"}"#, "keycloak"),
    ("> TEXT", ""),
    (">> TEXT", ""),
    ("| TEXT", ""),
    ("│ [pod/a-1/a] TEXT", "a-1/a"),
    ("    12\tTEXT", ""),
    ("4711\tTEXT", ""),
    ("\0\0\0TEXT", ""),
    (
      #"[pod/a-1/a] {"log":"{\"log\":\"TEXT\\n\",\"stream\":\"stdout\",\"time\":\"2026-08-21T10:00:00Z\"}\n","stream":"stdout","time":"2026-08-21T10:00:00.123456789Z"}"#,
      "a-1/a"
    ),
    (
      #"keycloak-0 keycloak {"log":"TEXT\n","stream":"stdout","time":"2026-08-21T10:00:00.123456789Z"}"#,
      "keycloak-0 keycloak"
    ),
    (
      #"prod keycloak-0 keycloak {"date":1787306400.1,"log":"TEXT","kubernetes":{"pod_name":"a-1","container_name":"a"}}"#,
      "a-1/a"
    ),
    (
      "shop-7d9f8b6c5d-x2x4z main <14>Aug 21 10:00:00 node1 keycloak[12]: TEXT",
      "shop-7d9f8b6c5d-x2x4z main"
    ),
    (
      "2026-08-21T10:00:00Z {pod=\"a-1\"} shop-7d9f8b6c5d-x2x4z main \u{1b}[32mTEXT\u{1b}[0m",
      "shop-7d9f8b6c5d-x2x4z main"
    ),
    (
      #"2026-08-21T10:00:00.123456+00:00 node1 keycloak[12]: {"log":"TEXT\n","stream":"stdout","time":"2026-08-21T10:00:00.123456789Z"}"#,
      "node1 keycloak"
    ),
    ("2026-08-21T10:00:00.123Z | TEXT", ""),
    (#"{"log":"TEXT\n"}"#, ""),
    // Wrappers inside wrappers.
    (
      #"{"date":1787306400.1,"log":"2026-08-21T10:00:00.123456789Z TEXT","kubernetes":{"pod_name":"a-1"}}"#,
      "a-1"
    ),
    (
      "2026-08-21T10:00:01.123456789Z stdout F shop-7d9f8b6c5d-x2x4z main 2026-08-21T10:00:00.123456789Z TEXT",
      "shop-7d9f8b6c5d-x2x4z main"
    ),
    (
      #"{"log":"2026-08-21T10:00:00.123456+00:00 node1 keycloak[12]: TEXT\n","stream":"stdout","time":"2026-08-21T10:00:00.123456789Z"}"#,
      "node1 keycloak"
    ),
    (
      "<15>1 2026-08-21T10:00:00Z h1 kc 812 - - 2026-08-21T10:00:00.123456+00:00 node1 keycloak[12]: TEXT",
      "h1 kc"
    ),
    // journalctl -o short-precise and short-full, an empty host, GNUstep's number.
    ("Aug 21 10:00:00.123456 node1 keycloak[12]: TEXT", "node1 keycloak"),
    ("Fri 2026-08-21 10:00:00 UTC node1 keycloak[12]: TEXT", "node1 keycloak"),
    ("Fri 2026-08-21 12:00:00 CEST node1 keycloak[12]: TEXT", "node1 keycloak"),
    ("Aug 21 10:00:00   keycloak[12]: TEXT", "keycloak"),
    ("Aug 21 10:00:00 keycloak [12]: TEXT", "keycloak"),
    // grep -n, grep -r.
    ("./logs/keycloak.log:2058:TEXT", "./logs/keycloak.log"),
    ("keycloak.log.1:17:TEXT", "keycloak.log.1"),
    ("/var/log/keycloak.log:TEXT", "/var/log/keycloak.log"),
    ("keycloak.log:2026-08-21T10:00:00.123456789Z stdout F TEXT", "keycloak.log"),
    // Log records of OpenTelemetry as ClickHouse keeps them.
    (
      #"{"timestamp":"2026-08-21T10:00:00.123456789Z","severity_text":"","body":"TEXT","attributes":{"k8s.pod.name":"keycloak-0","k8s.container.name":"keycloak"}}"#,
      "keycloak-0/keycloak"
    ),
    (#"{job="shop", env="dev"} TEXT"#, "shop"),
    ("95 <15>1 2026-08-21T10:00:00.414Z h1 kc 812 - - TEXT", "h1 kc"),
    // Fluent Bit's own output, with and without metadata; Fluentd's tags of files.
    (
      #"[0] kube.var.log.containers.keycloak-0_prod_keycloak-64fb98db8564fb98db8564fb98db8564fb98db8564fb98db8564fb98db8564fb.log: [[1787306400.123456789, {}], {"log"=>"TEXT", "stream"=>"stdout"}]"#,
      "keycloak-0/keycloak"
    ),
    (
      #"[12] kube.x: [1787306400.123456789, {"stream"=>"stdout", "log"=>"TEXT", "n"=>nil}]"#,
      "kube.x"
    ),
    (
      #"2026-08-21 10:00:00.123456789 +0000 kube.var.log.containers.keycloak-0_prod_keycloak-64fb98db8564fb98db8564fb98db8564fb98db8564fb98db8564fb98db8564fb.log: {"log":"TEXT\n","stream":"stdout"}"#,
      "keycloak-0/keycloak"
    ),
    // Java Service Wrapper, file and console.
    ("INFO   | jvm 1    | 2026/08/21 12:00:00 | TEXT", ""),
    ("STATUS | wrapper  | 2026/08/21 12:00:00 | TEXT", ""),
    ("jvm 1    | TEXT", ""),
    (#"["TEXT"]"#, ""),
    // Platforms, consoles and stores.
    ("2026-08-21T10:00:00.200000+00:00 app[web.1]: TEXT", "app[web.1]"),
    ("   2026-08-21T10:00:00.20+0000 [APP/PROC/WEB/0] OUT TEXT", "APP/PROC/WEB/0"),
    ("2026-08-21T10:00:00.20+0000 [APP/PROC/WEB/0] ERR TEXT", "APP/PROC/WEB/0"),
    ("2026-08-21T10:00:00.200Z\tTEXT", ""),
    (
      "668104134\t2026-08-21T10:00:00\t2026-08-21T10:00:01Z\t1234\tweb-1\t10.1.1.1\tUser\tInfo\tkeycloak\tTEXT",
      "keycloak"
    ),
    (
      #"{"result":{"content":"TEXT","timeStamp":"2026-08-21T10:00:00.123456789Z","last":false,"podName":"keycloak-0"}}"#,
      "keycloak-0"
    ),
    (#"{"dt":"2026-08-21T10:00:00.200000Z","raw":"TEXT"}"#, ""),
    (
      ##"{"@timestamp":1787306400200,"@rawstring":"TEXT","@id":"x","#type":"kc","kubernetes.pod_name":"keycloak-0"}"##,
      "keycloak-0"
    ),
    (
      #"{"results":[[{"field":"@timestamp","value":"2026-08-21 10:00:00.200"},{"field":"@message","value":"TEXT"},{"field":"@logStream","value":"kc"}]],"status":"Complete"}"#,
      "kc"
    ),
    (#"{"field":"@message","value":"TEXT"}"#, ""),
    ("`TEXT`", ""),
    ("2026-08-21 12:00:00.200\tTEXT", ""),
    (#"        "TEXT","#, ""),
    (#"{"_line":"TEXT","_ts":1787306400200,"_app":"kc","level":"WARN"}"#, ""),
    (
      #"{"source":"stdout","log":"TEXT","container_id":"abc-1","container_name":"keycloak","ecs_cluster":"c"}"#,
      "keycloak"
    ),
    (
      #"{"__time__":"1787306400","__tag__:_pod_name_":"keycloak-0","content":"TEXT"}"#, "keycloak-0"
    ),
    (
      #"{"@timestamp":"2026-08-21T10:00:00.200Z","kubernetes":{"container_name":"keycloak","pod_name":"keycloak-0"},"level":"warn","log_type":"application","message":"TEXT","openshift":{"cluster_id":"x"}}"#,
      "keycloak-0/keycloak"
    ),
    (#""TEXT","#, ""),
    (#""TEXT\n""#, ""),
    ("MESSAGE=TEXT", ""),
    ("    MESSAGE=TEXT", ""),
    (
      #"{"file":"/var/log/app.log","host":"web1","message":"TEXT","source_type":"file","timestamp":"2026-08-21T10:00:00.123456789Z"}"#,
      ""
    ),
    (
      #"{"@timestamp":"2026-08-21T10:00:00.200Z","@version":"1","host":"web1","message":"TEXT","path":"/var/log/app.log"}"#,
      ""
    ),
    (
      #"{"@timestamp":"2026-08-21T10:00:00.200Z","log":{"offset":12,"file":{"path":"/var/log/app.log"}},"message":"TEXT"}"#,
      ""
    ),
    (
      #"{"log":"\u001b[31mTEXT\u001b[0m\r\n","stream":"stderr","time":"2026-08-21T10:00:00.123456789Z"}"#,
      ""
    ),
  ]

  @Test(arguments: ["UTC | INFO | words", "INFO  | words", "GMT | words"])
  func `a zone or a level in front of a bar is no container`(line: String) {
    let bytes = Array(line.utf8)
    #expect(Prefixes.compose(bytes.span, 0, bytes.count) == nil)
    let dated = Array(("2026-08-21 10:00:00 " + line).utf8)
    #expect(Prefixes.desktop(dated.span, 0, dated.count) == nil)
  }

  @Test(arguments: wrapped)
  func `every wrapper comes off, and its writer is known`(pattern: String, writer: String) {
    let line = pattern.replacing("TEXT", with: FramingTests.plain)
    let expected = ["1|\(writer)|\(FramingTests.plainTime)|INFO  hello"]
    #expect(read(line).shown == expected)
    #expect(read(line + "\r\n").shown == expected)
    #expect(read(line).coverage.lines == 1)
    #expect(read(line).coverage.unparsed == 0)
  }

  @Test(arguments: [
    "main.go:42: words", "http://example.com:80/a", "10.0.0.1:443: words", "keycloak:12:words",
    "2001:db8::7 - - words", "name.example.com:443 10.0.0.1 - -", "a.b:c:d", "edge.log:",
    "a/b.c:7:",
  ])
  func `what has a colon is no name of a file that grep put in front`(line: String) {
    let bytes = Array(line.utf8)
    #expect(Prefixes.grep(bytes.span, 0, bytes.count) == nil)
  }

  @Test func `a journal message given as bytes is read`() {
    let numbers = FramingTests.plain.utf8.map(String.init).joined(separator: ",")
    let sink = read(#"{"MESSAGE":[\#(numbers)],"__REALTIME_TIMESTAMP":"1787306400123456"}"#)
    #expect(sink.shown == ["1||\(FramingTests.plainTime)|INFO  hello"])
  }

  @Test func `a wrapper is judged line by line`() {
    let sink = read(
      """
      \(FramingTests.plain)
      [pod/keycloak-0/keycloak] \(FramingTests.plain)
      \(FramingTests.plain)
      2026-08-21T10:00:00.123456789Z stdout F \(FramingTests.plain)
      {"log":"\(FramingTests.plain)\\n","stream":"stdout","time":"2026-08-21T10:00:00.123456789Z"}
      \(FramingTests.plain)
      """)
    #expect(sink.shown.count == 6)
    #expect(sink.coverage.unparsed == 0)
  }

  @Test func `a program's own stamp is not mistaken for a wrapper's`() {
    enum Own: LineFormat {
      static let format = Format.springBoot
      static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool { to - from > 30 }
      static func read(
        _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
      ) -> ReadLine? {
        s[from] == UInt8(ascii: "2") && s[from + 10] == UInt8(ascii: "T")
          ? ReadLine(format: format, time: context.wrapperTime, isMessage: true) : nil
      }
    }
    let sink = read(
      """
      2026-11-23T18:36:24.674Z DEBUG 1 --- [main] c.e.Application : x
      2026-11-23T18:36:24.674123456Z DEBUG 1 --- [main] c.e.Application : x
      """, formats: [ToyFormat.self, Own.self])
    #expect(sink.coverage.formats == [.springBoot: 2])
    #expect(!sink.coverage.first.isKnown)
  }

  @Test func `pieces of a cut line are joined by stream`() {
    let sink = read(
      """
      2026-08-21T10:00:00.1Z stdout P 2026-08-21 10:00:00,123 INFO  a
      2026-08-21T10:00:00.1Z stderr F 2026-08-21 10:00:00,200 WARN  between
      2026-08-21T10:00:00.1Z stdout P b
      2026-08-21T10:00:00.1Z stdout F c
      2026-08-21T10:00:00.1Z stdout F 2026-08-21 10:00:00,300 INFO  next
      2026-08-21T10:00:00.1Z stdout P 2026-08-21 10:00:00,400 INFO  last
      """)
    #expect(
      sink.shown == [
        "2||2026-08-21T10:00:00.200Z|WARN  between", "4||2026-08-21T10:00:00.123Z|INFO  abc",
        "5||2026-08-21T10:00:00.300Z|INFO  next", "6||2026-08-21T10:00:00.400Z|INFO  last",
      ])
    #expect(sink.coverage.lines == 6)
  }

  @Test func `the rest of a cut line begins with none of its wrappers, and the whole has its own`()
  {
    let stamp = "2026-08-21T10:00:00.123456789Z"
    let line = "Aug 21 10:00:00 node1 keycloak[12]: " + FramingTests.plain
    // Cut in front of what could be a stamp, a name with a colon, a tag or a counted message.
    for cut in 1..<line.utf8.count {
      let bytes = Array(line.utf8)
      let first = String(decoding: bytes[..<cut], as: UTF8.self)
      let rest = String(decoding: bytes[cut...], as: UTF8.self)
      let reading = read("\(stamp) stdout P \(first)\n\(stamp) stdout F \(rest)\n")
      #expect(reading.shown == ["2|node1 keycloak|\(FramingTests.plainTime)|INFO  hello"])
    }
    let json = #"{"log":"\#(FramingTests.plain)\n","stream":"stdout","time":"\#(stamp)"}"#
    let half = json.utf8.count / 2
    let first = String(decoding: Array(json.utf8)[..<half], as: UTF8.self)
    let rest = String(decoding: Array(json.utf8)[half...], as: UTF8.self)
    let reading = read("\(stamp) stderr P \(first)\n\(stamp) stderr F \(rest)\n")
    #expect(reading.shown == ["2||\(FramingTests.plainTime)|INFO  hello"])
  }

  @Test func `docker's sixteen kilobyte pieces are joined`() {
    let long = String(repeating: "y", count: 16_384 - 30)
    let first = "2026-08-21 10:00:00,123 INFO  \(long)"
    let sink = read(
      """
      {"log":"\(first)","stream":"stdout","time":"2026-08-21T10:00:00.123456789Z"}
      {"log":"zz\\n","stream":"stdout","time":"2026-08-21T10:00:00.123456789Z"}
      """)
    #expect(sink.observations.messages.count == 1)
    #expect(sink.coverage.continuations == 1)
  }

  @Test func `a stack trace belongs to its message`() {
    let sink = read(
      """
      2026-08-21 10:00:00,123 ERROR failed: java.io.IOException: x
      \tat a.b.c(D.java:1)
      Caused by: java.lang.Exception: y
      \t... 12 more

      some words of the exception
      2026-08-21 10:00:01,123 INFO  next
      [2026/08/21 unknown beginning
      words after it
      """)
    #expect(sink.coverage.continuations == 5)
    #expect(sink.coverage.formats == [.applicationText: 2])
    #expect(sink.coverage.unparsed == 2)
    #expect(sink.coverage.unparsedExamples.map { LineNumber.line($0.number) } == [8, 9])
    #expect(sink.coverage.lines == 9)
  }

  @Test func `traces of two pods that write at once stay apart`() {
    let sink = read(
      """
      [pod/a-1/a] 2026-08-21 10:00:00,123 ERROR x
      [pod/b-1/b] {"unknown":1}
      [pod/a-1/a] \tat x
      [pod/b-1/b] words
      """)
    #expect(sink.coverage.continuations == 1)
    #expect(sink.coverage.unparsed == 2)
  }

  @Test func `one text with a trace inside is a record and its continuations, and one line`() {
    let sink = read(
      #"{"log":"2026-08-21 10:00:00,123 ERROR x\n\tat y\n2026-08-21 10:00:00,124 INFO  z\n","stream":"stdout","time":"2026-08-21T10:00:00.123456789Z"}"#
    )
    #expect(sink.observations.messages.count == 2)
    #expect(sink.coverage.lines == 1)
    #expect(sink.coverage.formats == [.applicationText: 1])
    #expect(sink.coverage.continuations == 0)
  }

  @Test func `the lines of a batch have their own times and writers, and are one line`() {
    let sink = read(
      #"{"streams":[{"stream":{"pod":"a"},"values":[["1","2026-08-21 10:00:00,123 INFO  x"],["2","2026-08-21 10:00:01,123 INFO  y"]]},{"stream":{"pod":"b"},"values":[["3","2026-08-21 10:00:02,123 INFO  \"z\""],[],["4"]]}]}"#
    )
    #expect(
      sink.shown == [
        "1|a|2026-08-21T10:00:00.123Z|INFO  x", "1|a|2026-08-21T10:00:01.123Z|INFO  y",
        "1|b|2026-08-21T10:00:02.123Z|INFO  \"z\"",
      ])
    #expect(sink.coverage.lines == 1)
    #expect(sink.coverage.formats == [.applicationText: 1])
  }

  @Test(arguments: wrapped)
  func `a wrapper that is cut at any byte never traps`(pattern: String, writer: String) {
    let bytes = Array(pattern.replacing("TEXT", with: FramingTests.plain).utf8)
    for end in 0..<bytes.count { #expect(read(Array(bytes[..<end])).coverage.lines <= 1) }
  }

  @Test func `a batch that is cut or empty is no batch`() {
    for line in [
      #"{"streams":[{"stream":{"pod":"a"},"val"#,
      #"{"streams":[],"x":"0123456789012345678901234"}"#,
      #"{"resourceLogs":[{}],"x":"0123456789012345678901234"}"#,
      #"{"status":"success","data":{"resultType":"streams","result":[{"stream":{}}]}}"#,
    ] {
      #expect(read(line).coverage.unparsed == 1)
    }
  }

  @Test(arguments: [("W0820", "2026-08-20"), ("W1231", "2025-12-31"), ("W0822", "2025-08-22")])
  func `a stamp without a year lies before the source was last changed`(
    _ day: String, _ date: String
  ) {
    let line = "\(day) 10:00:00.123456       7 controller.go:12] no endpoints"
    let messages = read(line, formats: FormatCatalogue.all).observations.messages
    #expect(messages.map(\.time.rfc3339) == ["\(date)T10:00:00.123456Z"])
  }

  @Test func `the year of the lines around is better than that of the file`() {
    func times(_ stamp: String) -> [String] {
      read(
        """
        \(stamp) edge haproxy[8]: 203.0.113.5:41000 [26/Dec/2023:23:41:26.372] http~ sso/<NOSRV> 0/-1/-1/-1/0 503 217 \
        - - SC-- 2/2/0/0/0 0/0 "POST /realms/shop/protocol/openid-connect/token HTTP/1.1"
        \(stamp) edge haproxy[8]: [WARNING]  (55) : Server sso/s1 is DOWN, reason: Layer4 connection problem, \
        info: "Connection refused"
        """, formats: FormatCatalogue.all
      ).observations.messages.filter { $0.format == .haproxyMessage }.map(\.time.rfc3339)
    }
    #expect(times("Dec 26 23:41:26") == ["2023-12-26T23:41:26Z"])
    #expect(times("Jan 01 00:00:02") == ["2024-01-01T00:00:02Z"])
    // Logs go forward, however long they were silent.
    #expect(times("Sep 01 00:00:02") == ["2024-09-01T00:00:02Z"])
  }

  @Test func `blank lines are no unparsed lines`() {
    let sink = read("\n\n  \n\r\n")
    #expect(sink.coverage.lines == 4)
    #expect(sink.coverage.unparsed == 0)
  }

  @Test func `a known sentence inside a trace does not end the trace`() {
    enum Known: LineFormat {
      static let format = Format.fragment
      static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
        s[from] == UInt8(ascii: "j")
      }
      static func read(
        _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
      ) -> ReadLine? { ReadLine(format: format, time: context.previousTime) }
    }
    let sink = read(
      """
      2026-08-21 10:00:00,123 ERROR failed

      java.io.IOException: x
      \tat a.b.c(D.java:1)
      """, formats: [ToyFormat.self, Known.self])
    #expect(sink.coverage.formats == [.applicationText: 1])
    #expect(sink.coverage.continuations == 3)
    #expect(sink.coverage.unparsed == 0)
  }
}
