import Testing

@testable import ByteScan

/// Lines of one shape are told apart from all others, and their values found.
@Suite struct LineShapeTests {
  private static let line =
    "{\"a\":\"one\",\"n\":-12.5e3,\"o\":{\"b\":[\"x\",7]},\"m\":\"k=\\\"v\\\"\"}"

  /// Finds the shape of a line; the values as texts.
  private static func values(_ line: String, _ shapes: inout LineShapes) -> [String]? {
    values(Array(line.utf8), &shapes)
  }

  /// `behind`: bytes behind the line; with 64 of them, runs are compared by marks.
  private static func values(
    _ line: [UInt8], _ shapes: inout LineShapes, behind: Int = 10,
    vectors: Int32 = LineMarks.mostVectors
  ) -> [String]? {
    let before = Array("{\"b\": 1}\n".utf8)
    let bytes = before + line + [10] + [UInt8](repeating: 58, count: behind - 1)
    var marks = LineMarks(vectors: vectors)
    marks.scan(bytes.span, 0, bytes.count)
    _ = marks.takeLine(0)
    let end = marks.takeLine(before.count)
    guard end >= before.count else { return nil }
    let to = end > before.count && bytes[end - 1] == 13 ? end - 1 : end
    guard shapes.find(bytes.span, before.count, to, marks) else { return nil }
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

  @Test(arguments: [
    line, "{\"a\":\"one\",\"n\":[1,22]}",
    "{\"a b\":\"\",\"\(String(repeating: "k", count: 70))\":3,\"o\":{\"p q\":\"r\"},\"z\":-1e5}",
    "{\"\(String(repeating: "k ", count: 50))\":\"v\",\"n\":0}",
  ])
  func `marks and every look find the same`(_ line: String) {
    var shapes = LineShapes()
    Self.learn(line, &shapes)
    var taken = 0
    let bytes = Array(line.utf8)
    var lines: [[UInt8]] = (0...bytes.count).map { Array(bytes[..<$0]) } + [bytes + [13]]
    for i in bytes.indices {
      for c in "\" \\,-0a:e\r".utf8 {
        lines.append(Array(bytes[..<i]) + [c] + bytes[(i + 1)...])
        lines.append(Array(bytes[..<i]) + [c] + bytes[i...])
      }
    }
    for changed in lines {
      let plain = Self.values(changed, &shapes)
      if plain != nil { taken += 1 }
      for vectors in 0...LineMarks.mostVectors {
        let marked = Self.values(changed, &shapes, behind: 65, vectors: vectors)
        #expect(marked == plain, "\(String(decoding: changed, as: UTF8.self))")
      }
    }
    #expect(taken > 10)
  }

  @Test func `values of several lines are held at once`() {
    var shapes = LineShapes()
    Self.learn(Self.line, &shapes)
    for slot in 0..<LineShapes.slots {
      shapes.slot = slot
      let line = Self.line.replacing("one", with: String(repeating: "x", count: slot))
      #expect(Self.values(line, &shapes)?[0].count == slot)
    }
    for slot in 0..<LineShapes.slots {
      #expect((0..<shapes.count(slot)).map { shapes.role(slot, $0) } == [0, 0, 0, 0, 1])
      #expect(shapes.place(slot, 0).to - shapes.place(slot, 0).from == slot)
      #expect(shapes.first(1, slot)?.from == shapes.place(slot, 4).from)
    }
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
