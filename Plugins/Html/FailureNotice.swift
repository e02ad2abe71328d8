import DuikouPlugin

/// The warning that a run did not end well.
struct FailureNotice {
  let run: dk_run
  let image: Image
  let words: Words

  var markup: Markup {
    let method = image.string(run.method) ?? ""
    let plugin = image.string(run.plugin) ?? ""
    let version = image.string(run.version) ?? ""
    let message = image.string(run.message) ?? words["failure.silent"]
    return """
      <section class="warning">
      <h3>\(words["failure"]) <b>\(method)</b><i>\(reason)</i></h3>
      <p class="why">\(message)</p>
      <p class="source">\(plugin) \(version) · \(words["failure.effect"])</p>
      </section>\n
      """
  }

  /// The status in words, with the code's name.
  private var reason: Markup {
    guard let code = StatusCode(rawValue: run.status)?.description else {
      return "<code>\(Int(run.status))</code>"
    }
    return "\(words.name(of: code, in: "status")) <code>\(code)</code>"
  }
}
