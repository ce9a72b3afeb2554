package io.gild.coordination;

import io.gild.config.Experimental;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The messages that were accepted and are delivered no longer. Thread-safe. */
@Experimental
public interface DeadLetters {

  /**
   * Lists the dead letters.
   *
   * @return the oldest first
   * @throws CoordinationException if they cannot be read
   */
  List<DeadLetter> list();

  /**
   * Returns a dead letter.
   *
   * @param id its id
   * @return the dead letter, if there is one
   * @throws CoordinationException if it cannot be read
   */
  Optional<DeadLetter> find(String id);

  /**
   * Delivers a message again, as if it were new: to the subscription that did not handle it, or, if
   * there was none, to its topic. A deadline that has passed is removed. Then the dead letter is
   * dropped.
   *
   * @param id id of the dead letter
   * @throws CoordinationException if there is no such dead letter, it is unreadable, or no
   *     subscription takes it; it is then still there
   */
  void replay(String id);

  /**
   * Deletes dead letters for ever.
   *
   * @param ids their ids
   * @return how many there were
   * @throws CoordinationException if they cannot be deleted
   */
  int drop(Collection<String> ids);
}
