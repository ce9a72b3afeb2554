package io.gild.config;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON lines that is only ever added to, readable by its owner alone.
 *
 * <p><b>Durability.</b> When {@link #append} returns, the lines are in the file and outlive the
 * JVM; those of a {@linkplain Builder#durable durable} journal outlive the machine, too. Lines that
 * several threads add at the same time share one write and one force. A writer that dies leaves at
 * most one unfinished line; the next writer ends it with a line feed, or drops it if the journal is
 * {@linkplain Builder#chained chained}. If {@code append} fails, an {@linkplain Builder#exclusive
 * exclusive} journal holds none of the lines, or the first of several if it is chained; another
 * journal may hold some of them.
 *
 * <p><b>Thread-safety.</b> Safe for use by many threads. Several JVMs, and several journals of one
 * JVM, may add to one file: their lines never mix. Those of exclusive journals take turns, by a
 * lock on {@code FILE.lock}. An interrupt neither loses a line nor is lost: the thread's flag stays
 * set.
 *
 * <p>A journal keeps only the lines of callers that wait in {@code append}. A journal that is not
 * exclusive keeps its file open until {@link #close}.
 */
@Experimental
public final class Journal implements Closeable {

  private static final int MOST_BYTES_PER_WRITE = 1 << 20;

  private final Path file;
  private final boolean exclusive;
  private final boolean durable;
  private final boolean chained;
  private final long maxBytes;
  private final boolean ends;
  private final JournalFile.Opener opener;
  private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writer; // a monitor would pin virtual threads
  private @Nullable JournalFile open;
  private @Nullable Object openKey;

  private Journal(Builder builder, JournalFile.Opener opener) {
    this.file = builder.file;
    this.exclusive = builder.exclusive;
    this.durable = builder.durable;
    this.chained = builder.chained;
    this.maxBytes = builder.maxBytes;
    this.ends = builder.ends;
    this.opener = opener;
    this.writer = new ReentrantLock(durable); // fair: a force takes all that wait, not the fastest
  }

  /**
   * Returns a builder.
   *
   * @param file the file, made at the first line with the folders above it
   * @return a builder of a journal that other JVMs may add to at the same time, not durable, not
   *     chained and of any size
   */
  public static Builder builder(Path file) {
    return new Builder(file.toAbsolutePath());
  }

  /** Sets how a journal writes. */
  public static final class Builder {

    private final Path file;
    private boolean exclusive;
    private boolean durable;
    private boolean chained;
    private long maxBytes = Long.MAX_VALUE;
    private boolean ends;

    private Builder(Path file) {
      this.file = file;
    }

    /**
     * Lets one writer of all JVMs write at a time.
     *
     * @return this
     */
    public Builder exclusive() {
      exclusive = true;
      return this;
    }

    /**
     * Forces lines to the disk before {@link Journal#append} returns; makes the journal exclusive.
     *
     * @return this
     */
    public Builder durable() {
      durable = true;
      return exclusive();
    }

    /**
     * Makes each line hold its number and the hash of the line before; makes the journal durable.
     *
     * <p>Lines are forced one by one, so that a writer that dies leaves at most one line that is
     * not noted.
     *
     * @return this
     * @see HashChain
     */
    public Builder chained() {
      chained = true;
      return durable();
    }

    /**
     * Limits the size of the file: the full file becomes {@code FILE.1}, in place of the one
     * before.
     *
     * @param bytes the most bytes; above zero. A longer line has a file of its own.
     * @return this
     */
    public Builder maxBytes(long bytes) {
      return limit("maxBytes", bytes, false);
    }

    /**
     * Limits the size of the file permanently, in place of {@link #maxBytes}: lines that it has no
     * room for are rejected with a {@link FullException}.
     *
     * @param bytes the most bytes; above zero. Other JVMs that add to the file at the same moment
     *     can make it longer by their lines.
     * @return this
     */
    public Builder endingAt(long bytes) {
      return limit("endingAt", bytes, true);
    }

    private Builder limit(String name, long bytes, boolean ending) {
      if (bytes < 1) {
        throw new IllegalArgumentException(name + " must be >= 1, but is " + bytes);
      }
      maxBytes = bytes;
      ends = ending;
      return this;
    }

    /**
     * Creates the journal; touches no file.
     *
     * @return the journal
     * @throws IllegalStateException if it is chained and has a limit of size
     */
    public Journal build() {
      if (chained) {
        return build(JournalFile::exclusive);
      }
      return build(exclusive ? JournalFile::exclusiveLines : JournalFile::shared);
    }

    Journal build(JournalFile.Opener opener) {
      if (chained && maxBytes < Long.MAX_VALUE) {
        throw new IllegalStateException("a chained journal must not have a limit of size");
      }
      return new Journal(this, opener);
    }
  }

  /** The file has no room for the lines. */
  public static final class FullException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long maxBytes;

    FullException(Path file, long maxBytes) {
      super(file + " must not be longer than " + maxBytes + " bytes, so nothing is added to it");
      this.file = file;
      this.maxBytes = maxBytes;
    }

    /**
     * Returns the file.
     *
     * @return an absolute path
     */
    public Path file() {
      return file;
    }

    /**
     * Returns the limit.
     *
     * @return bytes
     */
    public long maxBytes() {
      return maxBytes;
    }
  }

  /** Lines of one call; changed by the thread that holds {@link #writer} alone. */
  private static final class Entry {

    private final List<String> lines;
    private final byte[] bytes;
    private HashChain.Head head = HashChain.start();
    private boolean done;
    private @Nullable Throwable failure;

    Entry(List<String> lines) {
      this.lines = lines;
      StringBuilder text = new StringBuilder();
      lines.forEach(line -> text.append(line).append('\n'));
      this.bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    }

    void fail(Throwable cause) {
      if (!done) {
        failure = cause;
        done = true;
      }
    }

    HashChain.Head result() throws IOException {
      if (failure instanceof IOException known) {
        throw known;
      }
      if (failure != null) {
        throw new IOException("Cannot write lines: " + failure, failure);
      }
      return head;
    }
  }

  /**
   * Returns the file.
   *
   * @return an absolute path; it need not exist
   */
  public Path file() {
    return file;
  }

  /**
   * Adds a line.
   *
   * @param line JSON without a line feed
   * @throws IOException if it cannot be written; {@link HashChain.BrokenException} if the journal
   *     is chained and was changed; {@link FullException} if it has ended
   */
  public void append(String line) throws IOException {
    append(List.of(line));
  }

  /**
   * Adds lines, next to each other.
   *
   * @param lines each is JSON without a line feed; an object, if the journal is chained
   * @return the end of the chain behind these lines; one without lines if the journal is not
   *     chained
   * @throws IOException if they cannot be written; {@link HashChain.BrokenException} if the journal
   *     is chained and was changed; {@link FullException} if it has ended
   */
  public HashChain.Head append(List<String> lines) throws IOException {
    lines.forEach(this::require);
    Entry entry = new Entry(List.copyOf(lines));
    queue.add(entry);
    writer.lock();
    try {
      while (!entry.done) { // else the thread before this one has written it
        commit(nextGroup());
      }
    } finally {
      writer.unlock();
    }
    return entry.result();
  }

  private void require(String line) {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line must not contain line feeds, but is " + line);
    }
    if (chained) {
      HashChain.link(HashChain.start(), line);
    }
  }

  private List<Entry> nextGroup() {
    long most = Math.min(MOST_BYTES_PER_WRITE, maxBytes);
    List<Entry> group = new ArrayList<>();
    long bytes = 0;
    for (Entry next = queue.peek(); next != null; next = queue.peek()) {
      bytes += next.bytes.length;
      if (bytes > most && !group.isEmpty()) {
        break;
      }
      group.add(next);
      queue.remove();
    }
    return group;
  }

  private void commit(List<Entry> group) {
    try {
      if (exclusive) {
        JournalLock.holding(sibling(".lock"), () -> writeLocked(group));
      } else {
        write(group);
      }
      group.forEach(entry -> entry.done = true);
    } catch (Throwable failure) { // the other threads wait for an answer in any case
      group.forEach(entry -> entry.fail(failure));
    }
  }

  /** Leaves no file open, because others may replace it when the lock is free. */
  private void writeLocked(List<Entry> group) throws IOException {
    try {
      write(group);
    } finally {
      close();
    }
  }

  private void write(List<Entry> group) throws IOException {
    if (chained) {
      link(group);
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (ends && !gatherFitting(group, bytes)) {
      return;
    }
    if (!ends) {
      group.forEach(entry -> bytes.writeBytes(entry.bytes));
      makeRoom(bytes.size());
    }
    add(opened(), bytes.toByteArray());
  }

  /** Rejects the entries that the file has no room for; returns whether others are left. */
  private boolean gatherFitting(List<Entry> group, ByteArrayOutputStream into) throws IOException {
    BasicFileAttributes now = attributes();
    long room = maxBytes - (now == null ? 0 : now.size());
    for (Entry entry : group) {
      if (into.size() + entry.bytes.length > room) {
        entry.fail(new FullException(file, maxBytes));
      } else {
        into.writeBytes(entry.bytes);
      }
    }
    return into.size() > 0;
  }

  private void add(JournalFile out, byte[] bytes) throws IOException {
    long before = out.mark();
    try {
      out.add(bytes);
      if (durable) {
        out.force();
      }
    } catch (IOException | RuntimeException failure) {
      undo(out, before, failure);
      throw failure;
    }
  }

  private void undo(JournalFile out, long before, Exception failure) {
    try (out) {
      open = null;
      out.cut(before);
    } catch (IOException | RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  private JournalFile opened() throws IOException {
    JournalFile opened = open;
    while (opened == null) {
      Object before = key(attributes());
      opened = opener.open(file);
      openKey = key(attributes());
      if (before != null && !before.equals(openKey)) { // another JVM rotated it meanwhile
        opened.close();
        opened = null;
      }
    }
    open = opened;
    return opened;
  }

  private static @Nullable Object key(@Nullable BasicFileAttributes attributes) {
    return attributes == null ? null : attributes.fileKey();
  }

  private void link(List<Entry> group) throws IOException {
    HashChain.Check check = HashChain.check(file);
    if (!check.intact()) {
      throw new HashChain.BrokenException(check);
    }
    HashChain.Head head = check.head();
    if (head.lines() > check.noted()) {
      HashChain.note(file, head); // or the next writer that dies leaves two lines past it
    }
    JournalFile out = opened();
    out.cut(check.bytes());
    for (Entry entry : group) {
      for (String line : entry.lines) {
        head = link(out, head, line);
      }
      entry.head = head;
      entry.done = true;
    }
  }

  private HashChain.Head link(JournalFile out, HashChain.Head head, String line)
      throws IOException {
    HashChain.Link link = HashChain.link(head, line);
    long before = out.mark();
    add(out, (link.text() + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      HashChain.note(file, link.head());
    } catch (IOException | RuntimeException failure) {
      undo(out, before, failure);
      throw failure;
    }
    return link.head();
  }

  /** Rotates a file that is full, or follows another JVM that has rotated it. */
  private void makeRoom(long bytes) throws IOException {
    if (maxBytes == Long.MAX_VALUE) {
      return;
    }
    BasicFileAttributes now = attributes();
    Object key = key(now);
    if (open != null && !Objects.equals(openKey, key)) {
      close();
    }
    if (isFull(now, bytes)) {
      close();
      rotate(key, bytes);
    }
  }

  private void rotate(@Nullable Object key, long bytes) throws IOException {
    JournalLock.Action move =
        () -> {
          BasicFileAttributes now = attributes();
          if (Objects.equals(key(now), key) && isFull(now, bytes)) {
            Files.move(file, sibling(".1"), StandardCopyOption.REPLACE_EXISTING);
          }
        };
    if (exclusive) {
      move.run();
      return;
    }
    try {
      JournalLock.holding(file, move);
    } catch (IOException noLock) {
      move.run();
    }
  }

  private boolean isFull(@Nullable BasicFileAttributes now, long bytes) {
    return now != null
        && now.isRegularFile() // a folder or a device is never renamed
        && now.size() > 0
        && now.size() + bytes > maxBytes;
  }

  private @Nullable BasicFileAttributes attributes() throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException missing) {
      return null;
    }
  }

  /**
   * Adds lines that depend on those that are there, or replaces them all.
   *
   * <p>No exclusive journal of any JVM writes meanwhile. If the result begins with the present
   * lines, the others are added; else the file is replaced as a whole or not at all.
   *
   * @param change makes the new lines of the present ones
   * @throws IOException if the file cannot be read or written
   * @throws IllegalStateException if the journal is not exclusive, or is chained
   */
  public void revise(Function<List<JournalReader.Line>, List<String>> change) throws IOException {
    if (!exclusive || chained) {
      throw new IllegalStateException("only an exclusive journal without a chain can be revised");
    }
    writer.lock();
    try {
      JournalLock.holding(sibling(".lock"), () -> reviseLocked(change));
    } finally {
      writer.unlock();
    }
  }

  private void reviseLocked(Function<List<JournalReader.Line>, List<String>> change)
      throws IOException {
    List<JournalReader.Line> present = JournalReader.all(file);
    List<String> old = present.stream().map(JournalReader.Line::text).toList();
    List<String> fresh = change.apply(present);
    fresh.forEach(this::require);
    boolean ended = present.isEmpty() || present.get(present.size() - 1).ended();
    if (ended && fresh.size() >= old.size() && fresh.subList(0, old.size()).equals(old)) {
      writeLocked(List.of(new Entry(fresh.subList(old.size(), fresh.size()))));
    } else {
      PrivateFiles.write(file, fresh.isEmpty() ? "" : String.join("\n", fresh) + "\n");
    }
  }

  private Path sibling(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Closes the file; the next line opens it anew. */
  @Override
  public void close() throws IOException {
    writer.lock();
    try {
      if (open != null) {
        open.close();
      }
    } finally {
      open = null;
      writer.unlock();
    }
  }
}
