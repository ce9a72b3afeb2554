package io.gild.twin;

import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.memory.MemoryRecord;
import io.gild.memory.SessionJson;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionSnapshot;
import io.gild.vectors.VectorSpace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a twin line by line: as a whole or not at all, readable by its owner alone. */
final class TwinWriter implements TwinVisitor {

  private final OutputStream out;
  private final MessageDigest digest = Sha256.digest();
  private final Map<String, Long> counts = new TreeMap<>();

  private TwinWriter(OutputStream out) {
    this.out = out;
  }

  static void write(Path file, TwinSource source) throws IOException {
    Path absolute = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path fresh = absolute.resolveSibling("." + absolute.getFileName() + ".new");
    try {
      try (FileChannel channel =
          PrivateFiles.open(
              fresh, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        new TwinWriter(out).write(source);
        out.flush();
        channel.force(true);
      }
      move(fresh, absolute);
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Moves a file in one step, where the file system can. */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException none) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void write(TwinSource source) {
    Twin twin = source.twin();
    head(twin);
    line("settings", twin.settings().toMap());
    twin.methods().forEach(method -> line("method", TwinJson.of(method)));
    twin.models().forEach(model -> line("model", TwinJson.of(model)));
    twin.prompts().forEach(prompt -> line("prompt", TwinJson.of(prompt)));
    twin.breakers().forEach((name, state) -> line("breaker", Map.of("name", name, "state", state)));
    TwinFigures figures = twin.figures();
    if (figures != null) {
      line("figures", TwinJson.of(figures));
    }
    twin.absent().forEach((section, why) -> line("absent", Map.of("section", section, "why", why)));
    source.visit(this);
    String sum = HexFormat.of().formatHex(digest.digest());
    print(Json.write(Map.of(TwinLines.END, end(sum))));
  }

  private Map<String, Object> end(String sum) {
    Map<String, Object> end = new LinkedHashMap<>();
    end.put("lines", counts);
    end.put("sha256", sum);
    return end;
  }

  private void head(Twin twin) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put(TwinLines.HEADER, (long) TwinLines.VERSION);
    head.put("agent", twin.agent());
    head.put("version", twin.version());
    head.put("taken", twin.taken().toString());
    VectorSpace space = twin.vectors();
    if (space != null) {
      head.put("vectors", space.model());
      head.put("dimensions", (long) space.dimensions());
    }
    print(Json.write(head));
  }

  @Override
  public void memory(MemoryRecord record) {
    line("memory", TwinJson.of(record));
  }

  @Override
  public void session(SessionSnapshot session) {
    line("session", TwinJson.of(session));
    for (SessionMessage message : session.messages()) {
      line("message", SessionJson.of(message));
    }
  }

  private void line(String kind, Map<String, ? extends @Nullable Object> content) {
    counts.merge(kind, 1L, Long::sum);
    print(Json.write(Map.of(kind, content)));
  }

  private void print(String json) {
    byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
    digest.update(bytes);
    try {
      out.write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
