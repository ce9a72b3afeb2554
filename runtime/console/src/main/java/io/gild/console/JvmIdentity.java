package io.gild.console;

import java.nio.file.Path;
import java.time.Instant;

/**
 * This process in a console.
 *
 * @param id its number; in a container, where every process has the number 1, with the port
 * @param name the program that runs in it
 * @param pid its process id
 * @param started when it started, in milliseconds since 1970
 */
record JvmIdentity(String id, String name, long pid, long started) {

  static JvmIdentity present(int port) {
    ProcessHandle self = ProcessHandle.current();
    long pid = self.pid();
    long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return new JvmIdentity(
        pid <= 1 ? pid + "-" + port : String.valueOf(pid), program(), pid, started);
  }

  private static String program() {
    String service = System.getenv("OTEL_SERVICE_NAME");
    if (service != null && !service.isBlank()) {
      return ShortNames.cut(service);
    }
    String command = System.getProperty("sun.java.command", "").strip();
    int end = command.indexOf(' ');
    String named = end < 0 ? command : command.substring(0, end);
    if (named.endsWith(".jar")) {
      Path file = Path.of(named).getFileName();
      named = file == null ? named : file.toString();
    }
    return named.isEmpty() ? "java" : ShortNames.cut(named);
  }
}
