package io.gild.ledger.spi;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import java.io.IOException;

/** Opens sinks of one kind; found by {@link java.util.ServiceLoader}. */
@Experimental
public interface LedgerSinkProvider {

  /**
   * Returns the name that the settings use.
   *
   * @return a name such as {@code postgres}, in {@code ledger.store}
   */
  String name();

  /**
   * Opens the sink.
   *
   * @param settings where it is
   * @return the sink, of the caller alone
   * @throws IOException if that is impossible now
   */
  LedgerSink open(Settings settings) throws IOException;
}
