package io.gild.gates;

import io.gild.config.Experimental;

/** Thrown for an audit log that was tampered with and must not be continued. */
@Experimental
public final class AuditException extends RuntimeException {

  private final transient AuditCheck check;

  AuditException(AuditCheck check) {
    super(
        "The audit log is not as it was written: "
            + check.problem()
            + ". Keep it as evidence and find out who changed it; a new log starts when its files are"
            + " moved away.");
    this.check = check;
  }

  /**
   * Returns what was found.
   *
   * @return the check, with the first line that is wrong
   */
  public AuditCheck check() {
    return check;
  }
}
