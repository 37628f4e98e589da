/// Gives each name a number. Names that are equal in Swift's sense, as `أ` in one scalar and in two, have one, and
/// ``otherForms`` tells of it.
struct NameTable {
  /// The names by their numbers, as they were first written.
  private(set) var names: [String] = []
  /// Names that were written in another Unicode form too: both forms.
  private(set) var otherForms: [(first: String, other: String)] = []
  private var places: [String: Int32] = [:]

  /// The number of `name`, a new one where it is new.
  mutating func place(of name: String) -> Int32 {
    if let last = names.last, last.utf8.elementsEqual(name.utf8) { return Int32(names.count - 1) }
    if let place = places[name] {
      note(name, like: names[Int(place)])
      return place
    }
    let place = Int32(names.count)
    names.append(name)
    places[name] = place
    return place
  }

  /// The number of `name`; -1 for none.
  mutating func place(ofOptional name: String?) -> Int32 {
    name.map { place(of: $0) } ?? -1
  }

  private mutating func note(_ name: String, like first: String) {
    guard !first.utf8.elementsEqual(name.utf8), !otherForms.contains(where: { $0.first == first }) else { return }
    otherForms.append((first, name))
  }
}
