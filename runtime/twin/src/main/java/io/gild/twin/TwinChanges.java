package io.gild.twin;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.List;

/**
 * What a restore changes, or would change.
 *
 * @param memoriesWritten memories that are added or replaced
 * @param memoriesRemoved memories that the twin does not have
 * @param memoriesKept memories that are the same
 * @param sessionsWritten sessions that are added or replaced
 * @param sessionsRemoved sessions that the twin does not have
 * @param sessionsKept sessions that are the same
 * @param notes what a restore leaves out, and why
 */
@Experimental
public record TwinChanges(
    long memoriesWritten,
    long memoriesRemoved,
    long memoriesKept,
    long sessionsWritten,
    long sessionsRemoved,
    long sessionsKept,
    List<String> notes) {

  /** Copies the list. */
  public TwinChanges {
    notes = List.copyOf(notes);
  }

  /**
   * Returns whether anything changes.
   *
   * @return {@code false} if the agent is as the twin already
   */
  public boolean any() {
    return memoriesWritten + memoriesRemoved + sessionsWritten + sessionsRemoved > 0;
  }

  /**
   * Returns the changes for people.
   *
   * @return one line for memories, one for sessions, one for each note
   */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "memories: %d written, %d removed, %d the same"
            .formatted(memoriesWritten, memoriesRemoved, memoriesKept));
    lines.add(
        "sessions: %d written, %d removed, %d the same"
            .formatted(sessionsWritten, sessionsRemoved, sessionsKept));
    lines.addAll(notes);
    return lines;
  }
}
