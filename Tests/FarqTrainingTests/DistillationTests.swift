import FarqCore
import FarqInference
import FarqTesting
import FarqTorch
import FarqTraining
import Testing

@Suite(.serialized) struct DistillationTests {
  struct Case: Decodable {
    let temperature: Double
    let student: [Float]
    let teacher: [Float]
    let loss: Double
    let gradient: [Float]
  }

  @Test func givesTorchsLossAndGradient() throws {
    for expected in try Fixture.decode([Case].self, from: "distillation.json") {
      var distillation = Distillation()
      distillation.temperature = expected.temperature
      let student = try Tensor(expected.student, shape: [4, 3])
      try student.setRequiresGradient(true)
      let loss = try distillation.loss(student, teacher: Tensor(expected.teacher, shape: [4, 3]))
      #expect(abs(try loss.scalar() - expected.loss) < 1e-5)
      try loss.backward()
      let gradient = try #require(try student.gradient()).floats()
      #expect(zip(gradient, expected.gradient).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  /// With all the weight on a teacher that knows better than the labels, the student learns the teacher's answers.
  @Test func learnsTheTeachersAnswers() throws {
    let training = try TinyModel.documents(80, seed: 1)
    let wrong = try TrainingDocuments(tokens: training.tokens, targets: training.targets.map { ($0 + 1) % 3 })
    let logits = training.targets.flatMap { target in (0..<3).map { Float($0 == target ? 4 : 0) } }
    var settings = TinyModel.settings(epochs: 12)
    settings.distillation.weight = 1
    let trainer = try Trainer(
      model: TinyModel.make(), training: wrong, validation: TinyModel.documents(40, seed: 2), settings: settings,
      teacher: TeacherLogits(logits, labelCount: 3))
    #expect(try trainer.run().best.accuracy > 0.9)
  }

  @Test func refusesATeacherOfOtherDocuments() throws {
    #expect(throws: FarqError.self) {
      try Trainer(
        model: TinyModel.make(), training: TinyModel.documents(8, seed: 1),
        validation: TinyModel.documents(4, seed: 2), settings: TinyModel.settings(),
        teacher: TeacherLogits([1, 2, 3], labelCount: 3))
    }
    #expect(throws: FarqError.self) { try TeacherLogits([.nan, 0], labelCount: 2) }
  }
}
