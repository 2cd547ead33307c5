/// The fixed Huffman code of HPACK (RFC 7541 Appendix B). The code is canonical: the lengths say all.
enum HuffmanCode {
  /// Bits of each byte's code; the last is the end-of-string symbol.
  private static let lengths: [UInt8] = [
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
    28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
    5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
    13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
    15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
    6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
    20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
    24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
    22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
    21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
    26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
    19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
    20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
    26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
    30,
  ]

  private struct Table {
    /// Symbols by length, then by value.
    var symbols: [UInt16] = []
    /// First code of each length, and where its symbols start.
    var first = [UInt32](repeating: 0, count: 32)
    var start = [Int](repeating: 0, count: 32)
    var count = [Int](repeating: 0, count: 32)
  }

  private static let table: Table = {
    var table = Table()
    var code: UInt32 = 0
    for length in 1...30 {
      code <<= 1
      table.first[length] = code
      table.start[length] = table.symbols.count
      for (symbol, bits) in lengths.enumerated() where Int(bits) == length {
        table.symbols.append(UInt16(symbol))
        table.count[length] += 1
        code += 1
      }
    }
    return table
  }()

  /// Appends the decoded bytes; `false` on a code that cannot be.
  static func decode(_ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]) -> Bool {
    let table = Self.table
    var code: UInt32 = 0
    var length = 0
    for i in from..<to {
      let byte = s[i]
      var bit = 7
      while bit >= 0 {
        code = code << 1 | UInt32(byte >> UInt8(bit) & 1)
        length += 1
        bit -= 1
        if length > 30 { return false }
        let index = Int(code) - Int(table.first[length])
        if index >= 0, index < table.count[length] {
          let symbol = table.symbols[table.start[length] + index]
          if symbol == 256 { return false }
          out.append(UInt8(symbol))
          code = 0
          length = 0
        }
      }
    }
    // What is left is padding: at most seven ones.
    return length < 8
  }
}
