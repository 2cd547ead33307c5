/// Escapes for XML and HTML. Text from an input is made harmless on the way.
enum Markup {
  static func escape(_ foreign: String) -> String {
    var out = ""
    for character in Neutral.text(foreign).unicodeScalars {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(character)
      }
    }
    return out
  }
}
