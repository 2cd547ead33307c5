internal import Pipeline
internal import Report

/// Finds `why401.yaml` and reads it: the file that `--config` names, else the one in this folder,
/// else the user's own. One file counts; options on the command line go before what it says.
enum SettingsFile {
  static func apply(
    _ invocation: Invocation, to options: inout IngestOptions
  ) throws(Invocation.Wrong) {
    guard !invocation.has("no-config") else { return }
    let given = invocation.value("config")
    guard let path = given ?? places.first(where: Terminal.exists) else { return }
    switch WholeFile.read(path, atMost: Settings.largest) {
    case .failure(let error):
      throw Invocation.Wrong(text: "settings \(Neutral.text(path)): \(error.text)")
    case .success(let bytes):
      do throws(SettingsFault) {
        try Settings.apply(bytes, named: path, to: &options)
      } catch {
        throw Invocation.Wrong(text: Neutral.text(error.text))
      }
    }
  }

  /// XDG Base Directory Specification.
  private static var places: [String] {
    let home = Terminal.environment("HOME") ?? ""
    let folder = Terminal.environment("XDG_CONFIG_HOME") ?? ""
    var places = ["why401.yaml"]
    if folder.hasPrefix("/") {
      places.append(folder + "/why401/why401.yaml")
    } else if !home.isEmpty {
      places.append(home + "/.config/why401/why401.yaml")
    }
    return places
  }
}
