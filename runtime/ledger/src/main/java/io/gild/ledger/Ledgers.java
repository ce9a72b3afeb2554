package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.config.Suggestions;
import io.gild.ledger.spi.LedgerSink;
import io.gild.ledger.spi.LedgerSinkProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Opens the ledger that settings name. */
@Experimental
public final class Ledgers {

  private static final String IN_PROCESS = "in-process";
  private static final String FOLDER = "folder";

  private Ledgers() {}

  /**
   * Opens the ledger, whether or not entries are written to it.
   *
   * @param settings the settings
   * @return the sink, of the caller alone
   * @throws IOException if that is impossible now
   * @throws IllegalArgumentException if no module has a sink of that name
   */
  public static LedgerSink open(Settings settings) throws IOException {
    LedgerSettings own = settings.get(LedgerSettings.SECTION);
    return switch (own.store()) {
      case FOLDER -> new FolderLedger(folder(settings), own.maxFileBytes());
      case IN_PROCESS -> new InProcessLedger(own.maxPending());
      default -> provider(own.store()).open(settings);
    };
  }

  /**
   * Returns the folder of the ledger.
   *
   * @param settings the settings
   * @return the folder; it need not exist
   */
  public static Path folder(Settings settings) {
    Path folder = settings.get(LedgerSettings.SECTION).folder();
    return folder == null ? settings.data().resolve("ledger") : folder;
  }

  /**
   * Returns whether the ledger is in a folder.
   *
   * @param settings the settings
   * @return {@code false} if another sink has it
   */
  public static boolean isFolder(Settings settings) {
    return settings.get(LedgerSettings.SECTION).store().equals(FOLDER);
  }

  /** Returns the file with the key of hashed identifiers; null if the key is kept in memory. */
  static @Nullable Path hashKey(Settings settings) {
    LedgerSettings own = settings.get(LedgerSettings.SECTION);
    if (own.hashKey() != null || own.store().equals(IN_PROCESS)) {
      return own.hashKey();
    }
    return folder(settings).resolve("hash.key");
  }

  private static LedgerSinkProvider provider(String wanted) {
    List<String> names = new ArrayList<>(List.of(FOLDER, IN_PROCESS));
    for (LedgerSinkProvider each :
        ServiceLoader.load(LedgerSinkProvider.class, Ledgers.class.getClassLoader())) {
      if (each.name().equals(wanted)) {
        return each;
      }
      names.add(each.name());
    }
    String remedy =
        wanted.equals("postgres")
            ? ", whose module is absent: add the dependency io.gild:gild-ledger-postgres."
            : "; expected one of "
                + String.join(", ", names)
                + "."
                + Suggestions.didYouMean(wanted, names);
    throw new IllegalArgumentException("ledger.store is " + wanted + remedy);
  }
}
