package io.gild.console;

import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.core.GildLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file that says where a JVM's console is; only its owner can read it. It is deleted when the
 * console ends, and one that a killed JVM left is deleted by the next reader.
 */
final class ConsoleFile implements AutoCloseable {

  private static final int TOKEN_BYTES = 24;
  private static final long CLOCK_DIFFERENCE_MILLIS = 2_000;

  /**
   * A console that runs.
   *
   * @param jvm number of its JVM in the console's interface
   * @param pid process id of its JVM
   * @param name the program that runs in the JVM
   * @param url the address of the console, without the token
   * @param token what clients send that act, or read where that needs it; {@code null} if unknown
   */
  record Entry(String jvm, long pid, String name, String url, @Nullable String token) {}

  private final Path file;
  private final Thread atExit;

  private ConsoleFile(Path file) {
    this.file = file;
    this.atExit = new Thread(null, this::delete, "gild-console-file", 0, false);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static String randomToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static ConsoleFile write(Path data, int port, String token) throws IOException {
    Path folder = folder(data);
    PrivateFiles.createDirectories(folder);
    JvmIdentity jvm = JvmIdentity.present(port);
    Path usual = folder.resolve(jvm.id() + ".json");
    Path file = isTaken(usual, jvm) ? folder.resolve(jvm.id() + "-" + port + ".json") : usual;
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("jvm", jvm.id());
    content.put("pid", jvm.pid());
    content.put("name", jvm.name());
    content.put("port", port);
    content.put("url", "http://127.0.0.1:" + port);
    content.put("token", token);
    content.put("started", jvm.started());
    PrivateFiles.write(file, Json.write(content));
    return new ConsoleFile(file);
  }

  private static Path folder(Path data) {
    return data.resolve("console").toAbsolutePath();
  }

  private static boolean isTaken(Path file, JvmIdentity jvm) {
    Map<?, ?> content = Files.exists(file) ? content(file) : null;
    return content != null && started(content) == jvm.started();
  }

  /** Returns the consoles of a data folder, and deletes the files of those that ended. */
  static List<Entry> list(Path data) throws IOException {
    Path folder = folder(data);
    List<Entry> entries = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return entries;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        Map<?, ?> content = content(file);
        if (content == null) {
          continue;
        }
        if (isRunning(content)) {
          entries.add(entry(content));
        } else {
          Files.deleteIfExists(file);
        }
      }
    }
    return entries;
  }

  private static @Nullable Map<?, ?> content(Path file) {
    try {
      return Json.read(Files.readString(file)) instanceof Map<?, ?> map
              && map.get("pid") instanceof Long
              && map.get("url") instanceof String
          ? map
          : null;
    } catch (IOException | IllegalArgumentException unreadable) {
      return null; // being written, of another user, or none of these files
    }
  }

  private static long started(Map<?, ?> content) {
    return content.get("started") instanceof Long started ? started : 0;
  }

  /** Returns whether the process runs that wrote the file, and not another one of its number. */
  private static boolean isRunning(Map<?, ?> content) {
    long pid = content.get("pid") instanceof Long number ? number : 0;
    ProcessHandle process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
    long started = started(content);
    return process != null
        && process
            .info()
            .startInstant()
            .map(since ->
                started == 0 || Math.abs(since.toEpochMilli() - started) <= CLOCK_DIFFERENCE_MILLIS)
            .orElse(true);
  }

  private static Entry entry(Map<?, ?> content) {
    return new Entry(
        String.valueOf(content.get("jvm")),
        content.get("pid") instanceof Long pid ? pid : 0,
        String.valueOf(content.get("name")),
        String.valueOf(content.get("url")),
        content.get("token") instanceof String token ? token : null);
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException leftBehind) {
      GildLog.faultOnce("Deleting " + file, leftBehind);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // The hook does the same.
    }
    delete();
  }
}
