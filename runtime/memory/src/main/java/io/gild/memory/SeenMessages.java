package io.gild.memory;

import io.gild.memory.SessionMessage.Role;
import io.gild.memory.spi.MessageForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a session as a framework has seen them. What it writes later is compared with
 * them, so that only its own changes are made.
 *
 * @param <M> the framework's type of messages
 */
final class SeenMessages<M> {

  private final MessageForm<M> form;
  private final long revision;
  private final List<Seen<M>> all;
  private final String writer = UUID.randomUUID().toString();

  SeenMessages(MessageForm<M> form, long revision, List<Seen<M>> all) {
    this.form = form;
    this.revision = revision;
    this.all = all;
  }

  /**
   * A message that a framework has seen.
   *
   * @param id its id in the session; {@code null} if it stands for the summary only
   * @param message what the framework got
   * @param plain the same without the summary
   */
  record Seen<M>(@Nullable String id, Role role, M message, M plain) {}

  /**
   * What a framework changed.
   *
   * @param seen what it has seen afterwards, without the ids of others
   */
  record Difference<M>(List<String> removed, List<SessionMessage> appended, SeenMessages<M> seen) {

    boolean isEmpty() {
      return removed.isEmpty() && appended.isEmpty();
    }
  }

  long revision() {
    return revision;
  }

  List<M> messages() {
    List<M> messages = new ArrayList<>();
    all.forEach(seen -> messages.add(seen.message()));
    return messages;
  }

  /**
   * Compares with what a framework wants to have. The same messages of the same list get the same
   * ids each time, so that a repeated attempt appends nothing twice.
   */
  Difference<M> difference(List<M> wanted, Instant now) {
    List<M> rest = new ArrayList<>(wanted);
    Set<Seen<M>> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    keepInstructions(rest, kept);
    int place = keepInOrder(rest, kept);
    List<M> added = new ArrayList<>(rest.subList(place, rest.size()));
    List<String> removed = new ArrayList<>();
    List<Seen<M>> after = new ArrayList<>();
    for (Seen<M> seen : all) {
      if (kept.contains(seen)) {
        after.add(seen);
      } else if (seen.id() != null) {
        removed.add(seen.id());
      }
    }
    List<SessionMessage> appended = new ArrayList<>();
    for (M message : added) {
      SessionMessage written = form.write(writer + "-" + appended.size(), message, now);
      appended.add(written);
      after.add(new Seen<>(written.id(), written.role(), message, message));
    }
    return new Difference<>(removed, appended, new SeenMessages<>(form, revision + 1, after));
  }

  /** Keeps instructions wherever they are now, because sessions have them first. */
  private void keepInstructions(List<M> rest, Set<Seen<M>> kept) {
    for (Seen<M> seen : all) {
      if (seen.role() == Role.SYSTEM) {
        for (int i = 0; i < rest.size(); i++) {
          if (isSame(seen.message(), rest.get(i)) || isSame(seen.plain(), rest.get(i))) {
            kept.add(seen);
            rest.remove(i);
            break;
          }
        }
      }
    }
  }

  /**
   * Keeps the longest beginning of the wanted messages that are all seen, in the same order.
   *
   * <p>A message that is inserted between seen ones cannot be appended there: from it on, all are
   * written anew.
   *
   * @return how many of the wanted messages are kept
   */
  private int keepInOrder(List<M> rest, Set<Seen<M>> kept) {
    int place = 0;
    for (Seen<M> seen : all) {
      if (place < rest.size()
          && seen.role() != Role.SYSTEM
          && isSame(seen.message(), rest.get(place))) {
        kept.add(seen);
        place++;
      }
    }
    return place;
  }

  /** Compares all that is kept of two messages; frameworks compare some parts only. */
  private boolean isSame(M seen, M wanted) {
    return seen == wanted
        || seen.equals(wanted)
            && form.write("same", seen, Instant.EPOCH)
                .equals(form.write("same", wanted, Instant.EPOCH));
  }
}
