import DuikouPlugin

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func duikou_plugin_v1(_ host: UnsafePointer<dk_host>!) -> UnsafePointer<dk_plugin>! {
  export(
    People(), id: "org.duikou.people", version: "0.1.0",
    summary: "People with their titles and agencies.")
}
