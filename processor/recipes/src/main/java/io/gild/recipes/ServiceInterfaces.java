package io.gild.recipes;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The interfaces that LangChain4j implements, found by the calls that create the services. They are
 * looked for in the text, so that sources without a model need not be parsed.
 */
final class ServiceInterfaces {

  private static final Pattern CREATED =
      Pattern.compile(
          "AiServices\\s*\\.\\s*(?:<[^>]*>\\s*)?(?:create|builder)\\s*\\(\\s*([\\w.]+)\\.class");

  private static final Pattern NAMED =
      Pattern.compile("@(?:io\\.gild\\.annotations\\.)?Agent\\s*\\(\\s*name\\s*=\\s*\"([^\"]+)\"");

  private ServiceInterfaces() {}

  /** Adds the simple names of the interfaces, and the names of agents, that a source has. */
  static void scan(String source, Set<String> services, AgentNames names) {
    if (source.contains("AiServices")) {
      Matcher created = CREATED.matcher(source);
      while (created.find()) {
        String name = created.group(1);
        services.add(name.substring(name.lastIndexOf('.') + 1));
      }
    }
    if (source.contains(Annotations.PACKAGE)) {
      Matcher named = NAMED.matcher(source);
      while (named.find()) {
        names.reserve(named.group(1));
      }
    }
  }
}
