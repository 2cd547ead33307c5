import Testing

@testable import Ingest

/// Tables that log stores export: what is one, and what becomes of its rows.
@Suite struct ExportTableTests {
  /// What is read of a text, given in chunks of some size.
  private static func rows(_ text: String, chunk: Int = 1 << 16) -> String {
    FlowText.read(text, chunk: chunk) { TableWriter.flow(of: $0) }
  }

  @Test(arguments: [
    (
      // Splunk
      "\"_raw\",\"_time\",host\n\"a \"\"b\"\", c\",2026-08-21T10:00:00.123+0000,n1\n",
      #"{"@timestamp":"2026-08-21T10:00:00.123+0000","_raw":"a \"b\", c"}"#
    ),
    (
      // Kibana: the browser's zone, which nobody knows
      "\"@timestamp\",\"kubernetes.pod.name\",message\n\"Aug 21, 2026 @ 12:00:00.123\",\"kc-0\",x\n",
      #"{"kubernetes":{"pod_name":"kc-0"},"_raw":"x"}"#
    ),
    (
      // CloudWatch Logs Insights is in UTC
      "@timestamp,@message\n2026-08-21 10:00:00.123,a\tb\n",
      #"{"@timestamp":"2026-08-21 10:00:00.123Z","_raw":"a\tb"}"#
    ),
    (
      // CloudWatch's console
      "timestamp,message\r\n1787306400123,\"x\"\r\n",
      #"{"@timestamp":1787306400123,"_raw":"x"}"#
    ),
    (
      // Azure's portal
      "TimeGenerated [UTC],PodName,ContainerName,LogMessage\n\"8/21/2026, 12:00:00.123 PM\",kc-0,kc,x\n",
      #"{"@timestamp":"2026-08-21T12:00:00.123Z","kubernetes":{"pod_name":"kc-0","container_name":"kc"},"_raw":"x"}"#
    ),
    (
      // As fine as it was written
      "TimeGenerated [UTC],LogEntry\n\"8/21/2026, 1:02:03.000 PM\",x\n",
      #"{"@timestamp":"2026-08-21T13:02:03.000Z","_raw":"x"}"#
    ),
    (
      "TimeGenerated [UTC];LogEntry\n\"8/1/2026, 12:00:05 AM\";x\n",
      #"{"@timestamp":"2026-08-01T00:00:05Z","_raw":"x"}"#
    ),
    (
      // Grafana
      "\"Time\",\"Line\",\"tsNs\",\"id\",\"labels\"\n1,\"x\",1787306400123456789,\"a\",\"{\"\"pod\"\":\"\"kc-0\"\"}\"\n",
      #"{"@timestamp":1787306400123,"labels":{"pod":"kc-0"},"_raw":"x"}"#
    ),
    (
      "Date\tHost\tService\tMessage\n2026-08-21T10:00:00.123Z\tn1\tkc\tx\n",
      #"{"@timestamp":"2026-08-21T10:00:00.123Z","kubernetes":{"pod_name":"kc"},"_raw":"x"}"#
    ),
    (
      // No column has a whole line: the columns are its fields.
      "time,method,path,status\n2026-08-21T10:00:00Z,GET,\"/a,b\",401\n",
      #"{"@timestamp":"2026-08-21T10:00:00Z","method":"GET","path":"/a,b","status":401}"#
    ),
    (
      // AWS load balancers' requests, as Athena answers
      "type,time,elb,client_ip,client_port,target_ip,target_port,elb_status_code,target_status_code,request_verb,request_url,request_proto,user_agent\nhttps,2026-08-21T10:00:00.123456Z,app/a/1,203.0.113.7,2817,,,401,,GET,\"https://a.example:443/b\",HTTP/1.1,\"curl/8 \"\"x\"\"\"\n",
      #"https 2026-08-21T10:00:00.123456Z app/a/1 203.0.113.7:2817 - - - - 401 - - - "GET https://a.example:443/b HTTP/1.1" "curl/8  x " - - - "-" "-" "-" - - "-" "-""#
    ),
    (
      // Backslashes in front of quotes
      "timestamp,message\n1787306400123,\"type=\\\"A\\\", b=\\\"\\\\c\\\"\"\n",
      #"{"@timestamp":1787306400123,"_raw":"type=\"A\", b=\"\\c\""}"#
    ),
    (
      // Google: names are paths, and a row has a text or a request
      "httpRequest.latency,httpRequest.status,jsonPayload.message,labels.k8s-pod/app,timestamp\n0.1s,401,,a,2026-08-21T10:00:00.123Z\n",
      #"{"@timestamp":"2026-08-21T10:00:00.123Z","httpRequest":{"latency":"0.1s","status":401},"labels":{"k8s-pod/app":"a"}}"#
    ),
    (
      "httpRequest.status,textPayload,jsonPayload.message,resource.labels.pod_name,timestamp\n,,\"x, y\",kc-0,2026-08-21T10:00:00.123Z\n",
      #"{"@timestamp":"2026-08-21T10:00:00.123Z","kubernetes":{"pod_name":"kc-0"},"_raw":"x, y"}"#
    ),
    (
      // Azure's diagnostics: types behind the names, several kinds of rows
      "TimeGenerated [UTC],Category,log_s,clientIP_s,httpMethod_s,requestUri_s,httpStatus_d,timeTaken_d,serverRouted_s\n\"8/21/2026, 10:00:00.123 AM\",ApplicationGatewayAccessLog,,203.0.113.7,GET,/api,401,0.034,10.1.0.4:8080\n",
      #"{"timeStamp":"2026-08-21T10:00:00.123Z","category":"ApplicationGatewayAccessLog","properties":{"clientIP":"203.0.113.7","httpMethod":"GET","requestUri":"/api","httpStatus":"401","timeTaken":"0.034","serverRouted":"10.1.0.4:8080"}}"#
    ),
    (
      "TimeGenerated [UTC],Category,log_s,httpStatus_d,requestUri_s\n\"8/21/2026, 10:00:00.123 AM\",kube-apiserver,x,,\n",
      #"{"@timestamp":"2026-08-21T10:00:00.123Z","_raw":"x"}"#
    ),
    (
      "@timestamp,@rawstring,#type\n1787306400123,x,kc\n",
      #"{"@timestamp":1787306400123,"_raw":"x"}"#
    ),
    ("sep=;\n_time;_raw\n1787306400;x\n", "\n" + #"{"@timestamp":1787306400,"_raw":"x"}"#),
    ("\u{feff}\"message\"\n\"x\"\n", #"{"_raw":"x"}"#),
  ])
  func `rows become records in the line on which they begin`(table: String, record: String) {
    for chunk in [1 << 16, 7] { #expect(Self.rows(table, chunk: chunk) == "\n\(record)\n") }
  }

  @Test(arguments: [
    "203.0.113.7 - - [21/Aug/2026:10:00:00 +0000] \"GET /a HTTP/1.1\" 401 26 \"-\" \"curl/8.5.0\"\n",
    "2026-08-21 10:00:00,123 INFO  [org.keycloak] (main) started, message, log\n",
    "message\nnothing to see\n",
    "Error: message, log and line are missing\nx\n",
    "name,price,amount\nbread,3.20,2\n",
    "message,message\na,b\n",
    "type=LOGIN_ERROR, realmId=f1, message=x\n",
    "status ok, path fine\n",
    "[GIN] 2026/08/21 - 10:00:00 | 401 | message, log\n",
    "{\"message\":\"a\",\"log\":\"b\"}\n",
    "",
  ])
  func `what is no table stays as it is`(text: String) {
    #expect(Self.rows(text) == text)
  }

  @Test func `line ends inside of cells keep the lines after them at their numbers`() {
    let table = "time,message\n1787306400,\"a\nb\r\nc\"\n1787306401,d\n"
    #expect(
      Self.rows(table) == """

        {"@timestamp":1787306400,"_raw":"a\\nb\\r\\nc"}


        {"@timestamp":1787306401,"_raw":"d"}

        """)
  }

  @Test func `what is no row stays as it is, and the rows after it are read`() {
    let table = "time,message,pod\nonly one\n1787306400,a,kc-0\n\n1,2,3,4\n1787306401,b,kc-0"
    let lines = Self.rows(table).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 6)
    #expect(lines[1] == "only one")
    #expect(lines[2].contains("\"_raw\":\"a\""))
    #expect(lines[3] == "")
    #expect(lines[4] == "1,2,3,4")
    #expect(lines[5].contains("\"_raw\":\"b\""))
  }

  @Test func `a last cell that nobody quoted has its commas`() {
    let rows = Self.rows("time,pod,message\n1787306400,kc-0,type=\"A\", realmId=\"b\", c\n")
    #expect(rows.contains(#""_raw":"type=\"A\", realmId=\"b\", c""#))
  }

  @Test func `a quote that is not doubled belongs to the text`() {
    let rows = Self.rows("time,message,pod\n1787306400,\"GET \"/a\" 401\",kc-0\n")
    #expect(rows.contains(#""_raw":"GET \"/a\" 401""#))
  }

  @Test func `a backslash in front of the quote that ends a cell belongs to the text`() {
    let rows = Self.rows("time,message,pod\n1787306400,\"C:\\\",kc-0\n1787306401,\"a\",kc-0\n")
    #expect(rows.contains(#""_raw":"C:\\""#) && rows.contains(#""_raw":"a""#))
  }

  @Test func `a quote that is never closed costs no line, and no time`() {
    let begin = ContinuousClock.now
    let lines = 300_000
    let table = "time,message\n" + String(repeating: "\"a\n", count: lines)
    let rows = Self.rows(table)
    #expect(rows.utf8.count { $0 == 10 } == lines + 1)
    // A search to the end from each line would take hours.
    #expect(ContinuousClock.now - begin < .seconds(60))
  }

  @Test func `a table that is cut at any byte never traps and has as many lines`() {
    let table = """
      sep=,
      "@timestamp","labels","message","kubernetes.pod.name"
      "2026-08-21T10:00:00.123Z","{""pod"":""kc-0""}","type=""LOGIN_ERROR"", x
      at y","kc-0"
      "8/21/2026, 12:00:00 PM",{"pod":"a"},"b\u{1}",

      """
    let bytes = Array(table.utf8)
    for count in 0...bytes.count {
      let text = String(decoding: bytes[..<count], as: UTF8.self)
      #expect(Self.rows(text, chunk: 11).utf8.count { $0 == 10 } == text.utf8.count { $0 == 10 })
    }
  }
}
