internal import ByteScan
package import Evidence

/// JSON logs of applications, under any of the usual member names (`FieldName`). An object counts as
/// a log record when it has a text (message or error) and a time or a level.
package enum ApplicationJSON: LineFormat {
  package static let format = Format.applicationJSON

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 12 && s[from] == UInt8(ascii: "{")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var fields = StructuredFields()
    _ = JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      fields.take(s, keyStart, keyEnd, value, depth: 0)
    }
    fields.complete(s)
    let hasText = fields.message != nil || fields.error != nil
    let isRequest = fields.status > 0 && fields.path != nil && fields.method != nil
    guard hasText && (fields.stamp != nil || fields.level != .unknown) || isRequest else {
      return nil
    }
    return fields.read(s, context, .applicationJSON, &sink)
  }
}
