// The pages of the causes are complete, point at one another soundly, and hold nothing but words,
// commands and placeholders.
import Diagnose
import Evidence
import Testing

struct CausePageTests {
  static let causes = CauseID.allCases.filter { $0 != .undecided }
  static let pages = CauseCatalogue.pages

  @Test func `every cause has exactly one page`() {
    let counts = Dictionary(grouping: Self.pages, by: \.cause).mapValues(\.count)
    for cause in Self.causes { #expect(counts[cause] == 1, "\(cause.rawValue)") }
    #expect(Self.pages.count == Self.causes.count)
  }

  @Test(arguments: causes)
  func `a page says what decides, what it is mistaken for, the fix and its proof`(_ cause: CauseID)
    throws
  {
    let page = try Self.page(cause)
    #expect((2...4).contains(page.decides.count))
    #expect((1...3).contains(page.supports.count))
    #expect(page.against.count <= 2)
    #expect((1...4).contains(page.lookAlikes.count))
    #expect(!page.needs.isEmpty)
    #expect((1...4).contains(page.fix.count))
    #expect((1...3).contains(page.verify.count))
  }

  @Test(arguments: causes)
  func `a look-alike is another cause, named once`(_ cause: CauseID) throws {
    let page = try Self.page(cause)
    let others = page.lookAlikes.map(\.cause)
    #expect(!others.contains(page.cause))
    #expect(!others.contains(.undecided))
    #expect(Set(others).count == others.count)
  }

  @Test(arguments: causes)
  func `texts are one line each, neither empty nor padded, with paired backticks`(_ cause: CauseID)
    throws
  {
    let page = try Self.page(cause)
    for text in Self.texts(page) {
      #expect(text.contains { $0.isLetter }, "\(text)")
      #expect(text.first?.isWhitespace == false && text.last?.isWhitespace == false, "\(text)")
      #expect(!text.contains { $0.isNewline || $0 == "\t" || $0 == "\u{1b}" }, "\(text)")
      #expect(!text.contains("  "), "\(text)")
      #expect(text.count { $0 == "`" }.isMultiple(of: 2), "\(text)")
    }
  }

  @Test func `a repair or its proof names a command or a setting`() {
    for page in Self.pages {
      #expect((page.fix + page.verify).contains { $0.contains("`") }, "\(page.cause.rawValue)")
    }
  }

  /// A token, a long random word, or a value where a variable or placeholder belongs.
  @Test(arguments: causes)
  func `no text holds what looks like a secret`(_ cause: CauseID) throws {
    let page = try Self.page(cause)
    for text in Self.texts(page) {
      #expect(!text.contains("eyJ"), "\(text)")
      for word in text.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") }) {
        let isMixed =
          word.contains { $0.isNumber } && word.contains { $0.isLowercase }
          && word.contains { $0.isUppercase }
        #expect(!(word.count >= 20 && isMixed), "\(word)")
        #expect(!(word.count >= 16 && word.allSatisfy(\.isHexDigit)), "\(word)")
      }
      for value in Self.secretValues(text) {
        #expect(value.hasPrefix("$") || value.allSatisfy { !$0.isLowercase }, "\(value)")
      }
    }
  }

  @Test func `the test for secrets finds one`() {
    #expect(Self.secretValues("curl -u CLIENT:hunter2 x") == ["hunter2"])
    #expect(Self.secretValues("curl -H 'Authorization: Bearer abc' x") == ["abc'"])
    #expect(Self.secretValues("curl -d password=abc x") == ["abc"])
  }

  private static func page(_ cause: CauseID) throws -> CausePage {
    try #require(pages.first { $0.cause == cause })
  }

  private static func texts(_ page: CausePage) -> [String] {
    [page.title, page.summary] + page.decides + page.supports + page.against
      + page.lookAlikes.map(\.separatedBy) + page.needs + page.fix + page.verify
  }

  /// What a command line gives as credential: after `-u NAME:`, in a Bearer header, in a form field.
  private static func secretValues(_ text: String) -> [String] {
    var values: [String] = []
    for mark in ["-u CLIENT:", "Authorization: Bearer ", "password=", "client_secret="] {
      var rest = text[...]
      while let found = rest.firstRange(of: mark) {
        rest = rest[found.upperBound...]
        let value = rest.prefix { $0 != " " && $0 != "`" }
        if !value.isEmpty { values.append(String(value)) }
      }
    }
    return values
  }
}
