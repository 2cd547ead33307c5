import Testing

@testable import Ingest

@Suite struct EventKeyTests {
  @Test func `the key of a role is the one of its number, and other texts have none`() {
    for number in 0..<EventKey.other.rawValue {
      #expect(EventKey(role: UInt8(number)) == EventKey(rawValue: number))
    }
    #expect(EventKey(role: UInt8(EventKey.other.rawValue)) == nil)
    #expect(EventKey(role: .max) == nil)
  }
}
