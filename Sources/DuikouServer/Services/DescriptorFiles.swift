import DuikouAPI
import DuikouModel
import DuikouWire
import SwiftProtobuf
import Synchronization

/// The files of descriptors that a client may ask for: those of the daemon's services, of the domain's
/// row types, and of the plugins of this moment. May be used from every thread.
final class DescriptorFiles: Sendable {
  /// The files at one moment.
  struct Snapshot: Sendable {
    /// Full names.
    private(set) var services: Set<String> = []
    private var files: [String: Google_Protobuf_FileDescriptorProto] = [:]
    /// Names of files by the full names of what they hold.
    private var symbols: [String: String] = [:]

    /// Adds a file. One that is there already stays: no plugin takes the place of the daemon's own.
    mutating func add(_ file: Google_Protobuf_FileDescriptorProto) {
      guard files[file.name] == nil else { return }
      files[file.name] = file
      let prefix = file.package.isEmpty ? "" : file.package + "."
      for service in file.service {
        services.insert(prefix + service.name)
        symbols[prefix + service.name] = file.name
        for method in service.method {
          symbols["\(prefix)\(service.name).\(method.name)"] = file.name
        }
      }
      for message in file.messageType { add(message, prefix, file.name) }
      for enumeration in file.enumType { add(enumeration, prefix, file.name) }
    }

    private mutating func add(
      _ message: Google_Protobuf_DescriptorProto, _ prefix: String, _ file: String
    ) {
      let name = prefix + message.name
      symbols[name] = file
      for field in message.field { symbols["\(name).\(field.name)"] = file }
      for oneof in message.oneofDecl { symbols["\(name).\(oneof.name)"] = file }
      for enumeration in message.enumType { add(enumeration, name + ".", file) }
      for nested in message.nestedType { add(nested, name + ".", file) }
    }

    /// The values of an enum lie beside it, not in it.
    private mutating func add(
      _ enumeration: Google_Protobuf_EnumDescriptorProto, _ prefix: String, _ file: String
    ) {
      symbols[prefix + enumeration.name] = file
      for value in enumeration.value { symbols[prefix + value.name] = file }
    }

    func file(named name: String) -> Google_Protobuf_FileDescriptorProto? { files[name] }

    func file(containing symbol: String) -> Google_Protobuf_FileDescriptorProto? {
      symbols[symbol].flatMap { files[$0] }
    }

    /// A file and all that it imports, itself first.
    func closure(
      of file: Google_Protobuf_FileDescriptorProto
    ) -> [Google_Protobuf_FileDescriptorProto] {
      var found = [file]
      var names: Set = [file.name]
      var index = 0
      while index < found.count {
        for name in found[index].dependency where names.insert(name).inserted {
          if let file = files[name] { found.append(file) }
        }
        index += 1
      }
      return found
    }
  }

  private let catalog: MethodCatalog
  private let own: Snapshot
  private let state: Mutex<(generation: Int, snapshot: Snapshot)>

  /// Throws `internalError` when the daemon's own descriptors cannot be read.
  init(catalog: MethodCatalog) throws(DuikouError) {
    self.catalog = catalog
    var own = Snapshot()
    do {
      for file in try APIDescriptors.files() {
        own.add(file)
        if file.package == "grpc.reflection.v1" { own.add(file.movedToAlpha) }
      }
      own.add(try ServiceContract.domainFile)
    } catch {
      throw DuikouError(.internalError, "the daemon's descriptors cannot be read", cause: error)
    }
    self.own = own
    state = Mutex((-1, own))
  }

  /// The files at this moment.
  var snapshot: Snapshot {
    let services = catalog.services
    return state.withLock { state in
      if state.generation != services.generation {
        var snapshot = own
        for service in services.services.values { snapshot.add(service.contract.file) }
        state = (services.generation, snapshot)
      }
      return state.snapshot
    }
  }
}

extension Google_Protobuf_FileDescriptorProto {
  /// The file of `grpc.reflection.v1alpha`, whose messages are the same.
  fileprivate var movedToAlpha: Self {
    let (old, new) = ("grpc.reflection.v1", "grpc.reflection.v1alpha")
    var file = self
    file.name = name.replacing("/v1/", with: "/v1alpha/")
    file.package = new
    for message in file.messageType.indices {
      for field in file.messageType[message].field.indices
      where !file.messageType[message].field[field].typeName.isEmpty {
        file.messageType[message].field[field].typeName.replace(".\(old).", with: ".\(new).")
      }
    }
    for method in file.service[0].method.indices {
      file.service[0].method[method].inputType.replace(".\(old).", with: ".\(new).")
      file.service[0].method[method].outputType.replace(".\(old).", with: ".\(new).")
    }
    return file
  }
}
