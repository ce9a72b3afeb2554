package io.gild.smoke;

import io.gild.operations.GoldenSettings;
import io.gild.smoke.spi.AgentAsker;
import io.gild.smoke.spi.AgentAskerProvider;
import java.net.URI;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Makes what asks agents. */
final class Askers {

  private Askers() {}

  /**
   * Makes what asks an agent: over HTTP if the settings have a path, otherwise over the first
   * protocol that is on the class path.
   *
   * @param subject name of the golden settings, for messages
   * @param settings the settings with agent and token
   * @throws SmokeException if that is impossible
   */
  static AgentAsker of(
      HttpCaller http,
      URI base,
      GoldenSettings golden,
      String subject,
      SmokeSettings settings,
      String purpose) {
    String token = token(settings.tokenEnv());
    if (golden.path() != null) {
      return new HttpAsker(http, base, golden, subject, token, purpose);
    }
    ClassLoader loader = Askers.class.getClassLoader();
    for (AgentAskerProvider each : ServiceLoader.load(AgentAskerProvider.class, loader)) {
      return each.open(base, settings.agent(), token, purpose);
    }
    throw new SmokeException(
        subject + " must have path and body, because no other protocol is on the class path");
  }

  /** Returns the token in an environment variable. */
  private static @Nullable String token(@Nullable String variable) {
    if (variable == null) {
      return null;
    }
    String token = System.getenv(variable);
    if (token == null || token.isBlank()) {
      throw new SmokeException(
          "the environment variable "
              + variable
              + " must hold the token that smoke.token-env names, but is not set");
    }
    if (!token.strip().chars().allMatch(each -> each > ' ' && each < 127)) {
      throw new SmokeException(
          "the token in " + variable + " must have visible ASCII characters only");
    }
    return token.strip();
  }
}
