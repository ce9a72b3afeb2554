package io.gild.gates;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A JVM that writes an audit log until it is killed, or writes a given number of lines. */
final class AuditWriterMain {

  private AuditWriterMain() {}

  public static void main(String[] arguments) {
    AuditLog log = new AuditLog(Path.of(arguments[0]));
    long most = Long.parseLong(arguments[1]);
    for (long i = 0; i < most; i++) {
      AuditLog.Head head =
          log.append(List.of(Map.of("event", "test", "text", "x".repeat(5_000))), TestResults.NOW);
      System.out.println(head.lines());
      System.out.flush();
    }
  }
}
