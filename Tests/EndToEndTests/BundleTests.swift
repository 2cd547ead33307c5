import Foundation
import Testing

/// Archives of all kinds, whole and broken, given to the built binary.
@Suite struct BundleTests {
  /// A folder with a log, a rotated log, a manifest and a picture, and what `commands` make of it.
  private func folder(_ commands: String) throws -> URL {
    let folder = Scratch.folder.appending(path: UUID().uuidString)
    let pod = folder.appending(path: "dump/ns/web-1")
    try FileManager.default.createDirectory(at: pod, withIntermediateDirectories: true)
    try Data(Lines.refusals.utf8).write(to: pod.appending(path: "logs.txt"))
    try Data(Lines.success.utf8).write(to: pod.appending(path: "old.log"))
    try Data("apiVersion: v1\nkind: Pod\n".utf8).write(to: pod.appending(path: "pod.yaml"))
    try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7) }).write(
      to: pod.appending(path: "x.png"))
    let made = try Tool.shell("set -e; gzip dump/ns/web-1/old.log; " + commands, folder: folder)
    try #require(made.status == 0, "\(made.errors)")
    return folder
  }

  private func rows(_ file: String, in folder: URL) throws -> [String] {
    let run = try Tool.run(
      ["-q", "--fail-on", "never", "--attributions", "-", file], folder: folder)
    return run.output.split(separator: "\n").map(String.init)
  }

  @Test(
    arguments: [
      ("b.tar", "tar cf b.tar dump"), ("b.tar.gz", "tar czf b.tar.gz dump"),
      ("b.tgz", "tar czf b.tgz dump"), ("b.tar.bz2", "tar cf - dump | bzip2 > b.tar.bz2"),
      ("b.tar.xz", "tar cf - dump | xz > b.tar.xz"),
    ])
  func `an archive gives the rows of its folder, cited by entry and line`(
    name: String, command: String
  ) throws {
    let folder = try folder(command)
    let plain = try rows("dump", in: folder)
    let packed = try rows(name, in: folder)
    #expect(plain.count == 2)
    #expect(packed == plain.map { $0.replacing("\"dump/", with: "\"\(name)!dump/") })
    #expect(packed[0].contains("\"citation\":\"\(name)!dump/ns/web-1/logs.txt:1\""))
  }

  @Test func `what is no log is passed over and counted`() throws {
    let folder = try folder("tar czf b.tgz dump")
    let run = try Tool.run(["formats", "b.tgz"], folder: folder)
    #expect(run.status == 0)
    #expect(run.output.contains("archive: 2 entries read"))
    #expect(
      run.output.contains(
        "passed over: 1 binary data, 1 manifests and other files that are no logs"))
    #expect(run.output.contains("b.tgz!dump/ns/web-1/old.log.gz\n  1 line"))
  }

  @Test func `standard input may be an archive`() throws {
    let folder = try folder("tar czf b.tgz dump")
    let piped = try Tool.shell(
      "\"$WHY401\" -q --fail-on never --attributions - - < b.tgz", folder: folder)
    let file = try rows("b.tgz", in: folder)
    #expect(
      piped.output.split(separator: "\n").map(String.init)
        == file.map { $0.replacing("b.tgz!", with: "-!") })
  }

  @Test func `cited lines of an entry are shown, and a line of it is explained`() throws {
    let folder = try folder("tar czf b.tgz dump")
    _ = try Tool.run(["-q", "--json", "r.json", "b.tgz"], folder: folder)
    let shown = try Tool.run(["show", "r.json", "F1"], folder: folder)
    #expect(shown.status == 0)
    #expect(shown.output.contains("> 172.20.8.64 - - [23/Nov/2026:18:20:18 +0000]"))
    let why = try Tool.run(
      ["formats", "--why", "b.tgz!dump/ns/web-1/old.log.gz:1"], folder: folder)
    #expect(why.status == 0)
    #expect(why.output.contains("nginx.ingress"))
    let records = try Tool.run(["records", "b.tgz"], folder: folder)
    #expect(records.output.contains("{\"citation\":\"b.tgz!dump/ns/web-1/logs.txt:2\""))
  }

  @Test func `an archive inside an archive is read, a third one is counted`() throws {
    let folder = try folder(
      "tar czf in.tgz dump && tar cf mid.tar in.tgz && tar cf out.tar mid.tar in.tgz")
    #expect(
      try rows("mid.tar", in: folder)[0].contains("mid.tar!in.tgz!dump/ns/web-1/logs.txt:1"))
    let deep = try Tool.run(["formats", "out.tar"], folder: folder)
    #expect(deep.output.contains("1 archives inside archives inside archives"))
    #expect(deep.output.contains("out.tar!in.tgz!dump/ns/web-1/logs.txt"))
  }

  @Test func `an entry whose path leads out is read under what is left of it`() throws {
    let folder = try folder(
      "tar cPf b.tar --transform 's|dump/ns/web-1/old.log.gz|../../old.log|;s|^dump|/dump|' dump")
    let run = try Tool.run(["formats", "b.tar"], folder: folder)
    #expect(run.output.contains("b.tar!old.log"))
    #expect(run.output.contains("b.tar!dump/ns/web-1/logs.txt"))
    #expect(!run.output.contains("without a name"))
    #expect(try rows("b.tar", in: folder).count == 2)
  }

  @Test func `a truncated archive says so, and what came before is read`() throws {
    let folder = try folder(
      "tar cf b.tar dump; head -c $(($(stat -c %s b.tar) / 2)) b.tar > cut.tar;"
        + " head -c 700 b.tar > stump.tar")
    for name in ["cut.tar", "stump.tar"] {
      let run = try Tool.run(["records", name], folder: folder)
      #expect(run.status == 2)
      #expect(run.errors.lowercased().contains("truncated"))
    }
    let run = try Tool.run(["stump.tar"], folder: folder)
    #expect(run.status == 2)
  }

  @Test func `a bomb is given up, and its neighbours are read`() throws {
    let folder = try folder(
      "head -c 100000000 /dev/zero | tr '\\0' a | gzip > dump/a.log.gz; tar cf b.tar dump;"
        + " cp dump/a.log.gz .")
    let run = try Tool.run(["b.tar"], folder: folder)
    #expect(run.output.contains("inflates to more than 1000 times its size; given up"))
    #expect(try rows("b.tar", in: folder).count == 2)
    #expect(try Tool.run(["a.log.gz"], folder: folder).status == 2)
  }
}

extension BundleTests {
  @Test func `lines that begin with a bracket are a log's, not JSON`() throws {
    let folder = Scratch.folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("[INFO] started\n[2026-11-23T17:41:03.837Z] x\n".utf8).write(
      to: folder.appending(path: "a.log"))
    try Data("[\n  {\"kind\": \"Pod\"}\n]\n".utf8).write(to: folder.appending(path: "pods.json"))
    #expect(try Tool.shell("tar cf b.tar a.log pods.json", folder: folder).status == 0)
    let run = try Tool.run(["formats", "b.tar"], folder: folder)
    #expect(run.output.contains("archive: 1 entry read"))
  }
}
