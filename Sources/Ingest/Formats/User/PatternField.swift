/// What one variable of a user's log format holds.
enum PatternField: Sendable {
  /// Passed over.
  case other
  case client, clientAndPort, forwardedFor, remoteUser
  /// `[` may stand around the stamp: `%t` writes it itself.
  case commonTime, commonTimeInBrackets, isoTime, epoch, epochMilliseconds
  case requestLine, method, target, path, query
  case status, upstreamStatus
  case responseBytes, responseBytesWithHeaders, requestBytes
  /// Of the request: seconds with a fraction, milliseconds, microseconds.
  case seconds, milliseconds, microseconds
  case host, userAgent, requestID, traceparent
  case service, upstreamAddress, detail, flags, challenge, location
}
