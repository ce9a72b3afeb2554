package io.gild.cli;

import io.gild.gates.AuditCheck;
import io.gild.gates.AuditLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells whether the audit log of the gates is as it was written. */
@Command(
    name = "audit",
    description = "Tells whether the audit log of the quality gates is as it was written.",
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
      description = "how the log ended when a gate said so: only with it does a whole rewrite show")
  private @Nullable String head;

  @Override
  public Integer call() {
    AuditLog log = AuditLog.in(data);
    String kept = head;
    AuditCheck check = kept == null ? log.verify() : log.verify(head(kept));
    PrintWriter out = spec.commandLine().getOut();
    out.println(check.intact() ? "The audit log is intact. " + check.note() : check.problem());
    out.flush();
    return check.intact() ? 0 : 1;
  }

  private AuditLog.Head head(String text) {
    int colon = text.indexOf(':');
    try {
      return new AuditLog.Head(
          Long.parseLong(text.substring(0, colon)), text.substring(colon + 1).strip());
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--head must be LINES:HASH, as a gate says it, but is \"" + text + "\"");
    }
  }
}
