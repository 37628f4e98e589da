/// Whose view of the scalars ``ScalarProperties`` reads; later mappings replace earlier ones.
struct ScalarSource {
  var classes: [(StaticString, ScalarProperties.Flags)]
  var decompositions: [StaticString] = [DecompositionData.pairs, CompatibilityIdeographData.pairs]
  var lowercase: [StaticString] = [LowercaseData.pairs]
  var combiningClasses: [StaticString] = [CombiningClassData.classes]

  /// The `tokenizers` library 0.22.2.
  static var library: ScalarSource {
    ScalarSource(classes: [
      (ScalarClassData.removed, .removed), (ScalarClassData.blank, .blank), (ScalarClassData.ideographs, .ideograph),
      (ScalarClassData.white, .white), (ScalarClassData.punctuation, .punctuation),
      (ScalarClassData.nonspacingMarks, .nonspacingMark), (ScalarClassData.wordCharacters, .wordCharacter),
    ])
  }

  /// Python 3.11, which the slow tokenizer of transformers asks.
  static var python: ScalarSource {
    var source = ScalarSource(classes: [
      (PythonScalarData.removed, .removed), (PythonScalarData.blank, .blank), (PythonScalarData.ideographs, .ideograph),
      (PythonScalarData.white, .white), (PythonScalarData.punctuation, .punctuation),
      (PythonScalarData.nonspacingMarks, .nonspacingMark),
    ])
    source.decompositions.append(PythonScalarData.decompositions)
    source.lowercase.append(PythonScalarData.lowercase)
    source.combiningClasses.append(PythonScalarData.combiningClasses)
    return source
  }
}
