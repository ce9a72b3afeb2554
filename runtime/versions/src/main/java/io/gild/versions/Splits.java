package io.gild.versions;

import io.gild.core.MethodVariant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The splits of a runtime, and those that are over but whose calls still run. Thread-safe. */
final class Splits {

  private volatile List<VersionSplit> open = List.of();
  private volatile List<VersionSplit> ending = List.of();

  List<VersionSplit> open() {
    return open;
  }

  List<VersionSplit> ending() {
    return ending;
  }

  synchronized void add(VersionSplit split) {
    open = with(open, split);
  }

  synchronized void end(VersionSplit split) {
    ending = with(ending, split);
    open = without(open, split);
  }

  synchronized void forget(VersionSplit split) {
    ending = without(ending, split);
  }

  private static List<VersionSplit> with(List<VersionSplit> splits, VersionSplit added) {
    List<VersionSplit> all = new ArrayList<>(splits);
    all.add(added);
    return List.copyOf(all);
  }

  private static List<VersionSplit> without(List<VersionSplit> splits, VersionSplit removed) {
    return splits.stream().filter(split -> split != removed).toList();
  }

  /** Returns the split that a variant belongs to; null if there is none. */
  @Nullable VersionSplit of(MethodVariant variant) {
    VersionSplit found = of(open, variant);
    return found == null ? of(ending, variant) : found;
  }

  private static @Nullable VersionSplit of(List<VersionSplit> splits, MethodVariant variant) {
    for (VersionSplit split : splits) {
      if (split.has(variant)) {
        return split;
      }
    }
    return null;
  }
}
