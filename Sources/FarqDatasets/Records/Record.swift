/// The fields of one record that Farq looks at.
struct Record: Equatable {
  /// The text; nil where the record has none.
  var text: String?
  /// The label; nil where the record has none.
  var label: String?
  /// The split's name as it stands; nil where the record has none.
  var split: String?
  /// The line on which the record starts, from 1.
  var line: Int
}
