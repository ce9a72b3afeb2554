package io.gild.config;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes files that only their owner can read, because they hold prompts and answers.
 *
 * <p>Where the file system knows POSIX permissions, files are {@code 600} and folders {@code 700};
 * else the access list, if there is one, contains the owner alone. A file that existed with wider
 * rights is tightened before anything is written to it. Folders that existed keep their rights,
 * except one named {@code .gild}.
 */
@Experimental
public final class PrivateFiles {

  private static final String OWN_FOLDER = ".gild";
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /**
   * Makes a folder, and those above it that are missing.
   *
   * @param folder the folder; it may exist
   * @return the folder
   * @throws IOException if it cannot be made
   */
  public static Path createDirectories(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    for (Path each = absolute; each != null; each = each.getParent()) {
      if (each.endsWith(OWN_FOLDER) && Files.isDirectory(each)) {
        tighten(each, FOLDER);
      }
    }
    if (isPosix(existing(absolute))) {
      Files.createDirectories(absolute, PosixFilePermissions.asFileAttribute(FOLDER));
    } else if (!Files.isDirectory(absolute)) {
      Files.createDirectories(absolute);
      tighten(absolute, FOLDER);
    }
    return folder;
  }

  private static Path existing(Path path) {
    Path each = path;
    while (!Files.exists(each) && each.getParent() != null) {
      each = each.getParent();
    }
    return each;
  }

  private static boolean isPosix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }

  /**
   * Opens a file, and makes it with the folders above it if it is missing.
   *
   * @param file the file
   * @param options how it is opened, in addition to {@link StandardOpenOption#CREATE}
   * @return the open file
   * @throws IOException if it cannot be opened, or others can read it and that cannot be changed
   */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    prepare(file);
    return FileChannel.open(file, options);
  }

  /**
   * Opens a file to add to it, as {@link #open}; an interrupt of the writing thread does not close
   * it.
   *
   * @param file the file
   * @return the open file
   * @throws IOException if it cannot be opened, or others can read it and that cannot be changed
   */
  public static OutputStream append(Path file) throws IOException {
    prepare(file);
    return Files.newOutputStream(file, StandardOpenOption.APPEND);
  }

  /**
   * Opens a file of lines to add to it; a last line without its end, left by a writer that died, is
   * ended first.
   *
   * @param file the file
   * @return the open file
   * @throws IOException if it cannot be opened, or others can read it and that cannot be changed
   */
  public static OutputStream appendLines(Path file) throws IOException {
    OutputStream out = append(file);
    if (Files.isRegularFile(file) && endsOpen(file)) {
      out.write('\n');
    }
    return out;
  }

  private static boolean endsOpen(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) { // ignores interrupts
      if (in.length() == 0) {
        return false;
      }
      in.seek(in.length() - 1);
      return in.read() != '\n';
    }
  }

  private static void prepare(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      createDirectories(parent);
    }
    create(file);
    if (Files.isRegularFile(file)) {
      tighten(file, FILE);
    }
  }

  private static void create(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path parent = file.toAbsolutePath().getParent();
    boolean posix = parent != null && isPosix(parent);
    FileAttribute<?>[] rights =
        posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
            : new FileAttribute<?>[0];
    try {
      Files.createFile(file, rights);
    } catch (FileAlreadyExistsException raced) {
      // Another process made it at the same moment.
    }
  }

  /**
   * Writes a file as a whole or not at all: readers see the old content or the new.
   *
   * @param file the file; one that exists is replaced
   * @param text its new content
   * @return the file
   * @throws IOException if it cannot be written; the old content is then still there
   */
  public static Path write(Path file, String text) throws IOException {
    Path absolute = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
      return Files.write(file, bytes); // a device or a pipe
    }
    Path folder = absolute.getParent();
    if (folder == null) {
      throw new IOException(file + " is not the name of a file");
    }
    createDirectories(folder);
    Path fresh = Files.createTempFile(folder, "." + absolute.getFileName(), ".new");
    try {
      tighten(fresh, FILE);
      Files.write(fresh, bytes, StandardOpenOption.WRITE);
      replace(fresh, absolute);
    } finally {
      Files.deleteIfExists(fresh);
    }
    return file;
  }

  private static void replace(Path fresh, Path file) throws IOException {
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException none) {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void tighten(Path path, Set<PosixFilePermission> wanted) throws IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (posix != null) {
      Set<PosixFilePermission> present = posix.readAttributes().permissions();
      if (!wanted.containsAll(present)) {
        try {
          posix.setPermissions(wanted);
        } catch (IOException refused) {
          throw new IOException(
              path
                  + " can be read by others ("
                  + PosixFilePermissions.toString(present)
                  + ") and its rights cannot be changed: delete it, or name another file",
              refused);
        }
      }
      return;
    }
    AclFileAttributeView acl =
        Files.getFileAttributeView(path, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (acl != null) {
      acl.setAcl(List.of(ownerOnly(acl, Files.isDirectory(path))));
    }
  }

  private static AclEntry ownerOnly(AclFileAttributeView acl, boolean folder) throws IOException {
    AclEntry.Builder entry =
        AclEntry.newBuilder()
            .setType(AclEntryType.ALLOW)
            .setPrincipal(acl.getOwner())
            .setPermissions(EnumSet.allOf(AclEntryPermission.class));
    if (folder) {
      entry.setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
    }
    return entry.build();
  }
}
