public import ArgumentParser
import FarqCore

/// `farq`: Arabic text classification with BERT and differential attention.
public struct FarqCommand: ParsableCommand {
  /// Name, help and sub-commands.
  public static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "farq",
      abstract: "Arabic text classification with BERT and multi-head differential attention.",
      discussion: """
        Farq fine-tunes BERT on labelled Arabic text, replaces a share of its self-attention by differential \
        attention, and says with intervals and tests what that changed.

        Examples:
          farq compare --output runs/demo
          farq compare --model bert-base-arabertv2 --data SANAD_SUBSET.zip --output runs/sanad
          farq classify --model runs/demo/checkpoints/baseline --text "فاز الفريق بالمباراة"

        Exit codes: 0 done; 64 wrong usage; 65 bad data; 66 missing input; 69 unavailable; 74 reading or writing \
        failed; 70 a fault of Farq.
        """,
      version: FarqVersion.current,
      subcommands: [
        CompareCommand.self, TrainCommand.self, EvaluateCommand.self, ClassifyCommand.self, ConvertCommand.self,
        InfoCommand.self, ExplainCommand.self, TokenizeCommand.self, PreprocessCommand.self, MetricsCommand.self,
        BaselineCommand.self, DataCommand.self, ReportCommand.self, PretrainCommand.self, BenchCommand.self,
        BenchTextCommand.self, CheckDeviceCommand.self, ServeCommand.self, DownloadCommand.self, RobustnessCommand.self,
      ])
  }

  /// Makes the command.
  public init() {}
}
