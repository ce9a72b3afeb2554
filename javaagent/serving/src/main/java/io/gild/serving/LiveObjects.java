package io.gild.serving;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects of an application that have a served method, in the order in which they were made. It
 * keeps none of them alive. Thread-safe.
 */
final class LiveObjects {

  /** An application that makes an object per request makes many before any is collected. */
  private static final int MOST = 64;

  /**
   * An object.
   *
   * @param className the class that declares the method
   */
  record Live(Object object, String className) {}

  private record Entry(WeakReference<Object> object, String className) {}

  private final List<Entry> entries = new ArrayList<>();
  private volatile boolean any;

  /** Adds an object as the newest one. */
  synchronized void add(String className, Object object) {
    entries.removeIf(LiveObjects::isGone);
    int last = entries.size() - 1;
    if (last >= 0 && entries.get(last).object().get() == object) {
      entries.remove(last); // the constructor of a subclass ends after that of its superclass
    } else if (entries.size() == MOST) {
      entries.remove(0);
    }
    entries.add(new Entry(new WeakReference<>(object), className));
    any = true;
  }

  private static boolean isGone(Entry entry) {
    return entry.object().get() == null;
  }

  /** Returns how many objects are alive. */
  synchronized int size() {
    entries.removeIf(LiveObjects::isGone);
    return entries.size();
  }

  /** Returns whether there has ever been an object. */
  boolean hadAny() {
    return any;
  }

  /** Returns the newest object that is alive; {@code null} if there is none. */
  synchronized @Nullable Live newest() {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Object object = entries.get(i).object().get();
      if (object != null) {
        return new Live(object, entries.get(i).className());
      }
    }
    return null;
  }
}
