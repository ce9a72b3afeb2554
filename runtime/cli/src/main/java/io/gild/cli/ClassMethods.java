package io.gild.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The names of the classes in a class path with those of their methods, read from the class files;
 * nothing is loaded. Classes of a Spring Boot jar are among them, the jars in it are not.
 */
final class ClassMethods {

  private static final String CLASS = ".class";
  private static final String BOOT = "BOOT-INF/classes/";

  private ClassMethods() {}

  /**
   * Reads the class files.
   *
   * @param entries folders and jars; others are left out
   * @return the names of methods by binary names of classes
   */
  static Map<String, Set<String>> read(Iterable<Path> entries) throws IOException {
    Map<String, Set<String>> classes = new TreeMap<>();
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        readFolder(entry, classes);
      } else if (Files.isRegularFile(entry)) {
        readJar(entry, classes);
      }
    }
    return classes;
  }

  private static void readFolder(Path folder, Map<String, Set<String>> classes) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(CLASS)).toList()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        try (InputStream in = Files.newInputStream(file)) {
          classes.put(name(path), methods(in));
        }
      }
    }
  }

  private static void readJar(Path file, Map<String, Set<String>> classes) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        String path = entry.getName();
        if (path.endsWith(CLASS) && !path.startsWith("META-INF/")) {
          try (InputStream in = jar.getInputStream(entry)) {
            classes.put(
                name(path.startsWith(BOOT) ? path.substring(BOOT.length()) : path), methods(in));
          }
        }
      }
    }
  }

  private static String name(String path) {
    return path.substring(0, path.length() - CLASS.length()).replace('/', '.');
  }

  /** Reads a class file as chapter 4 of the JVM specification describes it. */
  private static Set<String> methods(InputStream file) throws IOException {
    DataInputStream in = new DataInputStream(file);
    in.skipNBytes(8);
    String[] texts = texts(in);
    in.skipNBytes(6);
    in.skipNBytes(2L * in.readUnsignedShort());
    members(in, texts); // the fields
    return members(in, texts);
  }

  private static Set<String> members(DataInputStream in, String[] texts) throws IOException {
    Set<String> names = new TreeSet<>();
    for (int members = in.readUnsignedShort(); members > 0; members--) {
      in.skipNBytes(2);
      names.add(texts[in.readUnsignedShort()]);
      in.skipNBytes(2);
      for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
        in.skipNBytes(2);
        in.skipNBytes(in.readInt());
      }
    }
    return names;
  }

  private static String[] texts(DataInputStream in) throws IOException {
    String[] texts = new String[in.readUnsignedShort()];
    for (int i = 1; i < texts.length; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // such a constant uses two indices
        }
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> in.skipNBytes(4);
      }
    }
    return texts;
  }
}
