package io.gild.observability;

import io.gild.config.PrivateFiles;
import io.gild.core.GildLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to a file that never outgrows its limit: the full file becomes {@code FILE.1},
 * which takes the place of the one before.
 *
 * <p>Several JVMs that share a file may each exceed the limit by what the others write.
 * Thread-safe; a disk that fails ends the log, and one line says so.
 */
final class CallLogFile implements Consumer<String> {

  private final Path file;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock(); // a monitor would pin virtual threads
  private @Nullable OutputStream out;
  private long size;
  private boolean broken;

  CallLogFile(Path file, long maxBytes) {
    this.file = file.toAbsolutePath();
    this.maxBytes = maxBytes;
  }

  @Override
  public void accept(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (!broken) {
        write(bytes);
      }
    } catch (IOException | RuntimeException fault) {
      broken = true;
      GildLog.faultOnce("Writing the call log " + file, fault);
    } finally {
      lock.unlock();
    }
  }

  private void write(byte[] bytes) throws IOException {
    OutputStream open = out == null ? open() : out;
    if (size > 0 && size + bytes.length > maxBytes) {
      open.close();
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      open = open();
    }
    open.write(bytes);
    size += bytes.length;
  }

  private OutputStream open() throws IOException {
    OutputStream opened = PrivateFiles.appendLines(file);
    size = Files.size(file);
    out = opened;
    return opened;
  }
}
