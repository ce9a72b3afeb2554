package io.gild.cost;

import io.gild.core.GildLog;
import io.gild.core.Invalidations;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.Clock;
import io.gild.cost.spi.AnswerStore;
import io.gild.cost.spi.AnswerStoreProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The store in which a runtime shares cached answers, and its keys; none by default. */
final class AnswerSharing implements AutoCloseable, Invalidations.Listener {

  /**
   * The answers under one key.
   *
   * @param generations those that the names of the key have
   */
  record Space(AnswerKey key, Generations generations) {}

  private final AnswerSettings settings;
  private final @Nullable AnswerStore store;
  private final List<Space> spaces;

  private AnswerSharing(RuntimeScope runtime) {
    this.settings = runtime.settings().get(AnswerSettings.SECTION);
    List<AnswerKey> keys = keys(runtime);
    AnswerStore opened = keys.isEmpty() ? null : open(runtime);
    this.store = opened;
    this.spaces =
        opened == null
            ? List.of()
            : keys.stream()
                .map(key -> new Space(key, new Generations(opened, runtime.clock(), key)))
                .toList();
    if (opened != null) {
      Invalidations.of(runtime).add(this);
    }
  }

  static AnswerSharing of(RuntimeScope runtime) {
    return runtime.shared(AnswerSharing.class, AnswerSharing::new);
  }

  /** Returns the keys; none if answers are not shared. */
  private List<AnswerKey> keys(RuntimeScope runtime) {
    boolean simulated = runtime.clock() != Clock.SYSTEM; // its answers are of no use elsewhere
    if (settings.store().equals(AnswerSettings.IN_PROCESS) || simulated) {
      return List.of();
    }
    try {
      return AnswerKeys.of(settings);
    } catch (IllegalArgumentException invalid) {
      GildLog.info("Cached answers are kept in this JVM alone: " + invalid.getMessage() + ".");
      return List.of();
    }
  }

  private @Nullable AnswerStore open(RuntimeScope runtime) {
    TreeSet<String> names = new TreeSet<>();
    names.add(AnswerSettings.IN_PROCESS);
    for (AnswerStoreProvider each :
        ServiceLoader.load(AnswerStoreProvider.class, AnswerStoreProvider.class.getClassLoader())) {
      names.add(each.name());
      if (each.name().equals(settings.store())) {
        if (!settings.encrypt()) {
          GildLog.info(
              "Cached answers lie in clear in the store %s (cached-answers.encrypt)."
                  .formatted(settings.store()));
        }
        return each.open(runtime);
      }
    }
    GildLog.infoOnce(
        "cached-answers.store names "
            + settings.store()
            + ", which is not on the class path: answers are kept in this JVM alone. Use one of "
            + String.join(", ", names)
            + ".");
    return null;
  }

  AnswerSettings settings() {
    return settings;
  }

  /** Returns null if answers are not shared. */
  @Nullable AnswerStore store() {
    return store;
  }

  /** Returns the answers under each key; those under the first one are written. */
  List<Space> spaces() {
    return spaces;
  }

  /** Drops the answers of scopes in all JVMs; returns whether the store could be reached. */
  boolean renew(List<String> scopes) {
    boolean reached = true;
    for (Space space : spaces) {
      reached &= space.generations().renew(scopes);
    }
    return reached;
  }

  @Override
  public void dropped(Set<String> tags) {
    renew(tags.stream().sorted().map(AnswerSharing::tag).toList());
  }

  /** Returns the scope of the answers with a tag. */
  static String tag(String tag) {
    return "tag " + tag;
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }
}
