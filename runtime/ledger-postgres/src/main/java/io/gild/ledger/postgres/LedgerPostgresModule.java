package io.gild.ledger.postgres;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.Settings;
import io.gild.config.spi.SettingsModule;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import io.gild.ledger.CallLedger;
import io.gild.ledger.LedgerSettings;
import java.time.Duration;
import java.util.List;

/** Sends the ledger to PostgreSQL, if it is kept there. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class LedgerPostgresModule implements GildModule {

  private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

  /** Creates the module; the service loader does. */
  public LedgerPostgresModule() {}

  @Override
  public String name() {
    return "ledger-postgres";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(LedgerPostgresSettings.SECTION);
  }

  @Override
  public List<MeterSpec> meters() {
    return LedgerPostgresMeter.specs();
  }

  @Override
  public void start(RuntimeScope runtime) {
    Settings settings = runtime.settings();
    LedgerSettings ledger = settings.get(LedgerSettings.SECTION);
    if (ledger.enabled() && ledger.store().equals(PostgresLedgerProvider.NAME)) {
      CallLedger entries = CallLedger.of(runtime);
      runtime.shared(LedgerShipper.class, owner -> shipper(owner, entries));
    }
  }

  private static LedgerShipper shipper(RuntimeScope runtime, CallLedger entries) {
    Shipments shipments = PostgresLedgerProvider.shipments(runtime.settings());
    LedgerShipper shipper = new LedgerShipper(shipments, () -> flush(entries)).start();
    runtime
        .meters()
        .publish(LedgerPostgresMeter.UNSENT.spec(), shipper, LedgerShipper::unsentBytes);
    return shipper;
  }

  private static void flush(CallLedger entries) {
    try {
      entries.flush(LAST_MOMENT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
