import DuikouHost
import DuikouModel
import DuikouPipeline
import DuikouWire
import Foundation
import GRPCCore
import GRPCNIOTransportCore
import GRPCNIOTransportHTTP2Posix

/// Every method of every plugin, behind one name that `MethodTransport` leads to.
struct PluginMethodsService: RegistrableRPCService {
  static let descriptor = MethodDescriptor(
    fullyQualifiedService: "duikou.internal.PluginMethods", method: "Call")

  let pipeline: Pipeline
  let limits: Limits
  let drain: Drain
  private let memory: RequestMemory

  init(pipeline: Pipeline, limits: Limits, drain: Drain) {
    self.pipeline = pipeline
    self.limits = limits
    self.drain = drain
    memory = RequestMemory(limit: limits.imageBytes)
  }

  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    router.registerHandler(
      forMethod: Self.descriptor, deserializer: RawMessageDeserializer(),
      serializer: RawMessageSerializer()
    ) { request, context in
      guard let target = context.pluginCall else {
        throw DuikouError(.unimplemented, "this method leads to plugins; name one of theirs")
      }
      switch target.method {
      case .success(let method):
        let call = PluginCall(
          method: method, start: target.start, pipeline: pipeline, limits: limits,
          memory: memory)
        return try await call.respond(to: request, context, drain)
      case .failure(let error):
        let service = target.descriptor.service.fullyQualifiedService
        throw error.detailed([
          "plugin": ServiceContract.plugin(ofService: service) ?? service,
          "method": target.descriptor.method,
        ])
      }
    }
  }
}
