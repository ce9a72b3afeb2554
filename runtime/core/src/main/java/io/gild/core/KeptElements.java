package io.gild.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements that an attempt of a stream has delivered so far. Thread-safe. */
final class KeptElements {

  private static final int MOST = 20_000;

  private @Nullable List<Object> elements = new ArrayList<>();

  synchronized void begin() {
    elements = new ArrayList<>();
  }

  /** Keeps an element; a stream of too many elements, or of absent ones, is not kept. */
  synchronized void add(@Nullable Object element) {
    List<Object> known = elements;
    if (known == null) {
      return;
    }
    if (element == null || known.size() == MOST) {
      elements = null;
    } else {
      known.add(element);
    }
  }

  synchronized @Nullable StreamedAnswer answer() {
    return elements == null ? null : new StreamedAnswer(elements);
  }
}
