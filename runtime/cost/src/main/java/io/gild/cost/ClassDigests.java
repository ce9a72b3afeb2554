package io.gild.cost;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Digests of the class file of a method, so that a changed class does not repeat the answers of an
 * earlier one. The digest of each class of an object is kept in that class.
 */
final class ClassDigests {

  private final String resource;

  private final ClassValue<String> digests =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return digest(type.getClassLoader());
        }
      };

  /**
   * @param className binary name of the class that declares the method
   */
  ClassDigests(String className) {
    this.resource = className.replace('.', '/') + ".class";
  }

  /** Returns the digest as the loader of an object finds the class; empty if it does not. */
  String of(@Nullable Object self) {
    return self == null ? "" : digests.get(self.getClass());
  }

  private String digest(@Nullable ClassLoader loader) {
    if (loader == null) {
      return "";
    }
    try (InputStream file = loader.getResourceAsStream(resource)) {
      return file == null ? "" : HexFormat.of().formatHex(AnswerKey.sha256(file.readAllBytes()));
    } catch (IOException unreadable) {
      return "";
    }
  }
}
