package io.gild.recipes;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds modules and their sources; built, hidden and generated folders are left out. */
final class ModuleFolders {

  private static final Set<String> LEFT_OUT =
      Set.of("target", "build", "out", "bin", "node_modules", "generated", "generated-sources");
  private static final List<String> BUILD_FILES =
      List.of("pom.xml", "build.gradle", "build.gradle.kts");

  private ModuleFolders() {}

  /** Returns the folders of the modules, sorted; the root if there is none. */
  static List<Path> modules(Path root) throws IOException {
    List<Path> modules = new ArrayList<>();
    walk(
        root,
        folder -> {
          boolean builds = BUILD_FILES.stream().anyMatch(each -> isFile(folder.resolve(each)));
          boolean hasSources =
              Files.isDirectory(folder.resolve("src/main/java"))
                  || Files.isDirectory(folder.resolve("src/main/kotlin"));
          if (hasSources || (builds && folder.equals(root) && hasJava(folder))) {
            modules.add(folder);
          }
        },
        file -> {});
    if (modules.isEmpty()) {
      modules.add(root);
    }
    modules.sort(null);
    return modules;
  }

  private static boolean hasJava(Path folder) {
    return Files.isDirectory(folder.resolve("src"))
        && !Files.isDirectory(folder.resolve("src/main"));
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file);
  }

  /** Returns the files of a module with one of the endings, sorted. */
  static List<Path> files(Path module, String... endings) throws IOException {
    List<Path> files = new ArrayList<>();
    Path main = module.resolve("src/main");
    walk(
        Files.isDirectory(main) ? main : module,
        folder -> {},
        file -> {
          String name = file.getFileName().toString();
          for (String ending : endings) {
            if (name.endsWith(ending)) {
              files.add(file);
            }
          }
        });
    files.sort(null);
    return files;
  }

  private interface Taker {
    void take(Path path);
  }

  private static void walk(Path root, Taker folders, Taker files) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            if (!folder.equals(root) && (name.startsWith(".") || LEFT_OUT.contains(name))) {
              return isPackage(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }
            folders.take(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.take(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** A package may be named as a folder of a build, such as {@code com.acme.build}. */
  private static boolean isPackage(Path folder) {
    String path = folder.toString().replace('\\', '/');
    return path.contains("/src/main/java/") && !path.endsWith("/generated");
  }
}
