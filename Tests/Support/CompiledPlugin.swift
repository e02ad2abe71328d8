import Foundation

/// Compiles a plugin as its author would: one C compiler line with the headers and nothing else.
public enum CompiledPlugin {
  /// Compiles C source text to `folder/name` and returns the path.
  public static func compile(
    _ source: String, named name: String = "libplugin.so", in folder: TemporaryFolder,
    include: String? = nil
  ) throws -> String {
    let file = try folder.write("\(name).c", source.utf8)
    let library = "\(folder.path)/\(name)"
    try Program.check(
      "/usr/bin/cc",
      [
        "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-shared", "-fPIC",
        "-fvisibility=hidden", "-I\(include ?? "\(Repository.root)/include")", file, "-o", library,
      ])
    return library
  }

  /// A plugin with one extractor, whose body is given: `call` is the call.
  public static func source(
    id: String = "cn.example.test", version: String = "1.0.0", before: String = "",
    body: String = "(void)call; return DK_OK;", plugin: String = "", method: String = "",
    uses: String = """
    {DK_PLACE, sizeof(dk_place), DK_USE | DK_WRITE, 0}, \
    {DK_MENTION, sizeof(dk_mention), DK_USE | DK_WRITE, 0},
    """
  ) -> String {
    """
    #include <duikou.h>
    \(before)
    static dk_status run(void *self, dk_call *call) { (void)self; \(body) }
    static const dk_use uses[] = {\(uses)};
    static const dk_method methods[] = {{
      .name = "Test", .doc = "Tests.", .role = DK_EXTRACTOR, .use_count = DK_COUNT(uses),
      .uses = uses, .use_stride = sizeof(dk_use), .invoke = run \(method)
    }};
    static const dk_plugin plugin = {
      .size = sizeof(dk_plugin), .id = "\(id)", .version = "\(version)", .doc = "Tests.",
      .methods = methods, .method_count = 1, .method_stride = sizeof(dk_method) \(plugin)
    };
    DK_NOTE("\(id)", "\(version)");
    const dk_plugin *duikou_plugin_v1(const dk_host *host) { (void)host; return &plugin; }

    """
  }
}
