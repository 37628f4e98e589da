import FarqCommands
import Foundation

exit(FarqMain.run(Array(CommandLine.arguments.dropFirst())))
