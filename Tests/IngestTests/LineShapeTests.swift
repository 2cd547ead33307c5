import Testing

@testable import ByteScan

/// Lines of one shape are told apart from all others, and their values found.
@Suite struct LineShapeTests {
  private static let line =
    "{\"a\":\"one\",\"n\":-12.5e3,\"o\":{\"b\":[\"x\",7]},\"m\":\"k=\\\"v\\\"\"}"

  /// Finds the shape of a line; the values as texts.
  private static func values(_ line: String, _ shapes: inout LineShapes) -> [String]? {
    let bytes = Array((line + "\nnext line\n").utf8)
    var marks = LineMarks()
    marks.scan(bytes.span, 0, bytes.count)
    let end = marks.takeLine(0)
    guard shapes.find(bytes.span, 0, end, marks) else { return nil }
    return (0..<shapes.count).map {
      Bytes.text(bytes.span, shapes.place($0).from, shapes.place($0).to)
    }
  }

  private static func learn(_ line: String, _ shapes: inout LineShapes) {
    #expect(values(line, &shapes) == nil)
    let bytes = Array(line.utf8)
    let s = bytes.span
    shapes.learn {
      var values: [LineShape.Value] = []
      let isWhole = JSONShape.walk(s, 0, s.count) { item in
        if item.value.isString, item.value.isEscaped {
          let start = item.value.start + 4
          let end = Bytes.find(UInt8(ascii: "\\"), s, start, item.value.end)
          values.append(LineShape.Value(.escaped, start, end, role: 1))
        } else if let value = LineShape.Value(item.value, role: 0) {
          values.append(value)
        }
      }
      return isWhole ? LineShape(s, 0, s.count, values) : nil
    }
  }

  @Test(arguments: [
    (line, ["one", "-12.5e3", "x", "7", "v"]),
    ("{\"a\":\"\",\"n\":0,\"o\":{\"b\":[\"\",7]},\"m\":\"k=\\\"\\\"\"}", ["", "0", "", "7", ""]),
    (
      "{\"a\":\"{,:}\",\"n\":1,\"o\":{\"b\":[\"ä\",123456789012]},\"m\":\"k=\\\"w w\\\"\"}",
      ["{,:}", "1", "ä", "123456789012", "w w"]
    ),
  ])
  func `values of a line of the shape are found`(_ line: String, _ values: [String]) {
    var shapes = LineShapes()
    Self.learn(Self.line, &shapes)
    #expect(Self.values(line, &shapes) == values)
  }

  @Test(arguments: [
    "{\"a\":\"one\",\"n\":-12.5e3,\"o\":{\"b\":[\"x\",7]},\"m\":\"k=\\\"v\\\"\"} ",
    "{\"a\":\"one\",\"n\":null,\"o\":{\"b\":[\"x\",7]},\"m\":\"k=\\\"v\\\"\"}",
    "{\"a\":\"one\",\"n\":,\"o\":{\"b\":[\"x\",7]},\"m\":\"k=\\\"v\\\"\"}",
    "{\"a\":\"one\",\"n\":1,\"o\":{\"c\":[\"x\",7]},\"m\":\"k=\\\"v\\\"\"}",
    "{\"a\":\"one\",\"n\":1,\"o\":{\"b\":[\"x\",7]},\"m\":\"k=\\\"v\\\\\"}",
    "{\"a\":\"o\\ne\",\"n\":1,\"o\":{\"b\":[\"x\",7]},\"m\":\"k=\\\"v\\\"\"}",
    "{\"a\":\"o\\ne\",\"n\":1,\"o\":{\"b\":[\"x\",7]},\"m\":\"k=\"v\\\"\"}",
    "{\"a\":\"o\"e\",\"n\":1,\"o\":{\"b\":[\"x\",7]},\"m\":\"k=\\\"v\\\"\"}",
    "{\"a\":\"one\",\"n\":1,\"o\":{\"b\":[\"x\",7]},\"m\":\"k=\\\"v\\\"\"", "{}", "",
  ])
  func `lines of other shapes are not taken`(_ line: String) {
    var shapes = LineShapes()
    Self.learn(Self.line, &shapes)
    #expect(Self.values(line, &shapes) == nil)
  }

  @Test func `a log in which no line is like another gives up learning`() {
    var shapes = LineShapes()
    var learnt = 0
    for number in 0..<10_000 {
      let line = "{\"k\(number)\":\"v\"}"
      #expect(Self.values(line, &shapes) == nil)
      shapes.learn {
        learnt += 1
        let bytes = Array(line.utf8)
        return LineShape(bytes.span, 0, bytes.count, [])
      }
    }
    #expect(learnt > 100 && learnt < 300)
  }
}
