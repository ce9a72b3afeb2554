/** The ledger of what model requests cost, in PostgreSQL. */
module io.gild.ledger.postgres {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.ledger;
  requires transitive io.gild.postgres;

  exports io.gild.ledger.postgres;

  provides io.gild.config.spi.SettingsModule with
      io.gild.ledger.postgres.LedgerPostgresModule;
  provides io.gild.ledger.spi.LedgerSinkProvider with
      io.gild.ledger.postgres.PostgresLedgerProvider;
}
