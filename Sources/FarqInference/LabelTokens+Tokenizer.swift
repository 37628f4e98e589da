import FarqCore
public import FarqModels
public import FarqTokenizer

extension LabelTokens {
  /// The tokens of `labels`' names.
  ///
  /// - Throws: ``FarqError`` `badData` where the tokenizer makes nothing of a name, or the same of two.
  public init(_ labels: [String], tokenizer: BERTTokenizer) throws {
    let names = labels.map { tokenizer.ids(of: $0) }
    self.init(start: tokenizer.classificationID, end: tokenizer.separatorID, names: names)
    if let empty = names.firstIndex(of: []) {
      throw FarqError(
        .badData, "the tokenizer makes no token of the label '\(labels[empty])': give it a name of letters")
    }
    for (index, name) in names.enumerated() {
      guard let other = names[..<index].firstIndex(of: name) else { continue }
      let cause = name.contains(tokenizer.unknownID) ? ", whose letters its vocabulary lacks" : ""
      throw FarqError(
        .badData,
        "the tokenizer makes the same tokens of the labels '\(labels[other])' and '\(labels[index])'\(cause): a decoder cannot tell them apart; rename them in words of the texts"
      )
    }
  }
}
