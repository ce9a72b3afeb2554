package io.gild.versions;

import io.gild.core.MethodSpec;
import java.util.ArrayList;
import java.util.List;

/** What the parameters of a method are for, also if only its descriptor is known. */
final class Parameters {

  private Parameters() {}

  /** Returns the position of the prompt, which must be a text; -1 if there is none. */
  static int promptIndex(MethodSpec spec) {
    if (spec.parameters().isEmpty()) {
      return types(spec.descriptor()).indexOf("Ljava/lang/String;");
    }
    int index = spec.promptIndex();
    return index >= 0 && spec.parameters().get(index).type().equals("java.lang.String")
        ? index
        : -1;
  }

  /** Returns the types of the parameters of a descriptor, as it writes them. */
  static List<String> types(String descriptor) {
    List<String> types = new ArrayList<>();
    int end = descriptor.indexOf(')');
    int start = 1;
    for (int i = 1; i < end; i++) {
      char letter = descriptor.charAt(i);
      if (letter == '[') {
        continue;
      }
      if (letter == 'L') {
        i = descriptor.indexOf(';', i);
      }
      types.add(descriptor.substring(start, i + 1));
      start = i + 1;
    }
    return types;
  }
}
