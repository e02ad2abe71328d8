import CDuikou

extension Image {
  /// One image for each document, in their order: what `concatenating` has joined and methods have added to, taken
  /// apart again.
  ///
  /// Runs that belong to no document ran over all: each image has them, with the number of its own rows, and as
  /// large a share of their time as its text is of all. Returns nil where another row belongs to no document, or one
  /// points at another document's row or text, or strings overlap so that copies of them would take more than twice
  /// the pool. Rows of types that the schema lacks are left out.
  public func split(
    schema: Schema, rowSizes: [UInt32: Int] = [:]
  ) throws(DuikouError) -> [Image]? {
    defer { withExtendedLifetime(storage) {} }
    guard var splitter = ImageSplitter(self, schema: schema, rowSizes: rowSizes) else { return nil }
    var images: [Image] = []
    for document in documents.indices {
      guard let image = try splitter.image(of: document) else { return nil }
      images.append(image)
    }
    return images
  }
}
