@_exported import CDuikou
@_exported import DuikouModel
