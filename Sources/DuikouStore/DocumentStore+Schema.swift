import GRDB

extension DocumentStore {
  /// The steps from an empty database to today's. A step that was released is never changed.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          CREATE TABLE document (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 64),
            uri TEXT NOT NULL,
            title TEXT NOT NULL,
            size INTEGER NOT NULL,
            added_ms INTEGER NOT NULL
          ) STRICT;
          CREATE TABLE content (
            document INTEGER PRIMARY KEY REFERENCES document (number) ON DELETE CASCADE,
            bytes BLOB NOT NULL
          ) STRICT;
          CREATE TABLE analysis (
            document INTEGER PRIMARY KEY REFERENCES document (number) ON DELETE CASCADE,
            plugins TEXT NOT NULL,
            image BLOB NOT NULL,
            report BLOB NOT NULL,
            analyzed_ms INTEGER NOT NULL
          ) STRICT;
          """)
    }
    migrator.registerMigration("2") { database in
      try database.execute(
        sql: "ALTER TABLE analysis ADD COLUMN complete INTEGER NOT NULL DEFAULT 1")
    }
    migrator.registerMigration("3") { database in
      try database.execute(
        sql: "ALTER TABLE analysis ADD COLUMN failures INTEGER NOT NULL DEFAULT 0")
    }
    migrator.registerMigration("4") { database in
      try database.execute(
        sql: """
          CREATE TABLE audit (
            number INTEGER PRIMARY KEY,
            at_ms INTEGER NOT NULL,
            event TEXT NOT NULL,
            caller TEXT NOT NULL,
            object TEXT NOT NULL,
            reason TEXT NOT NULL,
            times INTEGER NOT NULL
          ) STRICT;
          CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
          BEGIN SELECT RAISE(ABORT, 'entries of the audit are not changed'); END;
          CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
          BEGIN SELECT RAISE(ABORT, 'entries of the audit are not deleted'); END;
          """)
    }
    migrator.registerMigration("5") { database in
      // Days since 1970-01-01.
      try database.execute(sql: "ALTER TABLE document ADD COLUMN published INTEGER")
    }
    return migrator
  }
}
