package io.gild.versions;

import io.gild.config.PolicyTree;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import java.util.List;

/** An agent with one method, as it is before a rollout. */
public class Desk {

  static final String DESCRIPTOR = "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;";

  /** Creates a desk. */
  public Desk() {}

  /** Answers a question of a customer. */
  public String answer(String tenant, String question) {
    return "1: " + question;
  }

  static MethodSpec spec() {
    return spec("answer", DESCRIPTOR);
  }

  static MethodSpec spec(String method, String descriptor) {
    return new MethodSpec(
        CallKind.AGENT,
        "desk",
        "1.0",
        Desk.class.getName(),
        method,
        descriptor,
        List.of(
            new Parameter("tenant", "java.lang.String", Role.TENANT),
            new Parameter("question", "java.lang.String", Role.PROMPT)),
        Effect.NONE,
        PolicyTree.empty());
  }

  static GovernedMethod method(GildRuntime runtime) {
    return runtime.method(spec());
  }

  /** Calls the agent as a wrapper does. */
  static String ask(GovernedMethod method, String tenant, String question) {
    Desk desk = new Desk();
    return String.valueOf(
        method.call(
            desk,
            arguments -> desk.answer((String) arguments[0], (String) arguments[1]),
            tenant,
            question));
  }

  /** The next version. */
  public static final class Next {

    /** Creates a desk. */
    public Next() {}

    /** Answers a question of a customer. */
    public String answer(String tenant, String question) {
      return "2: " + question;
    }
  }
}
