internal import ByteScan
package import Evidence

/// uWSGI's request log: `[pid: 7|app: 0|req: 12/40] 10.0.0.1 (user) {44 vars in 696 bytes} [Fri Aug 21 10:00:00 2026]
/// GET /api/items => generated 47 bytes in 129 msecs (HTTP/1.1 401) 4 headers in 188 bytes (1 switches on core 0)`.
/// The stamp is local and has no zone.
///
/// <https://uwsgi-docs.readthedocs.io/en/latest/LogFormat.html>
package enum UWSGIAccess: LineFormat {
  package static let format = Format.applicationAccess

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 60 && Bytes.has("[pid: ", s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let head = Bytes.find("] ", s, from, min(to, from + 80))
    guard head > 0 else { return nil }
    var access = AccessText()
    let client = head + 2
    var end = Quoted.wordEnd(s, client, to)
    if end > client { access.client = Extent(client, end) }
    let user = Bytes.find("(", s, end, min(to, end + 2))
    let vars = Bytes.find(") {", s, end, min(to, end + 260))
    guard vars > 0 else { return nil }
    if user >= 0, vars > user + 1 { access.user = Extent(user + 1, vars) }
    let open = Bytes.find("} [", s, vars, min(to, vars + 64))
    guard open > 0, let stamp = ApacheErrorHead.stamp(s, open + 3, to), stamp.end + 1 < to,
      Bytes.has("] ", s, stamp.end, to)
    else { return nil }
    // A target may hold anything but a blank.
    let method = stamp.end + 2
    end = Quoted.wordEnd(s, method, to)
    let target = end + 1
    access.method = Extent(method, end)
    end = Quoted.wordEnd(s, target, to)
    guard end > target, Bytes.has(" => generated ", s, end, to) else { return nil }
    access.target = Extent(target, end)
    let size = end + 14
    end = Bytes.digitsEnd(s, size, min(to, size + 12))
    access.bytes = Int32(clamping: Bytes.number(s, size, end))
    guard Bytes.has(" bytes in ", s, end, to) else { return nil }
    let took = end + 10
    end = Bytes.digitsEnd(s, took, min(to, took + 12))
    let number = Int64(clamping: Bytes.number(s, took, end))
    access.duration = Bytes.has(" micros", s, end, to) ? number : number &* 1000
    let answer = Bytes.find(" (HTTP/", s, end, min(to, end + 16))
    guard answer > 0 else { return nil }
    let blank = Bytes.find(32, s, answer + 7, min(to, answer + 16))
    guard blank >= 0, let status = Bytes.status(s, blank + 1, min(to, blank + 4)) else {
      return nil
    }
    access.status = status
    var record = ApplicationRecord(context, format)
    record.time = RecordHead.time(stamp, context)
    record.isCoarse = !context.wrapperTime.isKnown
    record.add(access, s, &sink)
    return ReadLine(format: format, time: record.time)
  }
}
