internal import CYaml

/// Reads a settings file into a tree (libyaml). The only file that knows the library.
///
/// Less than YAML on purpose: one document of plain lists, maps and texts. Anchors, aliases and
/// tags are refused, and so is what is deep, long or large: a file somebody hands on must not cost
/// time or memory.
enum YAMLReader {
  static let largest = 1 << 20
  static let deepest = 12
  static let longestText = 32 << 10

  /// `nil` when the file holds nothing but comments.
  static func read(_ bytes: [UInt8], named file: String) throws(SettingsFault) -> YAMLNode? {
    guard bytes.count <= largest else {
      throw SettingsFault(file, .init(), "larger than 1 MiB")
    }
    var builder = TreeBuilder(file: file)
    let fault = unsafe bytes.withUnsafeBufferPointer { text in
      unsafe run(text, file, &builder)
    }
    if let fault { throw fault }
    return builder.root
  }

  /// Feeds the parser's events to the builder; why it had to stop.
  private static func run(
    _ text: UnsafeBufferPointer<UInt8>, _ file: String, _ builder: inout TreeBuilder
  ) -> SettingsFault? {
    var parser = unsafe yaml_parser_t()
    guard unsafe yaml_parser_initialize(&parser) == 1 else {
      return SettingsFault(file, .init(), "no memory to read it")
    }
    defer { unsafe yaml_parser_delete(&parser) }
    unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(&parser, text.baseAddress, text.count)
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(&parser, &event) == 1 else {
        return unsafe complaint(parser, text, file)
      }
      defer { unsafe yaml_event_delete(&event) }
      if unsafe event.type == YAML_STREAM_END_EVENT { return nil }
      do throws(SettingsFault) {
        try unsafe take(event, &builder)
      } catch {
        return error
      }
    }
  }

  private static func take(
    _ event: yaml_event_t, _ builder: inout TreeBuilder
  ) throws(SettingsFault) {
    let place = unsafe YAMLNode.Place(
      line: Int(event.start_mark.line) + 1, column: Int(event.start_mark.column) + 1)
    switch unsafe event.type {
    case YAML_DOCUMENT_START_EVENT: try builder.startDocument(place)
    case YAML_ALIAS_EVENT: try builder.refuse("aliases (*name) are not used here", place)
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      try unsafe plain(scalar.anchor, scalar.tag, place, builder)
      guard let value = unsafe scalar.value, unsafe scalar.length <= longestText else {
        return try builder.refuse("a text longer than 32 KiB", place)
      }
      let bytes = unsafe UnsafeBufferPointer(start: value, count: scalar.length)
      try builder.text(
        unsafe String(decoding: bytes, as: UTF8.self),
        isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE, place)
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe event.data.sequence_start
      try unsafe plain(start.anchor, start.tag, place, builder)
      try builder.open(isMap: false, place)
    case YAML_MAPPING_START_EVENT:
      let start = unsafe event.data.mapping_start
      try unsafe plain(start.anchor, start.tag, place, builder)
      try builder.open(isMap: true, place)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: try builder.close()
    default: break
    }
  }

  private static func plain(
    _ anchor: UnsafeMutablePointer<yaml_char_t>?, _ tag: UnsafeMutablePointer<yaml_char_t>?,
    _ place: YAMLNode.Place, _ builder: TreeBuilder
  ) throws(SettingsFault) {
    if unsafe anchor != nil { try builder.refuse("anchors (&name) are not used here", place) }
    if unsafe tag != nil { try builder.refuse("tags (!name) are not used here", place) }
  }

  /// What the library says, and where.
  private static func complaint(
    _ parser: yaml_parser_t, _ text: UnsafeBufferPointer<UInt8>, _ file: String
  ) -> SettingsFault {
    var words = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "not YAML"
    if let context = unsafe parser.context { words += unsafe " \(String(cString: context))" }
    guard unsafe parser.error == YAML_READER_ERROR else {
      let mark = unsafe parser.problem_mark
      return SettingsFault(
        file, .init(line: Int(mark.line) + 1, column: Int(mark.column) + 1), words)
    }
    // Bytes that are no text: the reader knows their offset only.
    var place = YAMLNode.Place()
    for i in 0..<min(unsafe Int(parser.problem_offset), text.count) {
      let byte = unsafe text[i]
      if byte == 10 {
        place = .init(line: place.line + 1, column: 1)
      } else if byte & 0xc0 != 0x80 {
        place.column += 1
      }
    }
    return SettingsFault(file, place, words)
  }
}

/// Puts the parser's events together.
private struct TreeBuilder {
  let file: String
  private(set) var root: YAMLNode?
  private var open: [Level] = []
  private var documents = 0

  init(file: String) { self.file = file }

  private struct Level {
    var isMap: Bool
    var place: YAMLNode.Place
    var items: [YAMLNode] = []
    var members: [YAMLNode.Member] = []
    var known: Set<String> = []
    /// A key whose value comes next.
    var key: (text: String, place: YAMLNode.Place)?
  }

  func refuse(_ reason: String, _ place: YAMLNode.Place) throws(SettingsFault) {
    throw SettingsFault(file, place, reason)
  }

  mutating func startDocument(_ place: YAMLNode.Place) throws(SettingsFault) {
    documents += 1
    if documents > 1 { try refuse("a second document; one is read", place) }
  }

  mutating func text(
    _ text: String, isPlain: Bool, _ place: YAMLNode.Place
  ) throws(SettingsFault) {
    if let last = open.indices.last, open[last].isMap, open[last].key == nil {
      guard open[last].known.insert(text).inserted else {
        return try refuse("\"\(text)\" is set twice", place)
      }
      open[last].key = (text, place)
      return
    }
    add(YAMLNode(content: .text(text, isPlain: isPlain), place: place))
  }

  mutating func open(isMap: Bool, _ place: YAMLNode.Place) throws(SettingsFault) {
    if open.count >= YAMLReader.deepest { try refuse("nested too deeply", place) }
    if let last = open.last, last.isMap, last.key == nil {
      try refuse("a key has to be a text", place)
    }
    open.append(Level(isMap: isMap, place: place))
  }

  mutating func close() throws(SettingsFault) {
    guard let level = open.popLast() else { return }
    add(
      YAMLNode(
        content: level.isMap ? .map(level.members) : .list(level.items), place: level.place))
  }

  private mutating func add(_ node: YAMLNode) {
    guard let last = open.indices.last else {
      root = node
      return
    }
    guard let key = open[last].key else {
      open[last].items.append(node)
      return
    }
    open[last].members.append(.init(key: key.text, place: key.place, value: node))
    open[last].key = nil
  }
}
