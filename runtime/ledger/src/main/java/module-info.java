/** What model requests cost, kept in an append-only ledger. */
module io.gild.ledger {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;

  exports io.gild.ledger;
  exports io.gild.ledger.spi;

  uses io.gild.ledger.spi.LedgerSinkProvider;

  provides io.gild.config.spi.SettingsModule with
      io.gild.ledger.LedgerModule;
}
