import DuikouPlugin

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func duikou_plugin_v1(_ host: UnsafePointer<dk_host>!) -> UnsafePointer<dk_plugin>! {
  export(
    Html(), id: "org.duikou.html", version: "0.1.0",
    summary: "Documents and their records as a page to read and to print.")
}
