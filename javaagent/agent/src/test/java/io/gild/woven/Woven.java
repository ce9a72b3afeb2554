package io.gild.woven;

import io.gild.core.GildLog;
import io.gild.javaagent.inst.Installer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.bytebuddy.agent.ByteBuddyAgent;

/** The agent in this very JVM, for the length of a test. */
final class Woven implements AutoCloseable {

  private final Path file;
  private final Runnable detach;
  private final List<String> log = new CopyOnWriteArrayList<>();

  private Woven(String yaml) {
    try {
      file = Files.createTempFile("gild", ".yaml");
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    GildLog.redirect((line, cause) -> log.add(cause == null ? line : line + " (" + cause + ")"));
    detach = new Installer().apply("config=" + file + ",verbose", ByteBuddyAgent.install());
  }

  static Woven with(String yaml) {
    return new Woven(yaml);
  }

  /** Everything that Gild logged. */
  List<String> log() {
    return log;
  }

  @Override
  public void close() {
    detach.run();
    file.toFile().delete();
  }
}
