extension Dictionary where Key: RawRepresentable, Key.RawValue: Comparable, Value: Comparable {
  /// The entry with the largest value; of equal ones that whose name comes first. Nil where there is none.
  var leading: Element? {
    self.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
  }
}
