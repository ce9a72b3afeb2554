package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.HashChain;
import io.gild.gates.AuditLog.Head;
import java.util.List;

/**
 * Whether an audit log is unchanged since it was written.
 *
 * @param head the end of the log, as far as it is right
 * @param problem the first error, with its line; empty if there is none
 * @param note what its last writer left unfinished when it died; empty if nothing
 * @param bytes how long the log is, as far as it is right
 * @param hashes the hash of each right line
 */
@Experimental
public record AuditCheck(Head head, String problem, String note, long bytes, List<String> hashes) {

  /** Copies the list. */
  public AuditCheck {
    hashes = List.copyOf(hashes);
  }

  /**
   * Returns whether nothing is wrong.
   *
   * @return whether every line follows the one before it, up to the end that was noted
   */
  public boolean intact() {
    return problem.isEmpty();
  }

  static AuditCheck of(HashChain.Check check) {
    Head head = new Head(check.head().lines(), check.head().hash());
    return new AuditCheck(head, check.problem(), check.note(), check.bytes(), check.hashes());
  }

  AuditCheck goesOnFrom(Head kept) {
    if (!intact() || kept.lines() == 0) {
      return this;
    }
    boolean there =
        kept.lines() <= hashes.size() && hashes.get((int) kept.lines() - 1).equals(kept.hash());
    return there
        ? this
        : new AuditCheck(
            head,
            "line %d is not the one that was kept: the log was written anew"
                .formatted(kept.lines()),
            note,
            bytes,
            hashes);
  }
}
