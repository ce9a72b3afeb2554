package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Origin;
import io.gild.config.PolicyTree;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Governs code that is no method of its own, such as a lambda.
 *
 * <p>Its policies have the names and values of {@code gild.yaml}, whose rules for the agent are
 * applied on top of them. They act as on an annotated method; under a javaagent, the javaagent
 * governs the calls. Functions of one agent and class share a circuit breaker, a bulkhead and
 * budgets, but no cached answers, because their code may differ: make a function once and keep it.
 * Thread-safe if the code is.
 *
 * <pre>{@code
 * UnaryOperator<String> support =
 *     GovernedFunction.named("support", Desk.class)
 *         .policy("cache", Map.of("ttl", "1h"))
 *         .policy("retry", Map.of("max-attempts", 4))
 *         .text(question -> model.chat(question));
 * }</pre>
 *
 * @param <Q> type of the question
 * @param <A> type of the answer
 */
@Experimental
public final class GovernedFunction<Q, A> implements Function<Q, A> {

  private static final String TEXT = "java.lang.String";
  private static final String METHOD = "apply";

  private final WrappedMethod method;
  private final Function<Q, A> code;

  private GovernedFunction(WrappedMethod method, Function<Q, A> code) {
    this.method = method;
    this.code = code;
  }

  /**
   * Names the agent.
   *
   * @param agent name of the agent, by which {@code gild.yaml} finds it
   * @param owner the class that the code is a part of
   * @return a builder
   */
  public static Builder named(String agent, Class<?> owner) {
    return new Builder(agent, owner);
  }

  /**
   * Makes a governed call.
   *
   * @param question the question
   * @return the answer
   * @throws GildException if a policy refuses the call or gives up
   */
  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the code returns it, or a cache of its answers
  public A apply(Q question) {
    return (A) method.call(null, arguments -> code.apply((Q) arguments[0]), question, this);
  }

  /** Builds governed functions. Not thread-safe. */
  public static final class Builder {

    private final String agent;
    private final Class<?> owner;
    private final Map<String, Object> policies = new LinkedHashMap<>();
    private String version = "";
    private Effect effect = Effect.NONE;

    private Builder(String agent, Class<?> owner) {
      if (agent.isBlank()) {
        throw new IllegalArgumentException("agent must have a name, but is blank");
      }
      this.agent = agent;
      this.owner = owner;
    }

    /**
     * Adds a policy.
     *
     * @param name its key in {@code gild.yaml}, such as {@code retry}
     * @param values its values by their keys there, such as {@code max-attempts}; empty for the
     *     defaults
     * @return this builder
     */
    public Builder policy(String name, Map<String, ?> values) {
      policies.put(name, Map.copyOf(values));
      return this;
    }

    /**
     * Sets the version of the agent.
     *
     * @param name the version
     * @return this builder
     */
    public Builder version(String name) {
      version = name;
      return this;
    }

    /**
     * Says that the code changes the world: calls around it do not run it again. Retry, cache and
     * route would run it twice or not at all, so it must not have them.
     *
     * @return this builder
     */
    public Builder sideEffect() {
      effect = Effect.SIDE_EFFECT;
      return this;
    }

    /**
     * Governs code that answers a text with a text.
     *
     * @param code the code
     * @return the governed function
     */
    public UnaryOperator<String> text(UnaryOperator<String> code) {
      return function(String.class, String.class, code)::apply;
    }

    /**
     * Governs code that asks the model that a route has chosen.
     *
     * @param code the code; its second argument is the name of the model, or an empty text without
     *     a route
     * @return the governed function
     */
    @SuppressWarnings("NullAway") // as above
    public UnaryOperator<String> routedText(BinaryOperator<String> code) {
      Parameter model = new Parameter("model", TEXT, Role.MODEL);
      WrappedMethod method =
          method(List.of(String.class, String.class), List.of(model), String.class);
      Object function = new Object();
      return question ->
          (String)
              method.call(
                  null,
                  arguments -> code.apply((String) arguments[0], (String) arguments[1]),
                  question,
                  "",
                  function);
    }

    /**
     * Governs any code with one argument.
     *
     * @param question type of the question; a text is the prompt
     * @param answer type of the answer, such as {@code CompletionStage.class}, which is judged when
     *     it completes
     * @param code the code
     * @param <Q> type of the question
     * @param <A> type of the answer
     * @return the governed function
     */
    public <Q, A> GovernedFunction<Q, A> function(
        Class<? super Q> question, Class<? super A> answer, Function<Q, A> code) {
      return new GovernedFunction<>(method(List.of(question), List.of(), answer), code);
    }

    /** The last parameter is the function itself, so that two of them share no cached answer. */
    private WrappedMethod method(List<Class<?>> types, List<Parameter> further, Class<?> answer) {
      for (String unfit : List.of("retry", "cache", "route")) {
        if (effect == Effect.SIDE_EFFECT && policies.containsKey(unfit)) {
          throw new IllegalArgumentException(
              "%s is a side effect, so it must not have the policy %s".formatted(agent, unfit));
        }
      }
      Class<?> question = types.get(0);
      Role role = CharSequence.class.isAssignableFrom(question) ? Role.PROMPT : Role.NONE;
      List<Parameter> parameters = new ArrayList<>();
      parameters.add(new Parameter("question", question.getName(), role));
      parameters.addAll(further);
      parameters.add(new Parameter("function", Object.class.getName(), Role.NONE));
      StringBuilder descriptor = new StringBuilder("(");
      types.forEach(each -> descriptor.append(each.descriptorString()));
      descriptor.append(Object.class.descriptorString()).append(')');
      return WrappedMethod.of(
          owner,
          new MethodSpec(
              CallKind.AGENT,
              agent,
              version,
              owner.getName(),
              METHOD,
              descriptor + answer.descriptorString(),
              parameters,
              effect,
              PolicyTree.of(policies, Origin.of("GovernedFunction " + agent))));
    }
  }
}
