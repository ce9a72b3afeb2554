package io.gild.a2a.server;

import io.gild.a2a.spi.StoredTask;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;

/**
 * The place of a task in a list: the last changed one first.
 *
 * @param updated when the task changed last
 * @param id the task
 */
record TaskCursor(Instant updated, String id) implements Comparable<TaskCursor> {

  private static final Comparator<TaskCursor> ORDER =
      Comparator.comparing(TaskCursor::updated).reversed().thenComparing(TaskCursor::id);

  static TaskCursor of(StoredTask stored) {
    return new TaskCursor(stored.updated(), stored.task().id());
  }

  static TaskCursor read(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int blank = text.indexOf(' ');
      return new TaskCursor(Instant.parse(text.substring(0, blank)), text.substring(blank + 1));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException invalid) {
      throw new IllegalArgumentException(
          "pageToken must be the nextPageToken of a former page, but is \"" + token + "\"",
          invalid);
    }
  }

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((updated + " " + id).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int compareTo(TaskCursor other) {
    return ORDER.compare(this, other);
  }
}
