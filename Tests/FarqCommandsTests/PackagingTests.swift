import FarqCore
import FarqTesting
import Foundation
import Testing

/// The script that starts an installed Farq, and the one that installs it.
@Suite struct PackagingTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  private func run(_ program: URL, _ arguments: [String], _ environment: [String: String]) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = environment
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let words = output.fileHandleForReading.readDataToEndOfFile()
    let problems = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: words, as: UTF8.self),
      errors: String(decoding: problems, as: UTF8.self))
  }

  private func write(_ text: String, to url: URL, isProgram: Bool = false) throws {
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    if isProgram { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path) }
  }

  /// Farq's folder as `make dist` makes it, with a stand-in for the program that prints how it was called.
  private func distribution() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try write(
      "#!/bin/sh\necho \"called: $*\"\necho \"$LD_LIBRARY_PATH\"\n", to: folder.file("farq/lib/farq"), isProgram: true)
    try write("2.13.0\n", to: folder.file("farq/lib/torch-version"))
    for name in ["LICENSE", "README.md"] { try write("\(name)\n", to: folder.file("farq/\(name)")) }
    for name in ["farq.sh": "farq", "install.sh": "install.sh", "farq.service": "share/farq.service"] {
      let target = folder.file("farq/\(name.value)")
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: Self.root.appendingPathComponent("packaging/\(name.key)"), to: target)
    }
    for name in [
      "bash-completion/completions/farq", "zsh/site-functions/_farq", "fish/vendor_completions.d/farq.fish",
      "man/man1/farq.1",
    ] { try write("\(name)\n", to: folder.file("farq/share/\(name)")) }
    try FileManager.default.createDirectory(at: folder.file("home"), withIntermediateDirectories: true)
    return folder
  }

  /// A PATH with the tools that the scripts use, without python3 unless `python` gives one.
  private func environment(_ folder: TemporaryFolder, python: String? = nil) throws -> [String: String] {
    let tools = folder.file("bin")
    try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
    for name in ["sh", "dirname", "readlink", "cat", "sed", "mkdir", "rm", "mv", "ln"] {
      let found = try #require(
        ["/bin/\(name)", "/usr/bin/\(name)"].first { FileManager.default.isExecutableFile(atPath: $0) })
      let link = tools.appendingPathComponent(name)
      if !FileManager.default.fileExists(atPath: link.path) {
        try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: found)
      }
    }
    if let python { try write(python, to: tools.appendingPathComponent("python3"), isProgram: true) }
    return ["PATH": tools.path, "HOME": folder.file("home").path]
  }

  private func libtorch(_ version: String, _ folder: TemporaryFolder) throws -> String {
    try write("__version__ = '\(version)'\n", to: folder.file("torch-\(version)/version.py"))
    try write("", to: folder.file("torch-\(version)/lib/libtorch_cpu.so"))
    return folder.file("torch-\(version)").path
  }

  /// A python3 whose pip puts a libtorch into the folder after --target, and notes how it was called.
  private static let pip = """
    #!/bin/sh
    case "$*" in *"--version"*) exit 0 ;; "-c "*) exit 1 ;; esac
    echo "$*" >> "$HOME/calls"
    while [ "$1" != --target ]; do shift; done
    case "$*" in *"$REFUSED"*) [ -z "$REFUSED" ] || exit 1 ;; esac
    mkdir -p "$2/torch/lib"
    echo "__version__ = '2.13.0+cpu'" > "$2/torch/version.py"
    : > "$2/torch/lib/libtorch_cpu.so"

    """

  @Test func startsWithTheLibtorchNamed() throws {
    let folder = try distribution()
    var environment = try environment(folder)
    environment["LIBTORCH"] = try libtorch("2.13.1+cu130", folder)
    let outcome = try run(folder.file("farq/farq"), ["info", "a b"], environment)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("called: info a b"))
    #expect(outcome.output.contains("\(folder.file("torch-2.13.1+cu130").path)/lib:"))
  }

  @Test func refusesAnotherVersionAndNone() throws {
    let folder = try distribution()
    var environment = try environment(folder)
    let none = try run(folder.file("farq/farq"), ["info"], environment)
    #expect(none.status == 69)
    #expect(none.errors.contains("error: found no libtorch: run 'farq setup'"), "\(none.errors)")
    environment["LIBTORCH"] = try libtorch("2.12.1", folder)
    let other = try run(folder.file("farq/farq"), ["info"], environment)
    #expect(other.status == 69)
    #expect(other.errors.contains("is version 2.12.1; this Farq was compiled for 2.13"), "\(other.errors)")
  }

  @Test func setUpNeedsPython() throws {
    let folder = try distribution()
    let without = try run(folder.file("farq/farq"), ["setup"], environment(folder))
    #expect(without.status == 69)
    #expect(without.errors.contains("needs python3 with pip"), "\(without.errors)")
    let noPip = try run(folder.file("farq/farq"), ["setup"], environment(folder, python: "#!/bin/sh\nexit 1\n"))
    #expect(noPip.status == 69)
    #expect(noPip.errors.contains("needs pip"), "\(noPip.errors)")
    let words = try run(folder.file("farq/farq"), ["setup", "everything"], environment(folder))
    #expect(words.status == 64)
  }

  @Test func setUpGetsLibtorchOnce() throws {
    let folder = try distribution()
    let environment = try environment(folder, python: Self.pip)
    let first = try run(folder.file("farq/farq"), ["setup"], environment)
    #expect(first.status == 0, "\(first.errors)")
    let cache = folder.file("home/.cache/farq/torch-2.13.0/torch").path
    #expect(first.output == "libtorch 2.13.0: \(cache)\n")
    #expect(try run(folder.file("farq/farq"), ["setup"], environment).status == 0)
    let calls = try String(contentsOf: folder.file("home/calls"), encoding: .utf8).split(separator: "\n")
    #expect(calls.count == 1)
    #expect(calls[0].contains("torch==2.13.0+cpu"))
    let started = try run(folder.file("farq/farq"), ["info"], environment)
    #expect(started.status == 0 && started.output.contains("\(cache)/lib:"), "\(started.errors)")
  }

  @Test func setUpHereServesEveryUser() throws {
    let folder = try distribution()
    // The build for the processor is not to be had: the other one is taken.
    let environment = try environment(folder, python: Self.pip).merging(["REFUSED": "+cpu"]) { $1 }
    let outcome = try run(folder.file("farq/farq"), ["setup", "--here"], environment)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let started = try run(folder.file("farq/farq"), ["info"], environment.merging(["HOME": "/nonexistent"]) { $1 })
    #expect(started.status == 0 && started.output.contains("/farq/libtorch/lib:"), "\(started.errors)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.file("farq").path).allSatisfy { !$0.contains(".part") }
    )
  }

  @Test func aFailedSetUpLeavesNothing() throws {
    let folder = try distribution()
    let environment = try environment(folder, python: Self.pip).merging(["REFUSED": "torch"]) { $1 }
    let outcome = try run(folder.file("farq/farq"), ["setup"], environment)
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("error: pip could not get torch 2.13.0"), "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("home/.cache/farq").path).isEmpty)
  }

  /// Every file below a folder, links too.
  private func files(_ folder: URL) -> Set<String> {
    let all = FileManager.default.subpaths(atPath: folder.path) ?? []
    var isFolder: ObjCBool = false
    return Set(
      all.filter { name in
        let path = folder.appendingPathComponent(name).path
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
        return isLink || FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      })
  }

  @Test func installsAndGoesWithoutATrace() throws {
    let folder = try distribution()
    let environment = ["PATH": "/usr/bin:/bin", "DESTDIR": folder.file("stage").path, "PREFIX": "/opt/tools"]
    try write("another's\n", to: folder.file("stage/opt/tools/bin/other"))
    let script = folder.file("farq/install.sh")
    #expect(try run(script, [], environment).status == 0)
    let stage = folder.file("stage/opt/tools")
    #expect(
      files(stage) == [
        "bin/farq", "bin/other", "lib/farq/farq", "lib/farq/lib/farq", "lib/farq/lib/torch-version", "lib/farq/LICENSE",
        "lib/farq/README.md", "lib/farq/install.sh", "share/bash-completion/completions/farq",
        "share/zsh/site-functions/_farq",
        "share/fish/vendor_completions.d/farq.fish", "share/man/man1/farq.1", "lib/systemd/system/farq.service",
      ])
    let unit = try String(contentsOf: stage.appendingPathComponent("lib/systemd/system/farq.service"), encoding: .utf8)
    #expect(unit.contains("ExecStart=/opt/tools/bin/farq serve "))
    let started = try run(
      stage.appendingPathComponent("bin/farq"), ["--version"],
      ["PATH": "/usr/bin:/bin", "LIBTORCH": try libtorch("2.13.0", folder)])
    #expect(started.output.contains("called: --version"), "\(started.errors)")
    // What `farq setup --here` got stays when a new version comes, and goes with the whole.
    try write("", to: stage.appendingPathComponent("lib/farq/.torch-2.13.0/torch/lib/libtorch_cpu.so"))
    #expect(try run(script, [], environment).status == 0)
    #expect(files(stage).contains("lib/farq/.torch-2.13.0/torch/lib/libtorch_cpu.so"))
    // The installed script knows where it is.
    let installed = stage.appendingPathComponent("lib/farq/install.sh")
    let own = try run(installed, [], ["PATH": "/usr/bin:/bin"])
    #expect(own.status == 64 && own.errors.contains("is installed already"), "\(own.errors)")
    #expect(try run(installed, ["--uninstall"], ["PATH": "/usr/bin:/bin"]).status == 0)
    #expect(files(stage) == ["bin/other"])
  }

  @Test func refusesWhatIsNoFolderOfFarq() throws {
    let folder = try TemporaryFolder()
    let script = Self.root.appendingPathComponent("packaging/install.sh")
    let environment = ["PATH": "/usr/bin:/bin", "DESTDIR": folder.file("stage").path]
    let outcome = try run(script, [folder.url.path], environment)
    #expect(outcome.status == 66 && outcome.errors.contains("is not Farq's folder"), "\(outcome.errors)")
    let relative = try run(script, [folder.url.path], environment.merging(["PREFIX": "here"]) { $1 })
    #expect(relative.status == 64)
    #expect(!FileManager.default.fileExists(atPath: folder.file("stage").path))
  }

  /// docs/farq.1 has every command and option that there is; `make manual` writes it.
  @Test func theManualIsComplete() throws {
    let page = try String(contentsOf: Self.root.appendingPathComponent("docs/farq.1"), encoding: .utf8)
    let help = try FarqProcess(["--experimental-dump-help"]).json()
    func check(_ command: [String: JSONValue], _ path: String) {
      for inner in command["subcommands"]?.array ?? [] {
        guard let object = inner.object, let name = object["commandName"]?.string, name != "help" else { continue }
        #expect(
          page.contains(".SS \"\(path) \(name.replacing("-", with: "\\-"))\""), "run make manual: \(path) \(name)")
        check(object, "\(path) \(name.replacing("-", with: "\\-"))")
      }
      for argument in command["arguments"]?.array ?? [] where argument.object?["shouldDisplay"] == .bool(true) {
        for name in argument.object?["names"]?.array ?? [] {
          guard let word = name.object?["name"]?.string, !["help", "version"].contains(word) else { continue }
          #expect(page.contains(word.replacing("-", with: "\\-")), "run make manual: \(path) \(word)")
        }
      }
    }
    let root = try #require(help["command"]?.object)
    check(root, "farq")
  }
}
