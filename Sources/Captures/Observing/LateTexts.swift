/// Texts of a request that are interned only when its answer shows that it is kept: path and ids
/// differ from request to request, and the table of texts never forgets.
struct LateTexts {
  var bytes: [UInt8] = []
  /// Ends of path and request id in `bytes`; the trace id follows.
  var pathEnd = 0
  var idEnd = 0
}
