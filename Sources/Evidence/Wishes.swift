/// What the operator says about who writes what, and whose clock is off.
public struct Wishes: Sendable {
  /// `--role keycloak=kc-*`: the role of what has this name.
  public struct Role: Sendable {
    public var hop: Hop
    /// Of an input, a writer, a host or a service; stars stand for anything.
    public var name: String
    public init(hop: Hop, name: String) {
      self.hop = hop
      self.name = name
    }
  }

  /// `--clock keycloak.log=+3.2`: stamps of these inputs are so many seconds ahead.
  public struct Clock: Sendable {
    public var name: String
    public var seconds: Double
    public init(name: String, seconds: Double) {
      self.name = name
      self.seconds = seconds
    }
  }

  /// The first that fits counts.
  public var roles: [Role] = []
  public var clocks: [Clock] = []
  /// Offsets between clocks are found out from what tells of the same requests.
  public var estimatesClocks = true

  public init() {}

  /// An input: by its name as cited, or by the end of it (`logs/kc.log` is `kc.log`; so are entries
  /// of archives).
  public static func fits(_ name: String, input: String) -> Bool {
    if Glob.matches(name, input) { return true }
    for end in ["/", "!"] where Glob.matches("*" + end + name, input) { return true }
    return false
  }

  /// A writer (`pod/container`): by all of it or one of its parts.
  public static func fits(_ name: String, writer: String) -> Bool {
    Glob.matches(name, writer)
      || writer.split(separator: "/").contains { Glob.matches(name, String($0)) }
  }

  /// The role of what an input or a writer of that name tells.
  public func role(input: String, writer: String) -> Hop {
    for role in roles
    where Wishes.fits(role.name, input: input)
      || !writer.isEmpty && Wishes.fits(role.name, writer: writer)
    { return role.hop }
    return .unknown
  }

  /// Whether a host or a service of that name is Keycloak.
  public func isKeycloak(_ name: String) -> Bool {
    roles.contains { $0.hop == .keycloak && Glob.matches($0.name, name) }
  }
}
