package io.gild.config;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** An open file that a {@link Journal} adds to; no interrupt closes it. */
interface JournalFile extends Closeable {

  /** Opens a file, and makes it with the folders above it if it is missing. */
  interface Opener {
    JournalFile open(Path file) throws IOException;
  }

  /** Adds bytes at the end. */
  void add(byte[] bytes) throws IOException;

  /** Returns where the next bytes go, for {@link #cut}. */
  long mark() throws IOException;

  /** Drops what was added since, if no other JVM can have added anything meanwhile. */
  void cut(long mark) throws IOException;

  /** Forces all bytes to the disk. */
  void force() throws IOException;

  /** Opens a file that other JVMs may add to at the same time; ends its last line. */
  static JournalFile shared(Path file) throws IOException {
    return new Shared(PrivateFiles.appendLines(file));
  }

  /** Opens a file that no other JVM adds to meanwhile. */
  static JournalFile exclusive(Path file) throws IOException {
    PrivateFiles.append(file).close();
    return new Exclusive(new RandomAccessFile(file.toFile(), "rw"));
  }

  /** Opens a file that no other JVM adds to meanwhile; ends its last line. */
  static JournalFile exclusiveLines(Path file) throws IOException {
    PrivateFiles.appendLines(file).close();
    return exclusive(file);
  }

  /** Each call is one write at the current end of the file. */
  final class Shared implements JournalFile {

    private final OutputStream out;

    Shared(OutputStream out) {
      this.out = out;
    }

    @Override
    public void add(byte[] bytes) throws IOException {
      out.write(bytes);
    }

    @Override
    public long mark() {
      return 0;
    }

    @Override
    public void cut(long mark) {
      // Another JVM may have added lines since; the next writer that opens the file ends the open
      // line.
    }

    @Override
    public void force() {
      // Left to the operating system.
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Writes with calls that an interrupt does not end, unlike those of a channel. */
  final class Exclusive implements JournalFile {

    private final RandomAccessFile file;

    Exclusive(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public void add(byte[] bytes) throws IOException {
      file.seek(file.length());
      file.write(bytes);
    }

    @Override
    public long mark() throws IOException {
      return file.length();
    }

    @Override
    public void cut(long mark) throws IOException {
      file.setLength(mark);
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
