internal import ByteScan

/// The verbs of the API server's audit log, and which method each is asked by.
///
/// <https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb>
enum KubernetesVerb {
  private static let methods: [(verb: StaticString, method: StaticString)] = [
    ("get", "GET"), ("list", "GET"), ("watch", "GET"), ("create", "POST"), ("update", "PUT"),
    ("patch", "PATCH"), ("delete", "DELETE"), ("deletecollection", "DELETE"),
  ]

  static func method(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> StaticString? {
    guard from < to, s[from] >= 97 else { return nil }
    return methods.first { Bytes.equals($0.verb, s, from, to) }?.method
  }
}
