/// Documents whose texts may lie in a file: each is put together when it is asked for.
///
/// What is known of a document without its text costs nothing to read: ``label(at:)``, ``split(at:)``, ``origin(at:)``.
public struct DocumentList: RandomAccessCollection, Sendable, Equatable {
  let entries: [DocumentEntry]
  private let labels: [String]
  private let files: [String]
  private let subsets: [String]
  private let texts: TextStore

  init(entries: [DocumentEntry], labels: [String], files: [String], subsets: [String], texts: TextStore) {
    self.entries = entries
    self.labels = labels
    self.files = files
    self.subsets = subsets
    self.texts = texts
  }

  /// 0.
  public var startIndex: Int { 0 }
  /// The number of documents.
  public var endIndex: Int { entries.count }

  /// The document with its text.
  public subscript(index: Int) -> Document {
    Document(
      text: text(at: index), label: label(at: index), split: split(at: index), subset: subset(at: index),
      origin: origin(at: index))
  }

  /// The text of a document.
  public func text(at index: Int) -> String {
    texts.text(at: entries[index].offset, byteCount: Int(entries[index].byteCount))
  }

  /// The bytes of a document's text.
  public func byteCount(at index: Int) -> Int { Int(entries[index].byteCount) }

  /// The bytes of all texts.
  public var byteCount: Int { entries.reduce(0) { $0 + Int($1.byteCount) } }

  /// The label of a document.
  public func label(at index: Int) -> String? {
    labelName(entries[index].label)
  }

  /// The label with this number in the entries.
  func labelName(_ place: Int32) -> String? {
    place < 0 ? nil : labels[Int(place)]
  }

  /// The split that a document names.
  public func split(at index: Int) -> Split? { entries[index].split }

  /// SANAD's subset of a document.
  public func subset(at index: Int) -> String? {
    entries[index].subset < 0 ? nil : subsets[Int(entries[index].subset)]
  }

  /// Where a document came from.
  public func origin(at index: Int) -> String {
    let entry = entries[index]
    return files[Int(entry.file)] + (entry.line > 0 ? ":\(entry.line)" : "")
  }

  /// The texts alone, each read when it is asked for.
  public var textSequence: some RandomAccessCollection<String> {
    indices.lazy.map { text(at: $0) }
  }

  /// The documents at `indices`, in that order.
  public func selecting(_ indices: some Sequence<Int>) -> DocumentList {
    with(indices.map { entries[$0] })
  }

  /// The same names and texts with other entries.
  func with(_ entries: [DocumentEntry]) -> DocumentList {
    DocumentList(entries: entries, labels: labels, files: files, subsets: subsets, texts: texts)
  }

  /// Whether both hold the same documents in the same order.
  public static func == (one: DocumentList, other: DocumentList) -> Bool {
    one.elementsEqual(other)
  }
}
