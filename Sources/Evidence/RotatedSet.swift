/// The name that a log shares with its rotated parts: `x.log`, `x.log.1`, `x.log.2.gz`,
/// `x.log-20261101.gz`, `x-2026-11-01.log` are all parts of one.
public enum RotatedSet {
  private static func plain(_ path: String) -> Substring {
    var name = Substring(path)
    for ending in [".gz", ".zst", ".xz", ".bz2", ".lz4"] where name.hasSuffix(ending) {
      name = name.dropLast(ending.count)
    }
    return name
  }

  public static func name(of path: String) -> String {
    var name = plain(path)
    // logrotate: `.1` to `.999`, `-20261101`, `-20261101-1793491200`, `.2026-11-01`.
    while let mark = name.lastIndex(where: { $0 == "." || $0 == "-" }) {
      let part = name[name.index(after: mark)...]
      guard !part.isEmpty, part.utf8.count <= 12, part.utf8.allSatisfy({ (48...57).contains($0) })
      else { break }
      name = name[..<mark]
    }
    let stem = name.hasSuffix(".log") ? name.dropLast(4) : name
    // A date before the ending.
    let end = stem.utf8.suffix(11)
    if end.count == 11, end.first == UInt8(ascii: "-") || end.first == UInt8(ascii: "."),
      end.dropFirst().enumerated().allSatisfy({
        $0.offset == 4 || $0.offset == 7 ? $0.element == 45 : (48...57).contains($0.element)
      })
    {
      return String(stem.dropLast(11)) + ".log"
    }
    return String(stem) + ".log"
  }

  /// A part's place among the others.
  public struct Part: Sendable {
    public var log: String
    /// `0`: the part that is being written; `1`: the one before. `nil` where parts have dates.
    public var age: Int?
    public var date: String
  }

  /// `x.log.2.gz` → `x.log`, 2; `x.log-20261129` → `x.log`, a date; `x.log` → `x.log`, 0; `nil` for others.
  public static func part(of path: String) -> Part? {
    let name = plain(path)
    let isMark = { (c: Character) in c == "." || c == "-" || ("0"..."9").contains(c) }
    let end = name.lastIndex { !isMark($0) }.map { name.index(after: $0) } ?? name.startIndex
    let log = name[..<end]
    guard log.hasSuffix(".log") else { return nil }
    guard let mark = name[end...].first else { return Part(log: String(log), age: 0, date: "") }
    let digits = name[end...].dropFirst()
    if mark == ".", digits.utf8.count <= 3, let age = Int(digits), age > 0 {
      return Part(log: String(log), age: age, date: "")
    }
    guard mark == "." || mark == "-", digits.utf8.count >= 8 else { return nil }
    return Part(log: String(log), age: nil, date: String(digits))
  }
}
