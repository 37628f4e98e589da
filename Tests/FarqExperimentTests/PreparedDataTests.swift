import FarqDatasets
import FarqExperiment
import FarqTesting
import Testing

@Suite struct PreparedDataTests {
  @Test func theSampleCorpusIsBalancedAndLongEnough() throws {
    let data = try PreparedData(DataSettings())
    #expect(data.labels == ["Culture", "Finance", "Medical", "Politics", "Religion", "Sports", "Tech"])
    for label in data.labels {
      let own = data.dataset.documents.filter { $0.label == label }
      #expect(own.count >= 60)
      #expect(Set(own.map(\.text)).count == own.count)
      for document in own {
        #expect((50...120).contains(document.text.split(whereSeparator: \.isWhitespace).count))
      }
    }
    #expect(data.documents(.test).count == 98)
  }

  @Test func validationNeverComesFromTheTestSplit() throws {
    var settings = DataSettings()
    let test = try PreparedData(settings).documents(.test).map(\.text)
    settings.selectsOnTest = true
    let untouched = try PreparedData(settings)
    #expect(untouched.documents(.validation).isEmpty)
    #expect(Set(untouched.documents(.test).map(\.text)) == Set(test))
  }

  @Test(
    .enabled(
      if: Fixture.realText("SANAD_SUBSET-khaleej.zip") != nil, "needs SANAD_SUBSET-khaleej.zip in ../shared/data"))
  func readsSANAD() throws {
    var settings = DataSettings()
    settings.location = Fixture.realText("SANAD_SUBSET-khaleej.zip")
    settings.trainLimit = 20
    let data = try PreparedData(settings)
    #expect(data.documents(.train).count + data.documents(.validation).count == 140)
    #expect(data.documents(.test).count == 2275)
  }
}
