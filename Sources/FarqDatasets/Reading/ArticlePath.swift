/// What a file's path below the data's root tells of the article in it.
struct ArticlePath: Equatable {
  /// The label: the folder right below the split's folder, or else the folder the file lies in.
  var label: String?
  /// The split that a folder above the label names.
  var split: Split?
  /// SANAD's subset that a folder above the label names.
  var subset: String?

  /// Reads a path such as `SANAD_SUBSET/khaleej/Train/Culture/0000.txt`; `root` is the name of the folder or
  /// archive itself, which may name a subset.
  init(_ path: String, root: String = "") {
    let folders = path.unicodeScalars.split(separator: "/").dropLast().map(String.init)
    let place = folders.lastIndex { Split(named: $0) != nil }
    if let place {
      split = Split(named: folders[place])
      label = place + 1 < folders.count ? folders[place + 1] : nil
    } else {
      label = folders.last
    }
    let above = place.map { Array(folders[..<$0]) } ?? Array(folders.dropLast())
    subset = (above.reversed() + [root]).lazy.map { $0.lowercased() }.first(where: SANAD.subsets.contains)
  }

  /// Whether a path is the litter of a file manager (`__MACOSX`, `.DS_Store`, `._name`, hidden files) and no data.
  static func isLitter(_ path: String) -> Bool {
    path.unicodeScalars.split(separator: "/").contains { scalars in
      let component = String(scalars)
      return component == "__MACOSX" || scalars.first == "." || component.lowercased() == "thumbs.db"
        || component.lowercased() == "desktop.ini"
    }
  }
}
