package com.acme.boot;

import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;

public interface Clerk {

  @Retry(maxAttempts = 3, waitDuration = "1ms")
  String answer(@Prompt String question);
}
