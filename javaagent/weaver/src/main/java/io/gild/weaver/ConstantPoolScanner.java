package io.gild.weaver;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Looks for names in the constant pool of a class file, without parsing the class.
 *
 * <p>It costs a few microseconds per class and is the only thing that most classes ever meet.
 */
final class ConstantPoolScanner {

  private static final byte[] ANNOTATION =
      "Lio/gild/annotations/".getBytes(StandardCharsets.ISO_8859_1);

  private final byte[][] names;

  /**
   * Creates a scanner that looks for Gild's annotations and for some names of types.
   *
   * @param typeNames internal names, such as {@code com/acme/Client}
   */
  ConstantPoolScanner(Collection<String> typeNames) {
    names =
        typeNames.stream()
            .map(name -> name.getBytes(StandardCharsets.ISO_8859_1))
            .toArray(byte[][]::new);
  }

  /**
   * Tells whether a class mentions anything looked for.
   *
   * @param classFile the class file
   * @return {@code false} for everything that is no well-formed class file, too
   */
  boolean matches(byte[] classFile) {
    int length = classFile.length;
    if (length < 10) {
      return false;
    }
    int count = unsignedShort(classFile, 8);
    int at = 10;
    for (int i = 1; i < count && at + 2 < length; i++) {
      switch (classFile[at]) {
        case 1 -> {
          int size = unsignedShort(classFile, at + 1);
          if (at + 3 + size > length) {
            return false;
          }
          if (wanted(classFile, at + 3, size)) {
            return true;
          }
          at += 3 + size;
        }
        case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5;
        case 5, 6 -> {
          at += 9;
          i++;
        }
        case 7, 8, 16, 19, 20 -> at += 3;
        case 15 -> at += 4;
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  private boolean wanted(byte[] classFile, int from, int size) {
    if (size > ANNOTATION.length && startsWith(classFile, from, ANNOTATION)) {
      return true;
    }
    for (byte[] name : names) {
      if (name.length == size && startsWith(classFile, from, name)) {
        return true;
      }
    }
    return false;
  }

  /** Compares from the end, where names of the same package differ. */
  private static boolean startsWith(byte[] classFile, int from, byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (classFile[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
  }
}
