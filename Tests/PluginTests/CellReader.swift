import TestSupport

/// A reader in C of tables that are written down: a line is a row, `|` parts cells, `{2,3}` before a text is a cell
/// over two rows and three columns, `^` a place without a cell. `# text` is a text, `== name` the next sheet.
enum CellReader {
  static let source = CompiledPlugin.source(
    id: "cn.example.cells", before: code, body: "return read_all(call);",
    method: ", .role = DK_READER, .media = \"text/tab-separated-values\"",
    uses: """
      {DK_CONTENT, sizeof(dk_content), DK_READ, 0}, {DK_PIECE, sizeof(dk_piece), DK_WRITE, 0},
      """
  ).replacing(".role = DK_EXTRACTOR, ", with: "")

  private static let code = #"""
    static uint32_t number(const char **at) {
      uint32_t value = 0;
      while (**at >= '0' && **at <= '9') value = value * 10 + (uint32_t)(*(*at)++ - '0');
      return value;
    }

    static dk_status add(dk_call *call, dk_piece piece, const char *text, const char *end) {
      dk_piece *row = call->append(call, DK_PIECE, 1, NULL);
      if (!row) return DK_ABORTED;
      piece.text = call->intern(call, text, (uint32_t)(end - text));
      piece.row.has = DK_BIT(3) | DK_BIT(4);
      if (piece.kind == DK_PIECE_CELL)
        piece.row.has |= DK_BIT(5) | DK_BIT(6) | DK_BIT(7) | DK_BIT(8) | DK_BIT(9);
      *row = piece;
      return DK_OK;
    }

    static dk_status read_all(dk_call *call) {
      const dk_content *file = dk_row_at(call->image, dk_find(call->image, DK_CONTENT), 0);
      const char *at = dk_string(call->image, file->bytes), *end = at + file->bytes.len;
      dk_piece cell = {.kind = DK_PIECE_CELL, .page = 1, .table = 1, .line = 1, .column = 1};
      while (at < end) {
        const char *start = at;
        cell.lines = cell.columns = 0;
        if (cell.column == 1 && (*at == '#' || *at == '=')) {
          while (*at++ != '\n') {}
          dk_piece text = {.kind = DK_PIECE_TEXT, .page = cell.page};
          if (*start == '=') cell.page++, cell.line = 1;
          else if (add(call, text, start + 2, at) != DK_OK) return DK_ABORTED;
          continue;
        }
        if (*at == '{') {
          at++, cell.lines = number(&at);
          at++, cell.columns = number(&at);
          start = ++at;
        }
        while (*at != '|' && *at != '\n') at++;
        if (*start != '^') {
          if (add(call, cell, start, at) != DK_OK) return DK_ABORTED;
          dk_piece gap = {.kind = DK_PIECE_FURNITURE, .page = cell.page};
          if (add(call, gap, "\t", "\t" + 1) != DK_OK) return DK_ABORTED;
        }
        cell.column = *at == '|' ? cell.column + 1 : 1;
        cell.line += *at++ == '\n';
      }
      return DK_OK;
    }
    """#
}
