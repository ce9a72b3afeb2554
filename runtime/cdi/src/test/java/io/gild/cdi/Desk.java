package io.gild.cdi;

import io.gild.annotations.Agent;
import io.gild.annotations.Cached;
import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** An agent that the container makes. */
@ApplicationScoped
@Agent(name = "desk", description = "Answers customers.")
public class Desk {

  private Clerk clerk;
  private int tries;

  /** For the container's proxy. */
  protected Desk() {}

  @Inject
  Desk(Clerk clerk) {
    this.clerk = clerk;
  }

  @Retry(maxAttempts = 3, waitDuration = "0s")
  public String answer(@Prompt String question) {
    if (++tries < 3) {
      throw new IllegalStateException("busy");
    }
    return clerk.words(question) + " at try " + tries;
  }

  @Cached(ttl = "1h")
  public String count(@Prompt String question) {
    return question + " " + ++tries;
  }

  public String plain() {
    return "plain " + ++tries;
  }
}
