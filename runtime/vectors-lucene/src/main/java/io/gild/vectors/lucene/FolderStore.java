package io.gild.vectors.lucene;

import io.gild.config.PrivateFiles;
import io.gild.vectors.VectorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * A folder with one folder for each partition, named by the hash of the partition's name, because
 * that may be any text. Only their owner can read these folders.
 */
final class FolderStore implements PartitionStore {

  private static final String LOCK = "index.lock";

  /** Ends the names of folders whose deletion has begun. */
  private static final String REMOVED = ".removed";

  /** New small files are in memory until a commit, so that a search after each change is fast. */
  private static final double CACHE_MEGABYTES = 16;

  private static final double CACHED_FILE_MEGABYTES = 4;

  private static final Pattern OWN = Pattern.compile("[0-9a-f]{64}(\\.removed)?");

  private final Path folder;
  private final Directory root;
  private final Lock lock;

  private FolderStore(Path folder, Directory root, Lock lock) {
    this.folder = folder;
    this.root = root;
    this.lock = lock;
  }

  static FolderStore open(Path folder, VectorSpace space) throws IOException {
    PrivateFiles.createDirectories(folder);
    Directory root = FSDirectory.open(folder);
    FolderStore store = new FolderStore(folder, root, lock(folder, root));
    try {
      store.deleteRemoved();
      for (Path partition : store.folders()) {
        SpaceMark.check(partition, space);
      }
      return store;
    } catch (IOException | RuntimeException failed) {
      store.close();
      throw failed;
    }
  }

  private static Lock lock(Path folder, Directory root) throws IOException {
    try {
      return root.obtainLock(LOCK);
    } catch (LockObtainFailedException used) {
      root.close();
      throw new IOException(
          "the vector index %s is in use, by another JVM or by another index of this one. Close that one, or use another folder."
              .formatted(folder.toAbsolutePath()),
          used);
    }
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public boolean exists(String partition) {
    return Files.isDirectory(folder(partition));
  }

  @Override
  public Directory directory(String partition) throws IOException {
    Path path = PrivateFiles.createDirectories(folder(partition));
    IOUtils.fsync(folder, true);
    return new NRTCachingDirectory(FSDirectory.open(path), CACHED_FILE_MEGABYTES, CACHE_MEGABYTES);
  }

  /** Renames the folder first, so that a crash leaves no half of a partition. */
  @Override
  public void delete(String partition) throws IOException {
    Path path = folder(partition);
    if (Files.isDirectory(path)) {
      Path removed = folder.resolve(path.getFileName() + REMOVED);
      Files.move(path, removed, StandardCopyOption.ATOMIC_MOVE);
      IOUtils.fsync(folder, true);
      deleteFolder(removed);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      lock.close();
    } finally {
      root.close();
    }
  }

  private Path folder(String partition) {
    return folder.resolve(TextHashes.name(partition));
  }

  private void deleteRemoved() throws IOException {
    for (Path each : folders()) {
      if (each.toString().endsWith(REMOVED)) {
        deleteFolder(each);
      }
    }
  }

  /** Returns the folders of partitions, those that are being deleted too. */
  private List<Path> folders() throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> OWN.matcher(path.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  /** The folders of Lucene have no subfolders. */
  private static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
