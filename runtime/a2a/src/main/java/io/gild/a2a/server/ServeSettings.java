package io.gild.a2a.server;

import io.gild.config.Experimental;
import io.gild.config.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The methods that the javaagent serves.
 *
 * @param serve the methods; empty for none
 */
@Experimental
public record ServeSettings(List<ServeRule> serve) {

  /** The key {@code serve} of the section {@code a2a}. */
  public static final Section<ServeSettings> SECTION =
      Section.of("a2a", ServeSettings.class).optional(ServeRule.class, "name", "description");

  /** Copies the list, and checks that each skill is named once. */
  public ServeSettings {
    serve = List.copyOf(serve);
    Set<String> skills = new HashSet<>();
    for (ServeRule rule : serve) {
      if (!skills.add(rule.agent() + "#" + rule.method())) {
        throw new IllegalArgumentException(
            "serve must name each skill of an agent once, but names %s of %s again (%s)"
                .formatted(rule.method(), rule.agent(), rule.match()));
      }
    }
  }
}
