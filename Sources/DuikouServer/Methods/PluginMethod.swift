import DuikouHost
import DuikouModel
import DuikouWire

/// One method of a plugin in use, as a call finds it: plugin, generation and messages stay the same until
/// the call has ended.
struct PluginMethod: Sendable {
  let method: Registry.Method
  let contract: ServiceContract.Method
  let registry: Registry
}
