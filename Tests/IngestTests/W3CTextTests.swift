import Testing

@testable import Ingest

/// Logs whose `#Fields:` say what stands where.
@Suite struct W3CTextTests {
  private static func lines(_ text: String, chunk: Int = 1 << 16) -> String {
    FlowText.read(text, chunk: chunk) { RowText.flow(of: $0) }
  }

  static let logs = [
    (
      // IIS as a reverse proxy, with a field of its own
      "#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version cs(User-Agent) cs-host sc-status sc-substatus sc-win32-status time-taken X-Forwarded-For\r\n2026-08-21 10:00:05 W3SVC1 10.0.0.5 GET /api - 443 - 10.0.0.1 HTTP/2 curl/8 shop.example.com 401 0 0 31 203.0.113.7\r\n",
      "\n\n2026-08-21 10:00:05 10.0.0.5 GET /api - 443 - 10.0.0.1 curl/8 - 401 0 0 31 shop.example.com 203.0.113.7\n"
    ),
    (
      // CloudFront: tabs, seconds, escaped blanks
      "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) x-host-header time-taken\n2026-08-21\t10:00:05\tLAX1\t392\t192.0.2.100\tGET\td1.cloudfront.net\t/index.html\t401\t-\tMozilla/5.0%20(Windows)\twww.example.com\t0.015\n",
      "\n\n2026-08-21 10:00:05 - GET /index.html - - - 192.0.2.100 Mozilla/5.0+(Windows) - 401 - - 15 www.example.com -\n"
    ),
    (
      // A time alone is on the day of the directive; fields may change.
      "#Date: 2026-08-21 00:00:00\n#Fields: time c-ip cs-method cs-uri-stem sc-status\n10:00:05 192.0.2.1 GET /a 401\nother words\n#Fields: time cs-method cs-uri-stem sc-status\n10:00:06 GET /b 401\n",
      "\n\n2026-08-21 10:00:05 - GET /a - - - 192.0.2.1 - - 401 - - - - -\nother words\n\n2026-08-21 10:00:06 - GET /b - - - - - - 401 - - - - -\n"
    ),
  ]

  @Test(arguments: logs)
  func `rows become lines as IIS writes them by default`(_ log: String, _ lines: String) {
    for chunk in [1 << 16, 7] { #expect(Self.lines(log, chunk: chunk) == lines) }
  }

  @Test(arguments: [
    "# Fields: of wheat\nGET /a\n", "#Fields: a b c\n1 2 3\n", "x\n#Fields: time cs-method\n",
    "#\n", "",
    "#Version: 1.0",
  ])
  func `other texts stay as they are`(_ text: String) {
    #expect(Self.lines(text) == text)
  }

  @Test(arguments: logs)
  func `a log that is cut at any byte never traps and keeps its lines`(_ log: String, _: String) {
    let bytes = Array(log.utf8)
    for count in 0...bytes.count {
      let text = String(decoding: bytes[..<count], as: UTF8.self)
      #expect(Self.lines(text, chunk: 11).utf8.count { $0 == 10 } == text.utf8.count { $0 == 10 })
    }
  }

  static let entries = (
    """
    ---
    httpRequest:
      latency: 0.002145s
      requestUrl: https://shop.example.com/api
      status: 502
    insertId: 1x
    jsonPayload:
      '@type': type.googleapis.com/a
      statusDetails: failed_to_connect_to_backend
    labels:
      k8s-pod/app: it's
    tags:
    - a: b
    - c
    timestamp: '2026-08-21T10:00:00.123Z'
    ---
    insertId: 2x
    resource:
      labels:
        pod_name: kc-0
      type: k8s_container
    textPayload: 'type="LOGIN_ERROR", it''s: x
      y'
    ---
    insertId: 3x
    textPayload: |-
      a
        at b
    """,
    [
      #"2 {"httpRequest":{"latency":"0.002145s","requestUrl":"https://shop.example.com/api","status":"502"},"insertId":"1x","jsonPayload":{"@type":"type.googleapis.com/a","statusDetails":"failed_to_connect_to_backend"},"labels":{"k8s-pod/app":"it's"},"tags":null,"timestamp":"2026-08-21T10:00:00.123Z"}"#,
      #"17 {"insertId":"2x","resource":{"labels":{"pod_name":"kc-0"},"type":"k8s_container"},"textPayload":"type=\"LOGIN_ERROR\", it's: x y"}"#,
      #"25 {"insertId":"3x","textPayload":"a\u000a  at b"}"#,
    ]
  )

  @Test func `entries of Google's logging become objects behind their dashes`() {
    for chunk in [1 << 16, 7] {
      let lines = Self.lines(Self.entries.0 + "\n", chunk: chunk)
        .split(separator: "\n", omittingEmptySubsequences: false)
      let told = lines.enumerated().filter { !$0.element.isEmpty }
      #expect(told.map { "\($0.offset + 1) \($0.element)" } == Self.entries.1)
    }
  }

  @Test(arguments: ["---\na: b\n", "---\n", "insertId: x\n", "---\n# insertId: x\nkind: Pod\n"])
  func `other YAML stays as it is`(_ text: String) {
    #expect(Self.lines(text) == text)
  }

  @Test func `entries that are cut at any byte never trap and keep their lines`() {
    let bytes = Array(Self.entries.0.utf8)
    for count in 0...bytes.count {
      for chunk in [11, 4096] {
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        let lines = Self.lines(text, chunk: chunk)
        #expect(lines.utf8.count { $0 == 10 } == text.utf8.count { $0 == 10 })
      }
    }
  }
}
