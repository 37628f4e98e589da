import ArgumentParser
import FarqCore
import FarqExperiment
import FarqTraining

/// A larger model to learn from.
struct TeacherOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A fine-tuned classifier for the same labels, from whose logits the models learn besides.", valueName: "folder"))
  var teacher: String?

  @Option(help: ArgumentHelp("The teacher's weight in the loss; the labels' is what is left to 1.", valueName: "share"))
  var teacherWeight = 0.5

  @Option(help: ArgumentHelp("Both models' logits are divided by it.", valueName: "t"))
  var teacherTemperature = 2.0

  /// Puts the teacher into `settings`, checked.
  func apply(to settings: inout ExperimentSettings) throws {
    guard (0...1).contains(teacherWeight) else {
      throw FarqError(.usage, "--teacher-weight \(teacherWeight): use a share from 0 to 1")
    }
    guard teacherTemperature > 0, teacherTemperature.isFinite else {
      throw FarqError(.usage, "--teacher-temperature \(teacherTemperature): use a positive number")
    }
    settings.teacher = try teacher.map { try CheckpointPath.resolve($0) }
    settings.training.distillation.weight = teacherWeight
    settings.training.distillation.temperature = teacherTemperature
  }
}
