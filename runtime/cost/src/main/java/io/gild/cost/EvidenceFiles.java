package io.gild.cost;

import io.gild.config.PrivateFiles;
import io.gild.core.GildLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What semantic caches learned, one private file for each partition. A file is named by a keyed
 * hash of what makes up the partition, so that neither tenants nor instructions can be guessed from
 * it, and begins with a code of its content, so that one that was damaged or comes from elsewhere
 * is not used. The key lies in the same folder. Thread-safe.
 */
final class EvidenceFiles {

  /** The oldest files are deleted. */
  private static final int MOST_FILES = 500;

  private static final long LARGEST_FILE = 8L << 20;
  private static final String KEY_FILE = "key";
  private static final String ENDING = ".evidence";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int METHOD_CHARACTERS = 16;

  private final Path folder;
  private byte @Nullable [] key;

  EvidenceFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns the name of the file of a partition.
   *
   * @param method everything that must be equal for evidence to be of use
   * @param partition the text of its parts
   */
  String name(String method, String partition) {
    return prefix(method) + "-" + code("partition", method, partition) + ENDING;
  }

  private String prefix(String method) {
    return code("method", method, "").substring(0, METHOD_CHARACTERS);
  }

  /** Returns what was saved; {@code null} if there is nothing, or nothing that can be trusted. */
  @Nullable String read(String name) {
    Path file = folder.resolve(name);
    try {
      if (!Files.isRegularFile(file)) {
        return null;
      }
      String text = Files.size(file) <= LARGEST_FILE ? Files.readString(file) : "";
      int line = text.indexOf('\n');
      String learned = text.substring(line + 1);
      if (line > 0 && equal(text.substring(0, line), code("content", name, learned))) {
        return learned;
      }
      unusable(file, "it was changed, or has another key");
    } catch (IOException e) {
      unusable(file, e.toString());
    }
    return null;
  }

  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Logs that a file is not used. */
  void unusable(Path file, String reason) {
    GildLog.infoOnce(
        "What a semantic cache learned cannot be read from "
            + folder.resolve(file)
            + " ("
            + reason
            + "); it begins anew.");
  }

  void unusable(String name, String reason) {
    unusable(folder.resolve(name), reason);
  }

  void write(String name, String learned) throws IOException {
    PrivateFiles.createDirectories(folder);
    keepKey();
    PrivateFiles.write(folder.resolve(name), code("content", name, learned) + "\n" + learned);
  }

  void delete(String name) {
    delete(folder.resolve(name));
  }

  /** Deletes the files of a method. */
  void deleteAll(String method) {
    String prefix = prefix(method) + "-";
    files().stream()
        .filter(each -> each.getFileName().toString().startsWith(prefix))
        .forEach(EvidenceFiles::delete);
  }

  /** Deletes the oldest files that are too many. */
  void prune() {
    List<Path> files = files();
    files.stream()
        .sorted(Comparator.comparingLong(EvidenceFiles::age))
        .limit(Math.max(0, files.size() - MOST_FILES))
        .forEach(EvidenceFiles::delete);
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> each.getFileName().toString().endsWith(ENDING)).toList();
    } catch (IOException e) {
      GildLog.faultOnce("Listing " + folder, e);
      return List.of();
    }
  }

  private static long age(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      GildLog.faultOnce("Deleting " + file, e);
    }
  }

  private String code(String purpose, String first, String second) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(), ALGORITHM));
      String text = purpose + ":" + first.length() + ":" + first + second;
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException never) { // every JVM has the algorithm
      throw new IllegalStateException(never);
    }
  }

  private synchronized byte[] key() {
    byte[] known = key;
    if (known == null) {
      known = readKey();
      if (known == null) {
        known = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(known);
      }
      key = known;
    }
    return known;
  }

  private byte @Nullable [] readKey() {
    Path file = folder.resolve(KEY_FILE);
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= 4L * KEY_BYTES) {
        byte[] read = HexFormat.of().parseHex(Files.readString(file).strip());
        if (read.length == KEY_BYTES) {
          return read;
        }
      }
      if (Files.exists(file)) {
        unusable(file, "it is not a key of " + KEY_BYTES + " bytes in hexadecimal digits");
      }
    } catch (IOException | IllegalArgumentException e) {
      unusable(file, e.toString());
    }
    return null;
  }

  /**
   * Writes the key with the first file, so that a cache that learns nothing leaves none. If another
   * JVM was first, its key is used from now on.
   */
  private synchronized void keepKey() throws IOException {
    byte[] kept = readKey();
    if (kept == null) {
      PrivateFiles.write(folder.resolve(KEY_FILE), HexFormat.of().formatHex(key()));
    } else {
      key = kept;
    }
  }
}
