import Foundation
import Testing

/// Captured TLS and its secrets, given to the built binary.
@Suite struct SecureCaptureTests {
  private static let samples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Samples/tls")
  private static func path(_ name: String) -> String {
    samples.appendingPathComponent(name).path
  }
  private static let capture = path("1.3-tls-aes-128-gcm-sha256.pcap")
  private static let keys = path("1.3-tls-aes-128-gcm-sha256.keys")

  private static func secrets() throws -> [String] {
    try String(contentsOfFile: keys, encoding: .utf8).split(separator: "\n").compactMap {
      $0.split(separator: " ").last.map(String.init)
    }
  }

  @Test func `a refusal inside TLS is explained, and cited by its packet`() throws {
    let run = try Tool.run(["--keylog", Self.keys, Self.capture])
    #expect(run.status == 1)
    #expect(run.output.contains("token.expired"))
    #expect(run.output.contains("1.3-tls-aes-128-gcm-sha256.pcap#9"))
    #expect(run.output.contains("the refusal says the token is expired"))
  }

  @Test func `a key log beside the capture is used, and is no log`() throws {
    let folder = Scratch.folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in [Self.capture, Self.keys] {
      let url = URL(filePath: file)
      try FileManager.default.copyItem(at: url, to: folder.appending(path: url.lastPathComponent))
    }
    let run = try Tool.run([folder.path])
    #expect(run.status == 1)
    #expect(run.output.contains("token.expired"))
    let records = try Tool.run(["records", folder.path])
    #expect(records.status == 0)
    #expect(records.output.contains("\"http.response.status_code\":401"))
    #expect(!records.output.contains(".keys"))
  }

  @Test func `no secret reaches an output`() throws {
    let secrets = try Self.secrets()
    #expect(secrets.count == 5)
    for arguments in [
      ["--keylog", Self.keys, Self.capture, "--json", "-"],
      ["--keylog", Self.keys, Self.capture, "--html", "-"], [Self.keys, Self.capture],
      ["records", "--keylog", Self.keys, Self.capture], ["records", Self.keys, Self.capture],
    ] {
      let run = try Tool.run(arguments)
      for secret in secrets {
        #expect(!run.output.contains(secret) && !run.errors.contains(secret))
      }
      #expect(!run.output.contains("eyJ") && !run.output.contains("c2lnbmF0"))
    }
  }

  @Test func `without secrets nothing of it is read`() throws {
    let run = try Tool.run([Self.capture])
    #expect(run.output.contains("No HTTP request was read"))
  }

  @Test func `a key log that is none is refused`() throws {
    let run = try Tool.run(["--keylog", Self.capture, Self.capture])
    #expect(run.status == 64)
    #expect(run.errors.contains("no secret of a TLS connection"))
    let missing = try Tool.run(["--keylog", "/nowhere/keys", Self.capture])
    #expect(missing.status == 64)
  }
}
