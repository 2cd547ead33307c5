internal import Captures
package import Evidence
internal import Ingest

/// What the user said about the inputs.
package struct IngestOptions: Sendable {
  /// Readers at work at once.
  package var threads: Int
  /// Seconds east of UTC for stamps without a zone (`--timezone`).
  package var timezone: Int?
  /// From when and until when what is stamped counts (`--since`, `--until`).
  package var since: TimeBound?
  package var until: TimeBound?
  /// The same, once it is known when the last line was.
  var window: TimeWindow?
  /// Seconds east of UTC for stamps without a zone, by the name of the source, where it was found out before.
  var zoneOffsets: [String: Int] = [:]
  /// The user's own formats, compiled.
  var patterns: [UserFormat] = []
  /// Who writes what, and whose clock is off.
  package var wishes = Wishes()
  /// What is not to be reported for a while.
  var suppressions: [SuppressionRule] = []
  /// The report tells how each cluster was weighed.
  package var isWeighingTold = false
  /// Names of the settings files that were read.
  var settings: [String] = []
  /// Seconds east of UTC for stamps whose zone nothing in their line tells (`ReadingOptions`).
  var fallbackOffset: Int?
  /// Plain files are cut into blocks of this size. The same whatever the number of threads.
  package var blockSize = 8 << 20
  /// Bytes asked from the system at once: large enough to make calls cheap, small enough for the cache.
  package var chunkSize = 256 << 10

  /// Only packets that pass this filter in tcpdump's syntax (`--bpf`); it was checked before.
  package var packetFilter: String?
  /// Interfaces of this machine to capture on (`--interface`).
  package var interfaces: [String] = []

  /// Secrets of TLS connections (`--keylog`, and key logs among the inputs).
  var keys = KeyLog()

  /// Captured requests are all kept (`CaptureOptions.isInFull`).
  var keepsCapturesInFull = false

  package init(threads: Int = Workers.processors) { self.threads = max(1, threads) }

  /// Adds a format by the pattern of who writes it: nginx, Envoy or Apache. The reason when it
  /// cannot be used.
  package mutating func add(logFormat pattern: String) -> String? {
    do throws(PatternFormat.Wrong) {
      patterns.append(UserFormat(.text(try PatternFormat.parse(pattern))))
      return nil
    } catch {
      return error.text
    }
  }
}

extension IngestOptions {
  /// What speaks against a filter; `nil` when it can be used.
  package static func complaint(aboutFilter text: String) -> String? {
    PacketFilter.complaint(about: text)
  }

  var capture: CaptureOptions {
    var options = CaptureOptions(filter: packetFilter)
    options.isInFull = keepsCapturesInFull
    options.keys = keys
    return options
  }

  /// Adds the secrets of a key log; `false` when there are none in it.
  package mutating func add(keyLog text: [UInt8]) -> Bool {
    var found = KeyLog()
    found.add(text.span)
    keys.absorb(found)
    return !found.isEmpty
  }

  /// The largest key log that is read.
  package static var largestKeyLog: Int { KeyLog.largest }
}
