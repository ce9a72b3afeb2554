package io.gild.weaver;

import java.util.ArrayList;
import java.util.List;

/** Helpers for names of classes and descriptors. */
public final class ClassNames {

  private ClassNames() {}

  static boolean isPattern(String glob) {
    return glob.indexOf('*') >= 0 || glob.indexOf('?') >= 0;
  }

  /** Returns the simple name of a class, given its binary name. */
  public static String simple(String className) {
    return className.substring(
        Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  }

  /** Returns the types of a method's parameters, as its descriptor lists them. */
  public static List<String> parameterTypes(String descriptor) {
    List<String> types = new ArrayList<>();
    int at = 1;
    while (descriptor.charAt(at) != ')') {
      int end = at;
      while (descriptor.charAt(end) == '[') {
        end++;
      }
      end = descriptor.charAt(end) == 'L' ? descriptor.indexOf(';', end) + 1 : end + 1;
      types.add(descriptor.substring(at, end));
      at = end;
    }
    return types;
  }
}
