import DuikouAPI
import DuikouModel
import DuikouWire
import GRPCCore
import SwiftProtobuf
import Synchronization

/// Asks a server what it serves. What it has said once is not asked again.
public actor ReflectionClient {
  private typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
  private typealias Response = Grpc_Reflection_V1_ServerReflectionResponse

  private let connection: DaemonConnection
  private let metadata: Metadata
  private let deadline: Duration
  private var pool = DescriptorPool()
  /// Names of symbols and files.
  private var asked: Set<String> = []
  private var received: Set<String> = []
  /// How many bytes of answers are still taken.
  private var remainingBytes = ReflectionClient.largestAnswers
  /// Both have the same messages; servers have one of them or both.
  private var versions = ["grpc.reflection.v1", "grpc.reflection.v1alpha"]

  private static let fileLimit = 4096
  private static let largestAnswers = 64 << 20

  /// `metadata` goes with each question; `services` and `load` have to be done within `deadline`.
  public init(
    _ connection: DaemonConnection, metadata: Metadata = [:], deadline: Duration = .seconds(10)
  ) {
    self.connection = connection
    self.metadata = metadata
    self.deadline = deadline
  }

  /// The full names of the services, those aside that protobuf does not allow. Throws `unimplemented`
  /// where the server has no reflection.
  ///
  /// A call of the reflection that ends with a status has a `ReflectionFailure` as the error's cause.
  public func services() async throws(DuikouError) -> [String] {
    var request = Request()
    request.listServices = "*"
    return try await ask([request], until: .now + deadline)
      .flatMap { $0.listServicesResponse.service.map(\.name) }
      .filter(ProtoIdentifier.isFullName)
  }

  /// All descriptors so far, with those of these services and messages and what they import.
  ///
  /// What the server does not hold is not in it; imports that it does not hold are left out. Throws
  /// `resourceExhausted` for more than 4096 files or 64 MiB of answers in all.
  public func load(_ symbols: some Sequence<String>) async throws(DuikouError) -> DescriptorPool {
    let end = ContinuousClock.Instant.now + deadline
    let wanted = symbols.filter { asked.insert($0).inserted && pool.file(containing: $0) == nil }
    try await add(
      wanted.map { symbol in
        var request = Request()
        request.fileContainingSymbol = symbol
        return request
      }, until: end)
    while true {
      let imports = pool.missingImports.filter { asked.insert($0).inserted }
      guard !imports.isEmpty else { return pool }
      guard received.count + imports.count <= Self.fileLimit else { throw Self.tooManyFiles }
      try await add(
        imports.map { name in
          var request = Request()
          request.fileByFilename = name
          return request
        }, until: end)
    }
  }

  private func add(
    _ requests: [Request], until end: ContinuousClock.Instant
  ) async throws(DuikouError) {
    guard !requests.isEmpty else { return }
    for response in try await ask(requests, until: end) {
      for bytes in response.fileDescriptorResponse.fileDescriptorProto {
        let file: Google_Protobuf_FileDescriptorProto
        do {
          file = try Google_Protobuf_FileDescriptorProto(serializedBytes: bytes)
        } catch {
          throw DuikouError(
            .dataLoss, "the server's reflection gives a descriptor that is none", cause: error)
        }
        guard received.insert(file.name).inserted else { continue }
        guard received.count <= Self.fileLimit else { throw Self.tooManyFiles }
        pool.add(file)
      }
    }
  }

  /// The answers, by the version of reflection that the server has.
  private func ask(
    _ requests: [Request], until end: ContinuousClock.Instant
  ) async throws(DuikouError) -> [Response] {
    while let version = versions.first {
      let left = ContinuousClock.Instant.now.duration(to: end)
      guard left > .zero else {
        throw DuikouError(
          .deadlineExceeded, "the server's reflection takes longer than \(deadline)",
          cause: ReflectionFailure(code: .deadlineExceeded))
      }
      let call = DynamicCall(
        service: "\(version).ServerReflection", method: "ServerReflectionInfo",
        metadata: metadata, deadline: left)
      let answers = Mutex<(responses: [Response], remainingBytes: Int)>(([], remainingBytes))
      let outcome = try await call.run(
        over: connection, requests: try requests.map(Self.bytes)
      ) { event throws(DuikouError) in
        guard case .message(let bytes) = event else { return }
        let response = try Self.response(bytes)
        let (count, left) = answers.withLock { answers in
          answers.responses.append(response)
          answers.remainingBytes -= bytes.count
          return (answers.responses.count, answers.remainingBytes)
        }
        guard left >= 0 else {
          throw DuikouError(
            .resourceExhausted, "the server's reflection gives more than 64 MiB of descriptors")
        }
        guard count <= requests.count else {
          throw DuikouError(
            .dataLoss, "the server's reflection gives more answers than it was asked for")
        }
      }
      switch outcome.code {
      case .ok:
        let (responses, left) = answers.withLock { $0 }
        remainingBytes = left
        return responses
      case .unimplemented: versions.removeFirst()
      default:
        throw DuikouError(
          outcome.code, "the server's reflection fails: \(outcome.message)",
          cause: ReflectionFailure(code: outcome.code))
      }
    }
    throw DuikouError(
      .unimplemented,
      "the server has no reflection, so that its methods are not known: switch it on there",
      cause: ReflectionFailure(code: .unimplemented))
  }

  private static var tooManyFiles: DuikouError {
    DuikouError(
      .resourceExhausted, "the server's reflection gives more than \(fileLimit) files")
  }

  private static func bytes(_ request: Request) throws(DuikouError) -> [UInt8] {
    do {
      return try request.serializedBytes()
    } catch {
      throw DuikouError(.internalError, "a question cannot be written", cause: error)
    }
  }

  private static func response(_ bytes: [UInt8]) throws(DuikouError) -> Response {
    do {
      return try Response(serializedBytes: bytes)
    } catch {
      throw DuikouError(.dataLoss, "the server's reflection answers with no message", cause: error)
    }
  }
}
