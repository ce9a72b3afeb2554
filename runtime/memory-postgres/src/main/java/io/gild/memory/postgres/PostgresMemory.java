package io.gild.memory.postgres;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.config.Section;
import io.gild.postgres.PostgresDatabase;
import java.util.Map;

/**
 * The memory that is kept in PostgreSQL.
 *
 * @param postgres where PostgreSQL is
 */
@Experimental
public record PostgresMemory(PostgresDatabase postgres) {

  /** A part of the section {@code memory}. */
  public static final Section<PostgresMemory> SECTION =
      Section.of("memory", PostgresMemory.class)
          .optional(PostgresDatabase.class, "user", "password")
          .defaults(PolicyTree.of(Map.of("postgres", PostgresDatabase.DEFAULTS)));
}
