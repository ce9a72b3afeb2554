package io.gild.cli;

import io.gild.gates.AuditCheck;
import io.gild.gates.AuditLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks that the audit log of gates and rollouts was not changed. */
@Command(
    name = "audit",
    description = "Checks that the audit log of quality gates and rollouts was not changed.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuditCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".gild",
      description = "where the audit log is kept (default: ${DEFAULT-VALUE})")
  private Path data;

  @Option(
      names = "--head",
      paramLabel = "LINES:HASH",
      description =
          "the end of the log as a gate printed it; without it, a complete rewrite is not detected")
  private @Nullable String head;

  @Override
  public Integer call() {
    AuditLog log = AuditLog.in(data);
    AuditLog.Head kept = head == null ? null : head(head);
    AuditCheck check = log.verify();
    if (check.intact() && check.head().lines() == 0) {
      spec.commandLine()
          .getErr()
          .println(
              "gild: no gate or rollout wrote to an audit log in "
                  + log.file()
                  + ", so there is nothing to check. Name the folder of the log with --data.");
      return 1;
    }
    if (kept != null) {
      check = log.verify(kept);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        check.intact()
            ? "The audit log is intact. It ends at %d:%s. %s"
                .formatted(check.head().lines(), check.head().hash(), check.note())
                .strip()
            : check.problem());
    out.flush();
    return check.intact() ? 0 : 1;
  }

  private AuditLog.Head head(String text) {
    int colon = text.indexOf(':');
    try {
      long lines = Long.parseLong(text.substring(0, colon).strip());
      String hash = text.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
      if (lines < 1 || !hash.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(text);
      }
      return new AuditLog.Head(lines, hash);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--head must be LINES:HASH, as a gate prints it, but is \"" + text + "\"");
    }
  }
}
