package com.acme;

import io.gild.annotations.Cached;
import io.gild.annotations.Experience;
import io.gild.annotations.Prompt;
import io.gild.annotations.Recall;
import io.gild.annotations.Remember;
import io.gild.annotations.Session;
import io.gild.annotations.Tenant;
import java.util.List;

public class RememberingAgent {

  @Remember(kind = "question")
  @Cached
  public String answer(
      @Tenant String customer,
      @Session String conversation,
      @Prompt String question,
      @Recall(limit = 2) List<String> known,
      @Experience String examples) {
    return question + " " + known + " " + examples;
  }
}
