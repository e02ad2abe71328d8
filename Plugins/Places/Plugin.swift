import DuikouPlugin

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func duikou_plugin_v1(_ host: UnsafePointer<dk_host>!) -> UnsafePointer<dk_plugin>! {
  export(
    Places(), id: "org.duikou.places", version: "0.1.0",
    summary: "Administrative divisions with their GB/T 2260 codes.")
}
