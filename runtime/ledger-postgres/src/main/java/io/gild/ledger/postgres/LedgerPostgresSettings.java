package io.gild.ledger.postgres;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.config.Section;
import io.gild.postgres.PostgresDatabase;
import java.util.Map;

/**
 * The ledger that is kept in PostgreSQL.
 *
 * @param postgres where PostgreSQL is
 */
@Experimental
public record LedgerPostgresSettings(PostgresDatabase postgres) {

  /** A part of the section {@code ledger}. */
  public static final Section<LedgerPostgresSettings> SECTION =
      Section.of("ledger", LedgerPostgresSettings.class)
          .optional(PostgresDatabase.class, "user", "password")
          .defaults(PolicyTree.of(Map.of("postgres", PostgresDatabase.DEFAULTS)));
}
