internal import Evidence

/// Names the parties behind the edge. The edge's own service name is best; without one, host and
/// first path segment.
struct PartyTable {
  private struct Key: Hashable {
    var host: Symbol
    var segment: Int32
  }
  private var index: [Key: Int32] = [:]
  private var parties: [Party] = []
  private var keycloak: Int32 = -1
  /// By party, each once.
  private var addresses: [Int32: [Symbol]] = [:]
  private var noted = Numbering()
  /// First path segments, numbered.
  private var segments: [String] = []
  private var segmentNumbers: [String: Int32] = [:]
  // By symbol; -1 unknown. The party of a service, the segment of a route, the party that an address was
  // last noted for, and the host that a route was last seen with.
  private var byService: [Int32]
  private var segmentOf: [Int32]
  private var notedFor: [Int32]
  private var hostOf: [Symbol?]

  init(symbols: Int) {
    let count = max(1, symbols)
    byService = [Int32](repeating: -1, count: count)
    segmentOf = byService
    notedFor = byService
    hostOf = [Symbol?](repeating: nil, count: count)
  }

  /// The parties of some requests, without their addresses, which `withHosts` adds; the addresses with ports by
  /// party; and of each request the number of its party.
  typealias Found = (parties: [Party], addresses: [Int32: [Symbol]], numbers: [Int32])

  static func of(
    _ requests: [Request], _ endpoints: [Endpoint], _ symbols: borrowing SymbolTable
  ) -> Found {
    var table = PartyTable(symbols: symbols.count)
    var numbers: [Int32] = []
    numbers.reserveCapacity(requests.count)
    for (r, endpoint) in zip(requests, endpoints) {
      numbers.append(table.of(r, endpoint, symbols))
    }
    return (table.parties, table.addresses, numbers)
  }

  private mutating func of(
    _ r: Request, _ endpoint: Endpoint, _ symbols: borrowing SymbolTable
  ) -> Int32 {
    let party = find(r, endpoint, symbols)
    if !r.upstreamAddress.isNone, notedFor[Int(r.upstreamAddress.index)] != party {
      notedFor[Int(r.upstreamAddress.index)] = party
      if noted.insert(Numbering.key(party, r.upstreamAddress)) {
        addresses[party, default: []].append(r.upstreamAddress)
      }
    }
    return party
  }

  private mutating func find(
    _ r: Request, _ endpoint: Endpoint, _ symbols: borrowing SymbolTable
  ) -> Int32 {
    if endpoint.isKeycloak {
      if keycloak < 0 {
        keycloak = Int32(parties.count)
        parties.append(Party(kind: .keycloak, name: "Keycloak"))
      }
      return keycloak
    }
    // One party for requests that reached the service and for those that the edge answered alone:
    // the route's host and first segment are tied to the service that was named for it.
    let key = Key(host: r.host, segment: firstSegment(r.route, symbols))
    if !r.service.isNone, byService[Int(r.service.index)] >= 0 {
      let known = byService[Int(r.service.index)]
      if hostOf[Int(r.route.index)] != r.host {
        hostOf[Int(r.route.index)] = r.host
        if index[key] == nil { index[key] = known }
      }
      return known
    }
    if let known = index[key] {
      if r.service.isNone || parties[Int(known)].service.isNone {
        if !r.service.isNone {
          byService[Int(r.service.index)] = known
          parties[Int(known)].service = r.service
        }
        return known
      }
    }
    let host = r.host.isNone ? "" : symbols.text(r.host)
    var new = Party(
      kind: endpoint == .authService ? .authService : .application,
      name: host + "/" + segments[Int(key.segment)])
    new.service = r.service
    let number = Int32(parties.count)
    if index[key] == nil { index[key] = number }
    if !r.service.isNone { byService[Int(r.service.index)] = number }
    parties.append(new)
    return number
  }

  private mutating func firstSegment(_ route: Symbol, _ symbols: borrowing SymbolTable) -> Int32 {
    if segmentOf[Int(route.index)] >= 0 { return segmentOf[Int(route.index)] }
    let text = symbols.text(route)
    let segment = text.split(separator: "/").first.map(String.init) ?? ""
    let number = segmentNumbers[segment] ?? Int32(truncatingIfNeeded: segments.count)
    if Int(number) == segments.count {
      segmentNumbers[segment] = number
      segments.append(segment)
    }
    segmentOf[Int(route.index)] = number
    return number
  }

  /// The parties, their addresses without ports.
  static func withHosts(
    _ parties: [Party], _ addresses: [Int32: [Symbol]], _ symbols: inout SymbolTable
  ) -> [Party] {
    var result = parties
    for (party, all) in addresses {
      let hosts = Set(all.map { PartyTable.host(symbols.text($0)) }).sorted()
      result[Int(party)].addresses = hosts.map { symbols.intern($0) }
    }
    return result
  }

  /// `10.0.0.1:80` → `10.0.0.1`, `[::1]:80` → `::1`.
  static func host(_ address: String) -> String {
    if address.hasPrefix("["), let close = address.firstIndex(of: "]") {
      return String(address[address.index(after: address.startIndex)..<close])
    }
    let parts = address.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2 ? String(parts[0]) : address
  }
}
