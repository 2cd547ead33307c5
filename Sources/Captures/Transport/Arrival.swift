/// When a piece of a stream arrived, and where it stands in both streams, as raw sequence numbers:
/// these can be compared although the start of a stream was never seen.
struct Arrival: BitwiseCopyable {
  var packet: Int
  var time: Int64
  /// Sequence number of the piece's first byte.
  var seq: UInt32
  /// What the sender had received of the other stream when it sent this.
  var ack: UInt32
  var hasAck: Bool
  var isFromServer: Bool
  /// The piece begins with this one of `Collector.foreseen`; -1 when that is not known.
  var head: Int32 = -1
}
