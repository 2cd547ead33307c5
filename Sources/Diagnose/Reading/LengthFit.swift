internal import Evidence

/// Guesses which refusal an application's answers hold from their sizes.
///
/// An error body is a constant of the application plus the text (facts: lengths are fingerprints).
/// Where a size counts the headers too, the difference to the same service's answer to no token is
/// taken instead: there the text usually stands twice, in the challenge and in the body. The
/// constants are never assumed: every pair of constant and library is weighed by how well it
/// explains all sizes of all services, against the possibility that the words are of no library
/// known here. Always weak evidence: several texts share a length.
struct LengthFit {
  /// Statement → probability, by size class.
  private(set) var candidates: [SizeClass: [Statement: Double]] = [:]
  /// Where a kid of another length than Keycloak's fits best.
  private(set) var foreignKeyID: Set<SizeClass> = []
  /// Where a kid of 36 characters fits best.
  private(set) var uuidKeyID: Set<SizeClass> = []

  struct SizeClass: Hashable {
    var party: Int32
    var status: UInt16
    var bytes: Int32
  }

  /// How a size is made of a text: `constant + factor` times its length, where the factor 2 counts
  /// the plain text and the one escaped in JSON.
  fileprivate struct Shape: Hashable {
    var constant: Int
    var isTwice: Bool
    /// The body without the text, where the digits of its length are counted, too: from 100 bytes on it has
    /// three.
    var body: Int?
    /// Of what is more than in the answer to no token.
    var isDifference = false
    /// The challenge alone, as Spring Security makes it.
    var isSpring = false

    var order: (Int, Int, Int) {
      (constant, body ?? 0, (isTwice ? 4 : 0) + (isDifference ? 2 : 0) + (isSpring ? 1 : 0))
    }
  }

  /// A size, and how much larger it is than the answer to no token.
  private struct Value {
    var whole: Int
    var difference: Int?
  }

  /// What the size of an answer counts.
  enum Counting {
    case body
    /// Headers, too, in a way that is not known.
    case headers
    /// Their names and values alone.
    case haproxy
    /// `%O`.
    case apache
    /// `$bytes_sent`.
    case nginx

    /// How sizes are made, where a service's answers are known whole.
    fileprivate var wholeShapes: [(shape: Shape, prior: Double)]? {
      switch self {
      case .body, .headers: nil
      case .haproxy: LengthFit.htxShapes
      case .apache: LengthFit.apacheShapes
      case .nginx: LengthFit.nginxShapes
      }
    }
  }

  /// - Parameter baseline: for classes whose sizes count headers, the size of the same service's answer to no token;
  ///   `nil` where it is not known.
  init(
    _ sizes: [SizeClass: Counting], isEmpty: (SizeClass) -> Bool, baseline: (SizeClass) -> Int32?
  ) {
    let order = sizes.keys.filter {
      $0.bytes > 0 && ($0.status == 401 || $0.status == 503) && !isEmpty($0)
    }
    .sorted { ($0.party, $0.status, $0.bytes) < ($1.party, $1.status, $1.bytes) }
    func value(_ size: SizeClass, _ bytes: Int32) -> Value {
      Value(whole: Int(bytes), difference: baseline(size).map { Int(bytes) - Int($0) })
    }
    fit(order.filter { sizes[$0] == .body }, LengthFit.bodyShapes) { value($0, $0.bytes) }
    // What serves differs from service to service, and so do its headers.
    for counting in [Counting.haproxy, .apache, .nginx] {
      guard let shapes = counting.wholeShapes else { continue }
      let own = order.filter { sizes[$0] == counting }
      for all in Dictionary(grouping: own, by: \.party).values {
        let known = Set(all.map(\.bytes))
        fit(all, shapes) { size in
          // A second record of TLS: the same answer once more.
          let isTwice = counting == .apache && known.contains(size.bytes - RecordSizes.record)
          return value(size, isTwice ? size.bytes - RecordSizes.record : size.bytes)
        }
      }
    }
    fit(
      order.filter { sizes[$0] == .headers && baseline($0) != nil }, LengthFit.headerShapes
    ) { value($0, $0.bytes) }
  }

  /// What is known of sizes by other means.
  mutating func add(_ known: [SizeClass: [Statement: Double]]) {
    candidates.merge(known) { $1 }
  }

