import DuikouAPI
import DuikouModel
import GRPCCore
import GRPCProtobuf
import SwiftProtobuf

/// `grpc.reflection.v1.ServerReflection` and its `v1alpha`, which has the same messages: the daemon's own
/// services and those of the plugins of this moment.
struct ReflectionService: RegistrableRPCService {
  let files: DescriptorFiles
  let patience: ClientPatience

  private static let services = ["grpc.reflection.v1", "grpc.reflection.v1alpha"].map {
    "\($0).ServerReflection"
  }

  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    for service in Self.services {
      router.registerHandler(
        forMethod: MethodDescriptor(
          fullyQualifiedService: service, method: "ServerReflectionInfo"),
        deserializer: ProtobufDeserializer<Grpc_Reflection_V1_ServerReflectionRequest>(),
        serializer: ProtobufSerializer<Grpc_Reflection_V1_ServerReflectionResponse>()
      ) { request, context in
        StreamingServerResponse { writer in
          // A client that asks nothing more has what it wanted.
          _ = try await patience.read(request.messages) { try await writer.write(answer($0)) }
          return [:]
        }
      }
    }
  }

  private func answer(
    _ request: Grpc_Reflection_V1_ServerReflectionRequest
  ) -> Grpc_Reflection_V1_ServerReflectionResponse {
    var response = Grpc_Reflection_V1_ServerReflectionResponse()
    response.validHost = request.host
    response.originalRequest = request
    do throws(DuikouError) {
      response.messageResponse = try contents(for: request)
    } catch {
      response.errorResponse.errorCode = error.code.rawValue
      response.errorResponse.errorMessage = error.message
    }
    return response
  }

  private func contents(
    for request: Grpc_Reflection_V1_ServerReflectionRequest
  ) throws(DuikouError) -> Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse {
    let snapshot = files.snapshot
    switch request.messageRequest {
    case .listServices:
      var list = Grpc_Reflection_V1_ListServiceResponse()
      list.service = snapshot.services.sorted().map { name in
        var service = Grpc_Reflection_V1_ServiceResponse()
        service.name = name
        return service
      }
      return .listServicesResponse(list)
    case .fileByFilename(let name):
      return .fileDescriptorResponse(try response(snapshot.file(named: name), name, snapshot))
    case .fileContainingSymbol(let symbol):
      return .fileDescriptorResponse(
        try response(snapshot.file(containing: symbol), symbol, snapshot))
    case .fileContainingExtension(let request):
      throw DuikouError(.notFound, "\(request.containingType) has no extensions")
    case .allExtensionNumbersOfType(let name):
      guard snapshot.file(containing: name) != nil else {
        throw DuikouError(.notFound, "there is no message \(name)")
      }
      var numbers = Grpc_Reflection_V1_ExtensionNumberResponse()
      numbers.baseTypeName = name
      return .allExtensionNumbersResponse(numbers)
    case nil: throw DuikouError(.invalidArgument, "the request asks for nothing")
    }
  }

  private func response(
    _ file: Google_Protobuf_FileDescriptorProto?, _ name: String,
    _ snapshot: DescriptorFiles.Snapshot
  ) throws(DuikouError) -> Grpc_Reflection_V1_FileDescriptorResponse {
    guard let file else { throw DuikouError(.notFound, "there is no \(name)") }
    var response = Grpc_Reflection_V1_FileDescriptorResponse()
    do {
      response.fileDescriptorProto = try snapshot.closure(of: file).map {
        try $0.serializedData()
      }
    } catch {
      throw DuikouError(.internalError, "a descriptor cannot be written", cause: error)
    }
    return response
  }
}
