/// Some requests of an array, which they share with whoever holds it: a million need no copy.
public struct Failures: Sendable, RandomAccessCollection, MutableCollection {
  private var requests: [Request] = []
  /// Places in `requests`, in order.
  private var places: [Int32] = []

  public init() {}

  /// Those at some places, each given once.
  public init(_ requests: [Request], at places: [Int32]) {
    self.requests = requests
    self.places = places
  }

  public mutating func append(_ request: Request) {
    places.append(Int32(truncatingIfNeeded: requests.count))
    requests.append(request)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { places.count }
  public subscript(position: Int) -> Request {
    get { requests[Int(places[position])] }
    set { requests[Int(places[position])] = newValue }
  }
}
