import ArgumentParser
import DuikouTerminal
import Foundation

/// Prints the sample notice that comes with the program.
struct Sample: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a sample notice to try things with.")

  func run() throws {
    Terminal.standardOutput.write(String(decoding: PackageResources.sample_txt, as: UTF8.self))
  }
}
