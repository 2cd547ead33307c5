package import Evidence

/// How a capture is to be read.
package struct CaptureOptions {
  /// Only packets that this filter of tcpdump's syntax passes; it was checked before.
  package var filter: String?
  /// Asked while waiting for packets that may never come.
  package var isCancelled: (() -> Bool)?
  /// Given what is known so far, now and then, while a capture without end is read.
  package var publish: ((Observations) -> Void)?

  /// Every request is kept with all its texts, successes too, and every interim answer (RFC 9110 section 15.2): for
  /// records, not for diagnosis.
  package var isInFull = false

  /// Secrets of TLS connections; those in a pcapng file are added to them.
  package var keys = KeyLog()

  package init(filter: String? = nil) { self.filter = filter }
}
