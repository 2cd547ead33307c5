/// Exchanges in order of time. Requests and what was found out about them are held apart: the requests, which
/// are large, stay in one array from reading to report.
public struct Exchanges: Sendable, RandomAccessCollection {
  public private(set) var requests: [Request] = []
  /// As many as `requests`.
  public var links: [Exchange.Links] = []

  public init() {}

  /// Of as many requests as links.
  public init(_ requests: [Request], _ links: [Exchange.Links]) {
    precondition(requests.count == links.count)
    self.requests = requests
    self.links = links
  }

  public mutating func append(_ exchange: Exchange) {
    requests.append(exchange.request)
    links.append(exchange.links)
  }

  /// - Parameter change: keeps the order.
  public mutating func mapTimes(_ change: (inout Instant) -> Void) {
    for i in requests.indices {
      change(&requests[i].start)
      change(&requests[i].end)
    }
  }

  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { links.count }
  @inlinable @inline(__always) public subscript(position: Int) -> Exchange {
    Exchange(request: requests[position], links: links[position])
  }
}
