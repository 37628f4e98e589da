import FarqArabicText
import FarqCore
import Foundation
import Testing

/// What a checkpoint stores, and how it meets what is asked for.
@Suite struct TextPreparationTests {
  private func request(
    _ preprocess: String? = nil, without: [String] = [], with: [String] = [], _ segmentation: Segmentation? = nil
  ) -> PreparationRequest {
    var request = PreparationRequest()
    request.preprocess = preprocess
    request.without = without
    request.with = with
    request.segmentation = segmentation
    return request
  }

  @Test func storedPreparationsComeBack() throws {
    for preparation in [
      TextPreparation.none, try request("arabert-v1", .light).resolved(stored: nil, hasAffixes: true),
      try request("arabert-v02", without: ["strip-tashkeel"], with: ["keep_emojis"], .farasa).resolved(stored: nil),
    ] {
      let data = try JSONEncoder().encode(preparation)
      #expect(try JSONDecoder().decode(TextPreparation.self, from: data) == preparation)
    }
  }

  @Test(arguments: [
    #"{"segmentation": "light", "stemming": true}"#, #"{"segmentation": "heavy"}"#, #"{"steps": {"family": "v9"}}"#,
    #"{"steps": {"family": "v2", "remove_dates": true}}"#,
  ]) func whatIsUnknownIsRefused(text: String) {
    let error = #expect(throws: FarqError.self) {
      _ = try JSONDecoder().decode(TextPreparation.self, from: Data(text.utf8))
    }
    #expect(error?.kind == .badData)
  }

  @Test func theModelsNameTellsTheFamily() throws {
    let named = { (name: String) in
      try self.request("arabert").resolved(stored: nil, modelNames: [name, ""]).steps?.family
    }
    #expect(try named("bert-base-arabert") == .v1)
    #expect(try named("aubmindlab/bert-base-arabertv02-twitter") == .v02Twitter)
    #expect(try named("my-model") == .v2)
    #expect(try request("arabert-v01").resolved(stored: nil, modelNames: ["bert-base-arabertv2"]).steps?.family == .v01)
  }

  @Test func predictionTakesWhatIsStoredAndRefusesAnythingElse() throws {
    let stored = try request("arabert-v2", without: ["keep_emojis", "strip_tatweel"], .light).resolved(stored: nil)
    #expect(try PreparationRequest().checked(stored: stored) == stored)
    #expect(try request("arabert-v2", without: ["strip_tatweel"], .light).checked(stored: stored) == stored)
    for other in [
      request("none"), request("arabert-v2"), request(nil, Segmentation.none), request(with: ["strip_tatweel"]),
    ] {
      let error = #expect(throws: FarqError.self) { _ = try other.checked(stored: stored) }
      #expect(error?.kind == .usage && error?.message.contains("without strip_tatweel") == true)
    }
    // A checkpoint from elsewhere says nothing: then what is asked for holds.
    #expect(try request("arabert-v02").checked(stored: nil).steps?.family == .v02)
    #expect(throws: FarqError.self) { _ = try request("arabert").checked(stored: TextPreparation.none) }
  }

  @Test func unknownWordsAreNamed() {
    for (wrong, words) in [
      (request("arabertus"), "arabert-v02"), (request("arabert", without: ["stem"]), "strip_tashkeel"),
      (request(without: ["strip_tashkeel"]), "--preprocess"),
    ] {
      let error = #expect(throws: FarqError.self) { _ = try wrong.resolved(stored: nil) }
      #expect(error?.kind == .usage && error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test func segmentationWithoutCleaning() throws {
    let light = try TextPreparer(TextPreparation(segmentation: .light))
    #expect(try light.prepare("والكتاب،  [رابط]\nقال") == "و+ ال+ كتاب، [رابط] قال")
    let given = try TextPreparer(TextPreparation(segmentation: .presegmented))
    #expect(try given.prepare("و+ال+كتاب +ة x") == "و+ ال+ كتاب +ة x")
    #expect(try TextPreparer.none.prepare(" a\n") == " a\n")
    #expect(throws: FarqError.self) { _ = try TextPreparer(TextPreparation(segmentation: .farasa)) }
  }
}
