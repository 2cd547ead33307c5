import Foundation
import Testing

/// Captures and logs in what other programs pack them into.
@Suite struct PackedCaptureTests {
  /// A 7z archive with `dump/logs.txt` (a refusal at an ingress) and `dump/c.pcap` (the same on the wire).
  private static let sevenZip = """
    N3q8ryccAAPIrLrTqAEAAAAAAAAiAAAAAAAAAIUsiM8AGI3CisDp9yej5aTKABfe6sXo7pdoPGIaurOwTnLTWX4dlwnLaL6aihmi
    RfrNA5Pxr+nWP3G6BJc6kOeXJuaQpKcO/pYDlU0rCt3Hvlb3yjXFVc/hKZr2BJNRaUeQ+lFBwtUk6DBxnRsqoByVdasMs+bNW1M/
    zw4Nflop4CGtTnRFlpJCh2wdM1x8/Wz1D4GN/mBTCTSl2qjVrxFJXULpzPbwRiNnNJnwXOSRKRTgl4pYxBq0pevd4TAecoWfXQzZ
    g6+ATw2Z+/yVFB0hsVcK8L/KRH7DbdbGqGeZtsUCujZT1G1iYB/gsFPPpq1c041oUT8Q3s1SatbRWKKQB3Xl+/niSAxXH64HS9KP
    SNTaK3VWAjxPcQixwGtZiDsjVEaZIViz/X3XH//oxaN+AACBMweuD9U40RhXJNP+s34x4pabsPZCL1Gh4pbxDTs8XfyDBBFb0+XC
    ameDwEIhNNGGXnRZOuAOynkB1oO5s6jSvUGZ+ruQaGdPBZsyMJrHin9W4I4AW8KsMG+M1I8q5TzKlgaJ6X5zQcP7FAD4QekUY8Cq
    ///Nu0AAFwaBLQEJewAHCwEAASMDAQEFXQAAgAAMgIkKAeA/PtMAAA==
    """

  private static func has(_ program: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program)
  }

  private static func folder() throws -> URL {
    let folder = Scratch.folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let data = try #require(
      Data(base64Encoded: sevenZip.filter { !$0.isWhitespace }))
    try data.write(to: folder.appending(path: "b.7z"))
    return folder
  }

  private static func records(_ name: String, _ folder: URL) throws -> [String] {
    let run = try Tool.run(["records", name], folder: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run.output.split(separator: "\n").map(String.init)
  }

  @Test func `a log and a capture in a 7z archive are read`() throws {
    let records = try PackedCaptureTests.records("b.7z", try PackedCaptureTests.folder())
    #expect(
      records.contains {
        $0.hasPrefix("{\"citation\":\"b.7z!dump/logs.txt:1\"") && $0.contains("nginx.ingress")
      })
    #expect(
      records.contains {
        $0.hasPrefix("{\"citation\":\"b.7z!dump/c.pcap#3\"") && $0.contains("status_code\":401")
      })
  }

  /// The tool that packs, the name of what it makes of `c.pcap`, and how.
  private static let packers = [
    ("zstd", "c.pcap.zst", "zstd -q c.pcap"), ("lz4", "c.pcap.lz4", "lz4 -q c.pcap c.pcap.lz4"),
    ("xz", "c.pcap.xz", "xz -k c.pcap"), ("bzip2", "c.pcap.bz2", "bzip2 -k c.pcap"),
    ("gzip", "c.pcap.gz", "gzip -k c.pcap"),
    ("zstd", "b.tar.zst", "tar cf - c.pcap | zstd -q > b.tar.zst"),
    ("lz4", "b.tar.lz4", "tar cf - c.pcap | lz4 -qc > b.tar.lz4"),
    ("xz", "b.tar.xz", "tar cf - c.pcap | xz > b.tar.xz"), ("zip", "b.zip", "zip -q b.zip c.pcap"),
  ].filter { has($0.0) }

  @Test(arguments: packers)
  func `a capture gives the same records from whatever it is packed into`(
    program: String, name: String, command: String
  ) throws {
    let folder = try PackedCaptureTests.folder()
    let made = try Tool.shell(
      "base64 -d > c.pcap <<< \(PackedCaptureTests.plain) && \(command)",
      folder: folder)
    try #require(made.status == 0, "\(made.errors)")
    let plain = try PackedCaptureTests.records("c.pcap", folder)
    let cited = name.hasPrefix("b.") ? name + "!c.pcap" : name
    #expect(plain.count == 2)
    #expect(
      try PackedCaptureTests.records(name, folder)
        == plain.map { $0.replacing("\"c.pcap#", with: "\"\(cited)#") })
  }

  /// `c.pcap` by itself.
  private static let plain =
    "1MOyoQIABAAAAAAAAAAAAP//AAABAAAA4oMEawAAAAA2AAAANgAAAAICAgICAgMDAwMDAwgARQAAKAABQABABgAA"
    + "CgAAAQoAAAKcQABQAAAAAQAAAABQAv//AAAAAOKDBGvoAwAANgAAADYAAAACAgICAgIDAwMDAwMIAEUAACgAAUAA"
    + "QAYAAAoAAAIKAAABAFCcQAAAAAkAAAACUBL//wAAAADigwRr0AcAAF0AAABdAAAAAgICAgICAwMDAwMDCABFAABP"
    + "AAFAAEAGAAAKAAABCgAAApxAAFAAAAACAAAAClAY//8AAAAAR0VUIC9vcmRlcnMvMTcgSFRUUC8xLjENCkhvc3Q6"
    + "IHNob3ANCg0K4oMEa7gLAABmAAAAZgAAAAICAgICAgMDAwMDAwgARQAAWAABQABABgAACgAAAgoAAAEAUJxAAAAA"
    + "CgAAAClQGP//AAAAAEhUVFAvMS4xIDQwMSBVbmF1dGhvcml6ZWQNCkNvbnRlbnQtTGVuZ3RoOiAwDQoNCg=="
}
