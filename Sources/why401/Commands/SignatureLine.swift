internal import Evidence
internal import Pipeline

/// What `token --jwks` says about a signature, in words.
struct SignatureLine {
  let text: String
  let objection: TokenObjection?
  /// Keys of the set that could not be read.
  let notes: [String]

  init(_ token: [UInt8], _ reading: TokenReading, _ set: KeySet) {
    notes = set.passedOver
    guard reading.defect == nil else {
      text = "not checked"
      objection = nil
      return
    }
    func refusal(_ cause: CauseID, _ why: String) -> TokenObjection {
      TokenObjection(cause: cause, text: "by verifiers with these keys: \(why)", isCertain: true)
    }
    switch SignatureCheck.verdict(on: token, reading, set) {
    case .valid(let id):
      text = "valid, by the key \(id ?? "without an id")"
      objection = nil
    case .invalid(let id):
      text = "not valid"
      objection = refusal(
        .tokenBadSignature,
        "the signature is not by the key \(id ?? "of the set"): the token was changed, or somebody"
          + " else signed it")
    case .unknownKey(let id, let published):
      text = "cannot be checked: no key has its kid"
      let there =
        published.isEmpty
        ? "the set names no kid" : "there are " + published.joined(separator: ", ")
      objection = refusal(
        .keysRotated, "no key has the kid \(id) (\(there)): another realm, or the keys have changed"
      )
    case .mismatch(let why):
      text = "cannot be checked"
      objection = refusal(.tokenAlgorithm, why)
    case .unreadable(let why):
      text = "not checked: \(why)"
      objection = nil
    }
  }
}
