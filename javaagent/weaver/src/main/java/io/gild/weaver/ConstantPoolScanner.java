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
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;

  private final byte[][] supertypes;

  /**
   * Creates a scanner that looks for Gild's annotations and for direct subtypes of some types.
   *
   * @param supertypeNames internal names, such as {@code com/acme/Client}
   */
  ConstantPoolScanner(Collection<String> supertypeNames) {
    supertypes = new byte[supertypeNames.size()][];
    int next = 0;
    for (String name : supertypeNames) {
      supertypes[next++] = name.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * Tells whether a class mentions an annotation, or names one of the types as its own supertype.
   *
   * @param classFile the class file
   * @return {@code false} for everything that is no well-formed class file, too
   */
  boolean matches(byte[] classFile) {
    try {
      return scan(classFile);
    } catch (ArrayIndexOutOfBoundsException malformed) {
      return false;
    }
  }

  private boolean scan(byte[] classFile) {
    int count = unsignedShort(classFile, 8);
    int supertype = 0;
    int at = 10;
    for (int i = 1; i < count; i++) {
      int tag = classFile[at];
      if (tag == UTF8) {
        int size = unsignedShort(classFile, at + 1);
        if (size > ANNOTATION.length && equalsAt(classFile, at + 3, ANNOTATION)) {
          return true;
        }
        if (isSupertype(classFile, at + 3, size)) {
          supertype = i;
        }
      } else if (tag == LONG || tag == DOUBLE) {
        i++;
      }
      at += sizeOf(classFile, at);
    }
    return supertype > 0 && isSubtype(classFile, count, at);
  }

  /** Follows the class's supertypes, whose indices stand behind the pool, to their names. */
  private boolean isSubtype(byte[] classFile, int count, int end) {
    int[] offsets = new int[count];
    int at = 10;
    for (int i = 1; i < count; i++) {
      offsets[i] = at;
      if (classFile[at] == LONG || classFile[at] == DOUBLE) {
        i++;
      }
      at += sizeOf(classFile, at);
    }
    int implemented = unsignedShort(classFile, end + 6);
    for (int i = -1; i < implemented; i++) {
      int type = offsets[unsignedShort(classFile, i < 0 ? end + 4 : end + 8 + 2 * i)];
      int name = offsets[unsignedShort(classFile, type + 1)];
      if (isSupertype(classFile, name + 3, unsignedShort(classFile, name + 1))) {
        return true;
      }
    }
    return false;
  }

  private static int sizeOf(byte[] classFile, int at) {
    return switch (classFile[at]) {
      case UTF8 -> 3 + unsignedShort(classFile, at + 1);
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
      case LONG, DOUBLE -> 9;
      case 7, 8, 16, 19, 20 -> 3;
      case 15 -> 4;
      default -> throw new ArrayIndexOutOfBoundsException(at);
    };
  }

  private boolean isSupertype(byte[] classFile, int from, int size) {
    for (byte[] name : supertypes) {
      if (name.length == size && equalsAt(classFile, from, name)) {
        return true;
      }
    }
    return false;
  }

  /** Compares from the end, where names of the same package differ. */
  private static boolean equalsAt(byte[] classFile, int from, byte[] name) {
    for (int i = name.length - 1; i >= 0; i--) {
      if (classFile[from + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
  }
}
