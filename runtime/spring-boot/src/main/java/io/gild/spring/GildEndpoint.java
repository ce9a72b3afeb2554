package io.gild.spring;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The endpoint {@code gild}: calls, and the state of breakers, budgets and limits. No prompts. */
@Endpoint(id = "gild")
final class GildEndpoint {

  @ReadOperation
  Map<String, @Nullable Object> report() {
    return RuntimeReport.full();
  }
}
