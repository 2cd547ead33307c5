/// Text inside GitHub-flavoured Markdown. Text from an input is made harmless, can start no markup,
/// and cannot address anybody (`@name`, `#12`).
enum MarkdownText {
  /// Prose.
  static func prose(_ foreign: String) -> String {
    let scalars = Array(Neutral.text(foreign).unicodeScalars)
    var out = ""
    for (i, c) in scalars.enumerated() {
      let before = i > 0 ? scalars[i - 1] : " "
      let after = i + 1 < scalars.count ? scalars[i + 1] : " "
      switch c {
      case "\\", "`", "*", "[", "]", "|", "~": out += "\\"
      case "_" where !(isWord(before) && isWord(after)): out += "\\"
      case "<":
        out += "&lt;"
        continue
      case ">":
        out += "&gt;"
        continue
      case "&":
        out += "&amp;"
        continue
      case "@" where !isWord(before):
        out += "&#64;"
        continue
      case "#" where !isWord(before):
        out += "&#35;"
        continue
      case "-", "+", "=":
        if i == 0 { out += "\\" }
      default: break
      }
      out.unicodeScalars.append(c)
    }
    return out
  }

  /// A code span that keeps every character, also backticks; `|` is escaped for tables.
  static func code(_ foreign: String) -> String {
    let text = Neutral.text(foreign)
    var longest = 0
    var run = 0
    for c in text {
      run = c == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = longest > 0 ? " " : ""
    var body = ""
    for c in text { body += c == "|" ? "\\|" : String(c) }
    return fence + pad + body + pad + fence
  }

  private static func isWord(_ c: Unicode.Scalar) -> Bool {
    c.properties.isAlphabetic || ("0"..."9").contains(c)
  }
}
