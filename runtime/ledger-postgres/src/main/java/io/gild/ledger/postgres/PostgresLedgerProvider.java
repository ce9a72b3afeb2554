package io.gild.ledger.postgres;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.ledger.FolderLedger;
import io.gild.ledger.LedgerSettings;
import io.gild.ledger.Ledgers;
import io.gild.ledger.spi.LedgerSink;
import io.gild.ledger.spi.LedgerSinkProvider;
import io.gild.postgres.PostgresDatabase;

/** Opens the ledger {@code postgres}, in the database of {@code ledger.postgres}. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(LedgerSinkProvider.class)
public final class PostgresLedgerProvider implements LedgerSinkProvider {

  static final String NAME = "postgres";

  /** Creates the provider; the service loader does. */
  public PostgresLedgerProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  /** Opens the ledger; it connects when it is used, so that PostgreSQL may start later. */
  @Override
  public LedgerSink open(Settings settings) {
    LedgerSettings own = settings.get(LedgerSettings.SECTION);
    return new BufferedLedger(
        new FolderLedger(Ledgers.folder(settings), own.maxFileBytes()), shipments(settings));
  }

  static Shipments shipments(Settings settings) {
    PostgresDatabase database = settings.get(LedgerPostgresSettings.SECTION).postgres();
    return new Shipments(Ledgers.folder(settings), new PostgresLedger(database));
  }
}
