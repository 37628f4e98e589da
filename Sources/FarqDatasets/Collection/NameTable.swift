/// Gives each name a number.
struct NameTable {
  /// The names by their numbers.
  private(set) var names: [String] = []
  private var places: [String: Int32] = [:]

  /// The number of `name`, a new one where it is new.
  mutating func place(of name: String) -> Int32 {
    if let last = names.last, last == name { return Int32(names.count - 1) }
    if let place = places[name] { return place }
    let place = Int32(names.count)
    names.append(name)
    places[name] = place
    return place
  }

  /// The number of `name`; -1 for none.
  mutating func place(ofOptional name: String?) -> Int32 {
    name.map { place(of: $0) } ?? -1
  }
}
