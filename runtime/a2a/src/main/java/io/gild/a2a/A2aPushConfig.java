package io.gild.a2a;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of a task are pushed to; immutable.
 *
 * @param id identifies the configuration in its task, or {@code null} if the server shall make one
 * @param taskId the task, or {@code null} if it comes with the message that begins the task
 * @param url where the events are posted; not empty
 * @param token sent with each event, in the header {@code X-A2A-Notification-Token}, or {@code
 *     null}
 * @param scheme the HTTP authentication scheme, such as {@code Bearer}, or {@code null}
 * @param credentials sent behind the scheme, or {@code null}
 */
@Experimental
public record A2aPushConfig(
    @Nullable String id,
    @Nullable String taskId,
    String url,
    @Nullable String token,
    @Nullable String scheme,
    @Nullable String credentials) {

  /** Checks that there is an address. */
  public A2aPushConfig {
    id = A2aValues.textOrNull(id);
    taskId = A2aValues.textOrNull(taskId);
    A2aValues.notEmpty(url, "url");
    token = A2aValues.textOrNull(token);
    scheme = A2aValues.textOrNull(scheme);
    credentials = A2aValues.textOrNull(credentials);
  }

  /**
   * Creates a configuration without credentials.
   *
   * @param url where the events are posted
   * @return the configuration
   */
  public static A2aPushConfig of(String url) {
    return new A2aPushConfig(null, null, url, null, null, null);
  }

  /**
   * Returns the same configuration of a task.
   *
   * @param task the task
   * @param newId the id
   * @return the configuration
   */
  public A2aPushConfig of(String task, String newId) {
    return new A2aPushConfig(newId, task, url, token, scheme, credentials);
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "A2aPushConfig[id=" + id + ", taskId=" + taskId + ", url=" + url + "]";
  }
}