  private mutating func fit(
    _ sizes: [SizeClass], _ shapes: [(shape: Shape, prior: Double)], _ value: (SizeClass) -> Value
  ) {
    guard !sizes.isEmpty, sizes.count <= 2000 else { return }
    var parties: [(sizes: [SizeClass], values: [Value])] = []
    for size in sizes {
      if parties.last?.sizes.first?.party == size.party {
        parties[parties.count - 1].sizes.append(size)
        parties[parties.count - 1].values.append(value(size))
      } else {
        parties.append(([size], [value(size)]))
      }
    }
    // Likelihood of all sizes by shape; of one party by library within a shape.
    var logs: [Double] = []
    var byLibrary: [[[Double]]] = []
    for (shape, prior) in shapes {
      var total = Math.log(prior)
      var rows: [[Double]] = []
      for party in parties {
        var shares: [Double] = []
        for library in Library.all {
          var p = shape.isSpring == library.isSpring ? library.prior : 0
          for v in party.values { p *= library.likelihood(v, shape) }
          shares.append(p)
        }
        let sum = shares.reduce(0, +)
        total += Math.log(sum)
        rows.append(shares.map { $0 / sum })
      }
      logs.append(total)
      byLibrary.append(rows)
    }
    let top = logs.max() ?? 0
    let weights = logs.map { Math.exp($0 - top) }
    let whole = weights.reduce(0, +)
    for (p, party) in parties.enumerated() {
      for (k, size) in party.sizes.enumerated() {
        var shares: [Statement: Double] = [:]
        var foreign = 0.0
        var uuid = 0.0
        for (s, entry) in shapes.enumerated() {
          for (l, library) in Library.all.enumerated() {
            let matches = library.matches(party.values[k], entry.shape)
            guard !matches.isEmpty else { continue }
            let often = matches.reduce(0) { $0 + $1.often }
            for match in matches {
              let share = weights[s] / whole * byLibrary[s][p][l] * match.often / often
              shares[match.statement, default: 0] += share
              if match.isForeignKeyID { foreign += share }
              if match.isUUIDKeyID { uuid += share }
            }
          }
        }
        candidates[size] = shares.filter { $0.value > 0.02 }
        if foreign > 0.2 { foreignKeyID.insert(size) }
        if uuid > 0.2 { uuidKeyID.insert(size) }
      }
    }
  }

  /// `{"error":…,"message":…}` and its relatives, with and without blanks and line end.
  private static let bodyShapes: [(shape: Shape, prior: Double)] = (8...200).map { constant in
    let usual = [39: 0.28, 51: 0.24, 41: 0.03, 38: 0.03, 48: 0.03]
    return (
      Shape(constant: constant, isTwice: false), usual[constant] ?? (constant > 64 ? 0.003 : 0.01)
    )
  }

  /// `, error="invalid_token", error_description=""` adds 43 bytes to a bare challenge; a body that
  /// names another thing for no token takes its length away again: a dozen to thirty bytes, as a rule
  /// (`Unauthorized`, `missing bearer token`, `Authorization header is missing`).
  private static let headerShapes: [(shape: Shape, prior: Double)] =
    (-4...43).map { constant in
      let off = Double(constant - 22) / 8
      return (
        Shape(constant: constant, isTwice: true, isDifference: true),
        0.006 + 0.024 * Math.exp(-off * off / 2)
      )
    } + [
      (Shape(constant: 43, isTwice: false, isDifference: true), 0.12),
      (Shape(constant: 42, isTwice: false, isDifference: true), 0.06),
      (spring, 0.12),
    ]

  /// ` error="invalid_token", error_description="", error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"` after
  /// `Bearer`, and no body either way.
  private static let spring = Shape(
    constant: 105, isTwice: false, isDifference: true, isSpring: true)

  /// The same and Spring Boot's answer to no token (248 bytes behind HAProxy, 316 behind Apache, 356 behind nginx).
  private static func springWhole(_ constant: Int) -> Shape {
    Shape(constant: constant, isTwice: false, isSpring: true)
  }

  /// Start line, date, type and length of the body, and a challenge with an empty text take 187 bytes, the body
  /// without its text as above, what serves six and its name (`gunicorn`, `waitress`; `Werkzeug/3.1.3
  /// Python/3.12.3`; `uvicorn`): a usual program's answer is known whole. Of others any sum is as good.
  private static let htxShapes =
    wholeShapes(around: 193, others: 190...330) + [(springWhole(353), 0.15)]

