import FarqCore
import Foundation

/// A parquet or Arrow file as JSON lines: Python and its package pyarrow, which reads all there are, turn it into
/// them in a process of their own, a batch of rows at a time.
final class ColumnarSource: ByteSource {
  private let process = Process()
  private let output = Pipe()
  private let messages = Pipe()
  private let name: String
  private let form: DataForm
  private let python: String

  /// Starts reading the file of `form` that `source` holds, called `name` in messages. A parquet file is read from its
  /// end: what is no file on disk (compressed, in an archive, from a pipe) goes through a temporary file.
  ///
  /// - Throws: ``FarqError`` `unavailable` where Python cannot be started, and what reading `source` throws.
  init(_ source: any ByteSource, form: DataForm, name: String, options: LoadOptions) throws {
    self.name = name
    self.form = form
    python = options.python
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // Isolated: neither the working directory nor PYTHON… variables say where modules lie, so that no file beside the
    // data is run.
    process.arguments = [
      python, "-I", "-c", Self.script, form.rawValue, options.textColumn, options.labelColumn, options.splitColumn,
    ]
    process.standardOutput = output
    process.standardError = messages
    process.standardInput = try (source as? FileSource)?.seekable ?? Self.stored(source)
    do {
      try process.run()
    } catch {
      throw FarqError(.unavailable, "cannot start \(python) to read \(name): \(error.localizedDescription)")
    }
  }

  /// The bytes of `source` in a file that nobody else sees.
  private static func stored(_ source: any ByteSource) throws -> FileHandle {
    let file = try NamelessFile()
    try source.forEachPiece { piece, _ in try file.append(UnsafeRawBufferPointer(piece)) }
    return try file.handle()
  }

  deinit {
    if process.isRunning { process.terminate() }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let source = FileSource(descriptor: output.fileHandleForReading.fileDescriptor, name: name)
    let count = try source.read(into: buffer)
    if count == 0 { try finish() }
    return count
  }

  /// Turns the helper's exit code into an error.
  private func finish() throws {
    process.waitUntilExit()
    let status = process.terminationStatus
    guard status != 0 || process.terminationReason != .exit else { return }
    let data = messages.fileHandleForReading.readDataToEndOfFile()
    let message = String(decoding: data.suffix(1000), as: UTF8.self)
    switch status {
    case 3:
      throw FarqError(
        .unavailable,
        "\(name): reading \(form.rawValue) needs Python's package pyarrow; run: \(python) -m pip install pyarrow")
    case 127:
      throw FarqError(
        .unavailable, "\(name): reading \(form.rawValue) needs \(python), which was not found; install Python 3")
    default:
      throw FarqError(
        .badData, "\(name) cannot be read as \(form.rawValue): \(message); check the file and the column names")
    }
  }

  /// Writes text, label and split of each row as one JSON object a line. Whole-number labels become names where
  /// the file carries them, as those of Hugging Face's `datasets` do. Arrow comes as a stream, as `datasets` writes it, or as
  /// a file with a table of contents.
  private static let script = """
    import json, site, sys
    site.addsitedir(site.getusersitepackages())  # pip install --user, which -I leaves out
    try:
        import pyarrow.ipc as ipc, pyarrow.parquet as parquet
    except ImportError:
        sys.exit(3)
    form, text, label, split = sys.argv[1:5]
    def single(value):
        if not isinstance(value, list):
            return value
        if len(value) > 1:
            raise ValueError("a label is a list of %d; each document needs one label" % len(value))
        return value[0] if value else None
    try:
        source = sys.stdin.buffer
        if form == "parquet":
            file = parquet.ParquetFile(source)
            schema = file.schema_arrow
        elif source.peek(6)[:6] == b"ARROW1":
            file = ipc.open_file(source)
            schema = file.schema
        else:
            file = ipc.open_stream(source)
            schema = file.schema
        if text not in schema.names:
            raise ValueError("there is no column %r, only %s" % (text, ", ".join(map(repr, schema.names))))
        columns = [name for name in (text, label, split) if name in schema.names]
        info = json.loads((schema.metadata or {}).get(b"huggingface", b"{}"))
        names = info.get("info", {}).get("features", {}).get(label, {}).get("names")
        def batches():
            if form == "parquet":
                yield from file.iter_batches(1024, columns=columns)
                return
            whole = map(file.get_batch, range(file.num_record_batches)) if hasattr(file, "get_batch") else file
            for batch in whole:
                batch = batch.select(columns)
                yield from (batch.slice(start, 1024) for start in range(0, batch.num_rows, 1024))
        for batch in batches():
            for row in batch.to_pylist():
                if label in row:
                    row[label] = single(row[label])
                if names and isinstance(row.get(label), int) and 0 <= row[label] < len(names):
                    row[label] = names[row[label]]
                row = {key: value if value is None else str(value) for key, value in row.items()}
                line = json.dumps(row, ensure_ascii=False) + "\\n"
                sys.stdout.buffer.write(line.encode("utf-8"))
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        sys.stderr.write(str(error))
        sys.exit(4)
    """
}
