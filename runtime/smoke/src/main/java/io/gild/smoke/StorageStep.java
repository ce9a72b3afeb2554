package io.gild.smoke;

import io.gild.config.PrivateFiles;
import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Writes, reads and removes a file in the data folder, and tests the stores of the settings. */
final class StorageStep implements SmokeStep {

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  @Override
  public SmokeFinding run(SmokeScope scope) throws IOException, InterruptedException {
    List<SmokeFinding> findings = new ArrayList<>();
    Path data = scope.data();
    findings.add(
        data == null
            ? SmokeFinding.notApplicable("the data folder cannot be reached from here")
            : folder(data));
    findings.addAll(PartProbes.run(SmokeTest.STORAGE, scope));
    return SmokeFinding.all(findings);
  }

  private static SmokeFinding folder(Path data) throws IOException {
    if (!Files.isDirectory(data)) {
      return SmokeFinding.notApplicable(data + " does not exist: nothing is stored");
    }
    Path file = data.resolve("smoke-" + UUID.randomUUID() + ".txt");
    String text = UUID.randomUUID().toString();
    try {
      PrivateFiles.write(file, text);
      String read = Files.readString(file);
      if (!read.equals(text)) {
        return SmokeFinding.failed(file + " has another text than was written to it");
      }
      for (Path each : List.of(data, file)) {
        if (!isPrivate(each)) {
          return SmokeFinding.failed(
              each
                  + " can be used by others: its permissions are "
                  + PosixFilePermissions.toString(Files.getPosixFilePermissions(each))
                  + ". Take them away with chmod go-rwx");
        }
      }
      return SmokeFinding.passed("the data folder is private, and keeps what is written");
    } catch (IOException failure) {
      return SmokeFinding.failed("the data folder cannot be written: " + failure);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static boolean isPrivate(Path path) throws IOException {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) == null
        || OWNER.containsAll(Files.getPosixFilePermissions(path));
  }
}
