import DuikouPlugin

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func duikou_plugin_v1(_ host: UnsafePointer<dk_host>!) -> UnsafePointer<dk_plugin>! {
  export(
    Agencies(), id: "org.duikou.agencies", version: "0.1.0",
    summary: "Bodies of government and party, by division and name.")
}
