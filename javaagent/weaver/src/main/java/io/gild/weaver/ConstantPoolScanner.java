package io.gild.weaver;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Looks for names in the constant pool of a class file, without parsing the class.
 *
 * <p>It costs a few microseconds per class and is the only check for most classes.
 */
final class ConstantPoolScanner {

  private static final byte[] ANNOTATION =
      "Lio/gild/annotations/".getBytes(StandardCharsets.ISO_8859_1);
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;

  /** The size of an entry in bytes, by its tag; 0 for unknown tags and for texts. */
  private static final int[] SIZES = {
    0, 0, 0, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3
  };

  private final byte[][] supertypes;

  /** Whether one of the supertypes has a name of that length. */
  private final boolean[] lengths;

  /**
   * Creates a scanner that looks for Gild's annotations and for direct subtypes of some types.
   *
   * @param supertypeNames internal names, such as {@code com/acme/Client}
   */
  ConstantPoolScanner(Collection<String> supertypeNames) {
    supertypes = new byte[supertypeNames.size()][];
    int next = 0;
    int longest = 0;
    for (String name : supertypeNames) {
      supertypes[next++] = name.getBytes(StandardCharsets.ISO_8859_1);
      longest = Math.max(longest, name.length());
    }
    lengths = new boolean[longest + 1];
    for (byte[] name : supertypes) {
      lengths[name.length] = true;
    }
  }

  /**
   * Returns whether a class mentions an annotation, or has one of the types as a direct supertype.
   *
   * @param classFile the class file
   * @return {@code false} also for data that is not a well-formed class file
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

  /** Reads the names of the class's supertypes, whose indices follow the pool. */
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
    int tag = classFile[at];
    if (tag == UTF8) {
      return 3 + unsignedShort(classFile, at + 1);
    }
    int size = SIZES[tag];
    if (size == 0) {
      throw new ArrayIndexOutOfBoundsException(at);
    }
    return size;
  }

  private boolean isSupertype(byte[] classFile, int from, int size) {
    if (size >= lengths.length || !lengths[size]) {
      return false;
    }
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
