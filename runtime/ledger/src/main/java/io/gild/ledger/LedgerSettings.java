package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the ledger is, and what it holds of persons.
 *
 * @param enabled whether entries are written
 * @param store {@code folder}, {@code in-process}, or the name of a sink that is on the class path
 * @param folder where the folder is; {@code null} for {@code ledger} in the folder of all data
 * @param keep how long entries are kept; one day or more
 * @param maxFileBytes about the most bytes of a file; 1 or more
 * @param maxPending the most entries that wait for the disk, or are kept in process; 1 or more
 * @param ids how identifiers are written
 * @param prompts whether it is counted what prompts consist of, for advice; numbers are kept, and
 *     no text
 * @param hashKey the file with the key of hashed identifiers; {@code null} for {@code hash.key} in
 *     the folder. JVMs have the same hashes only if they have the same key.
 */
@Experimental
public record LedgerSettings(
    boolean enabled,
    String store,
    @Nullable Path folder,
    Duration keep,
    long maxFileBytes,
    int maxPending,
    Ids ids,
    boolean prompts,
    @Nullable Path hashKey) {

  /** The section {@code ledger}. */
  public static final Section<LedgerSettings> SECTION =
      Section.of("ledger", LedgerSettings.class)
          .optional(LedgerSettings.class, "folder", "hash-key");

  /** How an identifier is written. */
  public enum Form {
    /** As it is. */
    PLAIN,
    /** As a keyed hash: equal identifiers stay equal, and cannot be read without the key. */
    HASH,
    /** Not at all. */
    OFF
  }

  /**
   * How identifiers are written that may be those of persons.
   *
   * @param tenant customers
   * @param user persons
   * @param session conversations
   * @param task tasks, such as tickets
   */
  public record Ids(Form tenant, Form user, Form session, Form task) {}

  /** Checks the values. */
  public LedgerSettings {
    if (keep.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("keep must be >= 1d, but is " + keep);
    }
    Require.atLeast(1, maxFileBytes, "max-file-bytes");
    Require.atLeast(1, maxPending, "max-pending");
  }
}