  /// The same with blanks and line ends; a TLS record around it or none.
  private static let apacheShapes =
    wholeShapes(around: 198, others: 195...380)
    + wholeShapes(around: 198 + Int(RecordSizes.record), others: 381...381).map {
      ($0.shape, $0.prior * 0.5)
    }
    + [(springWhole(421), 0.1), (springWhole(421 + Int(RecordSizes.record)), 0.05)]
  /// nginx says who serves by itself, and adds the date, the request's id and the connection.
  private static let nginxShapes =
    wholeShapes(around: 275, servers: [(0, 1)], others: 250...420) + [(springWhole(461), 0.15)]

  private static let usualServers = [(8, 0.6), (28, 0.2), (7, 0.1), (29, 0.03), (27, 0.03)]

  private static func wholeShapes(
    around: Int, servers: [(Int, Double)] = usualServers, others: ClosedRange<Int>
  ) -> [(shape: Shape, prior: Double)] {
    let bodies = [(39, 0.4), (51, 0.3), (38, 0.04), (41, 0.04), (48, 0.04)]
    var shares: [Shape: Double] = [:]
    for (body, usual) in bodies {
      for (name, often) in servers {
        let shape = Shape(constant: around + body + name, isTwice: true, body: body)
        shares[shape, default: 0] += usual * often
      }
    }
    shares[spring] = 0.2
    for (shape, share) in headerShapes where !shape.isSpring { shares[shape] = share * 0.2 }
    for constant in others {
      shares[Shape(constant: constant, isTwice: true, body: 39), default: 0] += 0.004
    }
    return shares.map { ($0.key, $0.value) }
      .sorted { $0.shape.order < $1.shape.order }
  }

  private struct Match: Hashable {
    var statement: Statement
    var isForeignKeyID: Bool
    var isUUIDKeyID: Bool
    var often: Double
  }

  /// The texts of one library by length; the last of all has none: words not known here.
  private struct Library {
    var prior: Double
    var isSpring = false
    /// Among how many texts one is chosen. Libraries of few known texts have others that are not known here.
    var texts = 16
    /// Length as escaped in JSON → what it may say.
    var once: [Int: [Match]] = [:]
    /// Plain and escaped length together → what it may say.
    var twice: [Int: [Match]] = [:]

    func matches(_ value: Value, _ shape: Shape) -> [Match] {
      guard shape.isSpring == isSpring,
        let bytes = shape.isDifference ? value.difference : .some(value.whole)
      else { return [] }
      var length = bytes - shape.constant
      if let body = shape.body, body + length / 2 >= 100 { length -= 1 }
      return (shape.isTwice ? twice : once)[length] ?? []
    }

    /// The chance that a text of this library makes such a size; other words make any of 200.
    func likelihood(_ value: Value, _ shape: Shape) -> Double {
      let other = 1.0 / 200
      guard !once.isEmpty else { return other }
      let hits = matches(value, shape).reduce(0) { max($0, $1.often) }
      return 0.9 * hits / Double(texts) + 0.1 * other
    }

    static let all: [Library] = {
      let priors: [(RefusalText.Library, Double)] = [
        (.pyjwt, 0.2), (.joserfc, 0.15), (.node, 0.1), (.jsonwebtoken, 0.07), (.other, 0.05),
        // The only one of its shape.
        (.spring, 1),
      ]
      var result: [Library] = []
      for (name, prior) in priors {
        var library = Library(prior: prior, isSpring: name == .spring)
        for text in RefusalTexts.all where text.library == name { library.add(text) }
        library.texts = max(16, library.once.values.count { $0.contains { $0.often == 1 } })
        result.append(library)
      }
      return result + [Library(prior: 0.43)]
    }()

    mutating func add(_ text: RefusalText) {
      for variable in text.variable.isEmpty ? [0] : text.variable {
        let match = Match(
          statement: text.statement,
          isForeignKeyID: text.statement == .tokenUnknownKey && !text.variable.isEmpty
            && variable != RefusalTexts.keycloakKeyIDLength,
          isUUIDKeyID: text.statement == .tokenUnknownKey && variable == RefusalTexts.uuidLength,
          often: text.often)
        let escaped = text.escapedLength(variable: variable)
        if once[escaped]?.contains(match) != true { once[escaped, default: []].append(match) }
        let both = escaped + text.plainLength(variable: variable)
        if twice[both]?.contains(match) != true { twice[both, default: []].append(match) }
      }
    }
  }
}
