/// An IP packet (or the reassembled whole of its fragments) and where its payload stands.
struct Datagram: BitwiseCopyable {
  var source: IPAddress
  var destination: IPAddress
  /// IP protocol number behind all extension headers.
  var proto: UInt8
  var ttl: UInt8
  /// IPv4 identification; 0 for IPv6.
  var id: UInt16
  /// VXLAN or Geneve network, plus one; 0 outside a tunnel.
  var network: UInt32
  var from: Int
  var to: Int
  /// Bytes of the payload that were on the wire but not captured.
  var missing: Int
  var packet: Int
  var time: Int64
  /// Kernel interface index or the file's interface number.
  var interface: Int
  /// Its bytes are not those of the file: put together from fragments.
  var isApart = false
}
