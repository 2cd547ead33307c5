internal import ByteScan
internal import Report

/// A JSON Web Key Set (RFC 7517 §5), read key by key: one that makes no sense spoils no other.
package struct KeySet: Sendable {
  /// One key, as far as signatures need it.
  struct Key: Sendable {
    /// What libcrypto is asked to build.
    enum Material: Sendable {
      case rsa(modulus: [UInt8], exponent: [UInt8])
      /// `P-256`, `P-384`, `P-521`.
      case ec(curve: String, x: [UInt8], y: [UInt8])
      /// `Ed25519`, `Ed448`.
      case okp(curve: String, x: [UInt8])
      case secret([UInt8])
    }
    var keyID: String?
    var algorithm: String?
    var use: String?
    var material: Material
  }

  private(set) var keys: [Key] = []
  /// Keys that were passed over, and why; ready to print.
  package private(set) var passedOver: [String] = []
  /// Why it is no key set at all.
  package private(set) var defect: String?

  package init(_ bytes: [UInt8]) {
    guard case .object(let members)? = JSONNode(bytes) else {
      defect = "this is no JSON object"
      return
    }
    if case .array(let items)? = members.last(where: { $0.key == "keys" })?.value {
      for (number, item) in items.enumerated() { add(item, "key \(number + 1)") }
    } else if members.contains(where: { $0.key == "kty" }) {
      add(.object(members), "the key")
    } else {
      defect = "there is no member \"keys\""
    }
  }

  private mutating func add(_ item: JSONNode, _ place: String) {
    guard case .object(let members) = item else {
      passedOver.append("\(place) is no object")
      return
    }
    func text(_ name: String) -> String? { members.last { $0.key == name }?.value.text }
    func number(_ name: String) -> [UInt8]? {
      guard let text = text(name), !text.isEmpty else { return nil }
      let bytes = Array(text.utf8)
      return Base64URL.decode(bytes.span, 0, bytes.count)
    }
    let name = text("kid").map { "\(place) (kid \($0))" } ?? place
    let material: Key.Material
    switch text("kty") {
    case "RSA":
      guard let n = number("n"), let e = number("e") else {
        passedOver.append("\(name): n or e is missing or damaged")
        return
      }
      material = .rsa(modulus: n, exponent: e)
    case "EC":
      guard let curve = text("crv"), let x = number("x"), let y = number("y") else {
        passedOver.append("\(name): crv, x or y is missing or damaged")
        return
      }
      material = .ec(curve: curve, x: x, y: y)
    case "OKP":
      guard let curve = text("crv"), let x = number("x") else {
        passedOver.append("\(name): crv or x is missing or damaged")
        return
      }
      material = .okp(curve: curve, x: x)
    case "oct":
      guard let k = number("k") else {
        passedOver.append("\(name): k is missing or damaged")
        return
      }
      material = .secret(k)
    case let type:
      passedOver.append("\(name): type \(type ?? "unknown") is not read")
      return
    }
    keys.append(
      Key(keyID: text("kid"), algorithm: text("alg"), use: text("use"), material: material))
  }
}
