/// The name that a log shares with its rotated parts: `x.log`, `x.log.1`, `x.log.2.gz`, `x.log-20261101.gz`,
/// `x-2026-11-01.log` are all parts of one.
enum RotatedSet {
  static let compressions = [".gz", ".zst", ".xz", ".bz2", ".lz4"]

  static func name(of path: String) -> String {
    var name = Substring(path)
    for ending in compressions where name.hasSuffix(ending) { name = name.dropLast(ending.count) }
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
}
