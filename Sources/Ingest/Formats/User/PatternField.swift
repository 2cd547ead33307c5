/// What one variable of a user's log format holds.
enum PatternField: Sendable {
  /// Passed over.
  case other
  case client, clientAndPort, forwardedFor, remoteUser
  /// `[` may stand around the stamp: `%t` writes it itself.
  case commonTime, commonTimeInBrackets, isoTime, epoch, epochMilliseconds
  /// In any of these layouts; numbers by their size.
  case anyTime
  case requestLine, method, target, path, query
  case status, upstreamStatus
  case responseBytes, responseBytesWithHeaders, requestBytes
  /// Of the request: seconds with a fraction, others whole.
  case seconds, milliseconds, microseconds, nanoseconds
  case host, userAgent, requestID, traceID, traceparent
  case service, upstreamAddress, detail, flags, challenge, location
  /// Of a line that is no request.
  case message, level, logger
}
