internal import ByteScan
internal import Evidence

/// TLS findings as network events.
extension Collector {
  mutating func tls(_ finding: TLSReader.Finding, _ at: Arrival, _ ends: Ends) {
    let side = at.isFromServer ? "from server" : "from client"
    var event: NetworkEvent
    switch finding {
    case .cipherChanged, .sealed: return
    case .serverHello(let bytes):
      event = NetworkEvent(citation: citation(at.packet), kind: .tlsServerHello)
      if let terms = HelloTerms.agreed(bytes.span) { event.detail = symbol(terms) }
    case .clientHello(let name, let bytes):
      event = NetworkEvent(citation: citation(at.packet), kind: .tlsClientHello)
      event.name = symbol(bytes.span, name)
      if let terms = HelloTerms.offered(bytes.span) { event.detail = symbol(terms) }
    case .certificate(let der):
      event = NetworkEvent(citation: citation(at.packet), kind: .tlsCertificate)
      describe(der, side, &event)
    case .alert(let level, let description):
      event = NetworkEvent(citation: citation(at.packet), kind: .tlsAlert)
      event.code = UInt16(level) << 8 | UInt16(description)
      event.detail = symbol(side)
    case .hiddenAlert:
      event = NetworkEvent(citation: citation(at.packet), kind: .tlsAlert)
      event.detail = symbol(side + ", encrypted")
    }
    event.time = Instant(nanoseconds: at.time)
    add(event, from: ends.client, ends.clientPort, to: ends.server, ends.serverPort)
  }

  private mutating func describe(_ der: [UInt8], _ side: String, _ event: inout NetworkEvent) {
    let s = der.span
    guard let names = CertificateNames(s) else { return }
    event.name = symbol(s, names.alternative.isPresent ? names.alternative : names.subject)
    var text = side
    if names.subject.isPresent {
      text += "; subject " + Bytes.text(s, names.subject.start, names.subject.end)
    }
    if names.issuer.isPresent {
      text += "; issuer " + Bytes.text(s, names.issuer.start, names.issuer.end)
    }
    let from = CertificateNames.date(s, names.notBefore)
    let to = CertificateNames.date(s, names.notAfter)
    if !from.isEmpty { text += "; not before " + from }
    if !to.isEmpty { text += "; not after " + to }
    event.detail = symbol(text)
  }

  /// TLS was spoken to a plain port, or the other way round.
  mutating func mismatch(_ what: String, _ at: Arrival, _ ends: Ends) {
    var event = NetworkEvent(citation: citation(at.packet), kind: .protocolMismatch)
    event.time = Instant(nanoseconds: at.time)
    event.detail = symbol(what)
    add(event, from: ends.client, ends.clientPort, to: ends.server, ends.serverPort)
  }
}
