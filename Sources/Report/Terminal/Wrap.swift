/// Breaks text into lines of a width, at spaces; a word longer than a line is left whole, so that
/// citations, paths and commands can be copied.
enum Wrap {
  /// One piece of text and how it is painted; pieces follow one another with a space between.
  struct Piece {
    var text: String
    var style: Paint.Style?
  }

  /// Lines of at most `width` columns, the first begun by `lead`, the others indented by `hang`.
  static func lines(
    _ pieces: [Piece], lead: String, leadWidth: Int, hang: Int, width: Int, paint: Paint
  ) -> [String] {
    var lines: [String] = []
    var line = lead
    var column = leadWidth
    var isFirst = true
    for piece in pieces {
      var run = ""
      func close() {
        line += piece.style.map { paint($0, run) } ?? run
        run = ""
      }
      for word in piece.text.split(separator: " ") {
        let length = columns(word)
        if !isFirst, column + 1 + length > width, column > hang {
          close()
          lines.append(line)
          line = String(repeating: " ", count: hang)
          column = hang
          isFirst = true
        }
        if !isFirst {
          if run.isEmpty { line += " " } else { run += " " }
          column += 1
        }
        run += word
        column += length
        isFirst = false
      }
      close()
    }
    lines.append(line)
    return lines
  }

  /// Columns a text takes: one a character, two for wide East Asian ones (UAX #11, roughly).
  static func columns(_ text: some StringProtocol) -> Int {
    var total = 0
    for character in text {
      guard let scalar = character.unicodeScalars.first?.value else { continue }
      switch scalar {
      case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
        0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
        total += 2
      default: total += 1
      }
    }
    return total
  }
}
