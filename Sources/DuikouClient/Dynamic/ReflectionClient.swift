import DuikouAPI
import DuikouModel
import DuikouWire
import SwiftProtobuf
import Synchronization

/// Asks a server what it serves. What it has said once is not asked again.
public actor ReflectionClient {
  private typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
  private typealias Response = Grpc_Reflection_V1_ServerReflectionResponse

  private let connection: DaemonConnection
  private let deadline: Duration
  private var pool = DescriptorPool()
  /// Names of symbols and files.
  private var asked: Set<String> = []
  private var received: Set<String> = []
  /// Both have the same messages; servers have one of them or both.
  private var versions = ["grpc.reflection.v1", "grpc.reflection.v1alpha"]

  /// Each question has to be answered within `deadline`.
  public init(_ connection: DaemonConnection, deadline: Duration = .seconds(10)) {
    self.connection = connection
    self.deadline = deadline
  }

  /// The full names of the services. Throws `unimplemented` where the server has no reflection.
  public func services() async throws(DuikouError) -> [String] {
    var request = Request()
    request.listServices = "*"
    return try await ask([request]).flatMap { $0.listServicesResponse.service.map(\.name) }
  }

  /// All descriptors so far, with those of these services and messages and what they import.
  ///
  /// What the server does not hold is not in it; imports that it does not hold are left out.
  public func load(_ symbols: some Sequence<String>) async throws(DuikouError) -> DescriptorPool {
    let wanted = symbols.filter { asked.insert($0).inserted && pool.file(containing: $0) == nil }
    try await add(
      wanted.map { symbol in
        var request = Request()
        request.fileContainingSymbol = symbol
        return request
      })
    while true {
      let imports = pool.missingImports.filter { asked.insert($0).inserted }
      guard !imports.isEmpty else { return pool }
      try await add(
        imports.map { name in
          var request = Request()
          request.fileByFilename = name
          return request
        })
    }
  }

  private func add(_ requests: [Request]) async throws(DuikouError) {
    guard !requests.isEmpty else { return }
    for response in try await ask(requests) {
      for bytes in response.fileDescriptorResponse.fileDescriptorProto {
        let file: Google_Protobuf_FileDescriptorProto
        do {
          file = try Google_Protobuf_FileDescriptorProto(serializedBytes: bytes)
        } catch {
          throw DuikouError(
            .dataLoss, "the server's reflection gives a descriptor that is none", cause: error)
        }
        if received.insert(file.name).inserted { pool.add(file) }
      }
    }
  }

  /// The answers, by the version of reflection that the server has.
  private func ask(_ requests: [Request]) async throws(DuikouError) -> [Response] {
    while let version = versions.first {
      let call = DynamicCall(
        service: "\(version).ServerReflection", method: "ServerReflectionInfo", deadline: deadline)
      let responses = Mutex<[Response]>([])
      let outcome = try await call.run(
        over: connection, requests: try requests.map(Self.bytes)
      ) { event throws(DuikouError) in
        guard case .message(let bytes) = event else { return }
        let response = try Self.response(bytes)
        responses.withLock { $0.append(response) }
      }
      switch outcome.code {
      case .ok: return responses.withLock { $0 }
      case .unimplemented: versions.removeFirst()
      default:
        throw DuikouError(
          outcome.code, "the server's reflection fails: \(outcome.message)")
      }
    }
    throw DuikouError(
      .unimplemented,
      "the server has no reflection, so that its methods are not known: switch it on there")
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
