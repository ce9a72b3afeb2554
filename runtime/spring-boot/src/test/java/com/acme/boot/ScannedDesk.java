package com.acme.boot;

import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

@Service
public class ScannedDesk {

  private final Tries tries;
  private final String name;

  public ScannedDesk() {
    throw new IllegalStateException("Spring must use the other constructor");
  }

  @Autowired
  public ScannedDesk(Tries tries, @Value("${desk.name}") String name) {
    this.tries = tries;
    this.name = name;
  }

  @Retry(maxAttempts = 3, waitDuration = "1ms")
  public String answer(@Prompt String question) {
    return name + ": " + tries.next();
  }

  public String twice(String question) {
    return answer(question);
  }
}
