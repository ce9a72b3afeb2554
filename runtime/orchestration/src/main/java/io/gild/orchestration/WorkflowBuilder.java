package io.gild.orchestration;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes a workflow from its first step to its last; not thread-safe.
 *
 * @param <I> what a run gets
 * @param <O> what the last step so far returns
 */
@Experimental
public final class WorkflowBuilder<I extends @Nullable Object, O extends @Nullable Object> {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

  private final String name;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();
  private Class<?> owner = Workflow.class;
  private String version = "1";
  private @Nullable BigDecimal budget;
  private @Nullable Duration timeLimit;

  WorkflowBuilder(String name) {
    this.name = requireName(name);
  }

  static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name must have 1 to 80 letters, digits, dots, dashes and underscores and begin with a"
              + " letter or digit, but is \""
              + name
              + "\"");
    }
    return name;
  }

  /** Sets the class whose application owns the steps; that of the first step unless set. */
  WorkflowBuilder<I, O> ownedBy(Class<?> type) {
    owner = type;
    return this;
  }

  /**
   * Adds a step.
   *
   * @param step its name, unique in the workflow
   * @param function its code
   * @param <N> what it returns
   * @return this
   */
  public <N extends @Nullable Object> WorkflowBuilder<I, N> step(
      String step, StepFunction<O, N> function) {
    return step(step, function, options -> {});
  }

  /**
   * Adds a step.
   *
   * @param step its name, unique in the workflow
   * @param function its code
   * @param options sets how it is governed and undone
   * @param <N> what it returns
   * @return this
   * @throws IllegalArgumentException if a policy cannot take effect, because its module is absent
   *     or its values are wrong
   */
  public <N extends @Nullable Object> WorkflowBuilder<I, N> step(
      String step, StepFunction<O, N> function, Consumer<StepOptions<O, N>> options) {
    own(function.getClass());
    return addStep(step, (input, context) -> function.run(input), options);
  }

  /**
   * Adds a step that asks about its run.
   *
   * @param step its name, unique in the workflow
   * @param function its code
   * @param <N> what it returns
   * @return this
   */
  public <N extends @Nullable Object> WorkflowBuilder<I, N> stepWithContext(
      String step, StepFunction.WithContext<O, N> function) {
    return stepWithContext(step, function, options -> {});
  }

  /**
   * Adds a step that asks about its run.
   *
   * @param step its name, unique in the workflow
   * @param function its code
   * @param options sets how it is governed and undone
   * @param <N> what it returns
   * @return this
   * @throws IllegalArgumentException if a policy cannot take effect, because its module is absent
   *     or its values are wrong
   */
  public <N extends @Nullable Object> WorkflowBuilder<I, N> stepWithContext(
      String step, StepFunction.WithContext<O, N> function, Consumer<StepOptions<O, N>> options) {
    own(function.getClass());
    return addStep(step, function, options);
  }

  private <N extends @Nullable Object> WorkflowBuilder<I, N> addStep(
      String step, StepFunction.WithContext<O, N> function, Consumer<StepOptions<O, N>> options) {
    StepOptions<O, N> set = new StepOptions<>();
    options.accept(set);
    StepPolicies.require(step, set.policies());
    return add(new StepNode(requireName(step), owner, erased(function), erased(set)));
  }

  /**
   * Adds a whole workflow as a part.
   *
   * @param part its name here, unique in this workflow
   * @param workflow the workflow; its budget and time limit do not apply
   * @param <N> what it returns
   * @return this
   */
  public <N extends @Nullable Object> WorkflowBuilder<I, N> part(
      String part, Workflow<O, N> workflow) {
    own(workflow.owner());
    return add(new SequenceNode(requireName(part), List.of(workflow.root())));
  }

  /**
   * Adds branches that run at the same time and must all succeed; if one fails, the others are
   * canceled.
   *
   * @param part its name, unique in the workflow
   * @param branches what runs; each gets the same input
   * @param join makes one result of those of the branches, in their order
   * @param <R> what each branch returns
   * @param <N> what the join returns
   * @return this
   */
  public <R extends @Nullable Object, N extends @Nullable Object> WorkflowBuilder<I, N> parallel(
      String part, List<Workflow<O, ? extends R>> branches, Function<List<R>, N> join) {
    return parallel(part, branches, branches.size(), join);
  }

  /**
   * Adds branches that run at the same time, of which some must succeed; the rest is canceled then.
   *
   * @param part its name, unique in the workflow
   * @param branches what runs; each gets the same input
   * @param needed how many must succeed; 1 or more, at most the number of branches
   * @param join makes one result of those of the branches that succeeded, in their order
   * @param <R> what each branch returns
   * @param <N> what the join returns
   * @return this
   */
  public <R extends @Nullable Object, N extends @Nullable Object> WorkflowBuilder<I, N> parallel(
      String part, List<Workflow<O, ? extends R>> branches, int needed, Function<List<R>, N> join) {
    Require.between(1, branches.size(), needed, "needed");
    return add(new ParallelNode(requireName(part), nodes(branches), needed, erased(join)));
  }

  /**
   * Adds voters that answer the same question at the same time.
   *
   * @param part its name, unique in the workflow
   * @param voters who votes; one that fails does not vote
   * @param votes decides
   * @param <N> what each voter returns
   * @return this
   */
  public <N extends @Nullable Object> WorkflowBuilder<I, N> vote(
      String part, List<Workflow<O, ? extends N>> voters, Votes<N> votes) {
    int needed = votes.quorum(voters.size());
    return add(new VoteNode(requireName(part), nodes(voters), needed, erased(votes)));
  }

  /**
   * Adds one of several workflows.
   *
   * @param part its name, unique in the workflow
   * @param choice returns the name of the one that runs
   * @param choices the workflows by their names
   * @param <N> what each returns
   * @return this
   */
  public <N extends @Nullable Object> WorkflowBuilder<I, N> choose(
      String part, Function<O, String> choice, Map<String, Workflow<O, ? extends N>> choices) {
    return add(new ChoiceNode(requireName(part), erased(choice), nodes(choices)));
  }

  /**
   * Repeats a workflow with its own result until that is accepted, such as writing and reviewing.
   *
   * @param part its name, unique in the workflow
   * @param mostRounds the run fails if no result was accepted in so many rounds; 1 or more
   * @param body what is repeated
   * @param accepted returns whether a result is good enough
   * @return this
   */
  public WorkflowBuilder<I, O> repeat(
      String part, int mostRounds, Workflow<O, O> body, Predicate<O> accepted) {
    return repeat(part, mostRounds, body, accepted, false);
  }

  /**
   * Repeats a workflow as {@link #repeat} does, and keeps the last result if none was accepted.
   *
   * @param part its name, unique in the workflow
   * @param mostRounds most rounds; 1 or more
   * @param body what is repeated
   * @param accepted returns whether a result is good enough
   * @return this
   */
  public WorkflowBuilder<I, O> repeatAtMost(
      String part, int mostRounds, Workflow<O, O> body, Predicate<O> accepted) {
    return repeat(part, mostRounds, body, accepted, true);
  }

  private WorkflowBuilder<I, O> repeat(
      String part, int mostRounds, Workflow<O, O> body, Predicate<O> accepted, boolean keepLast) {
    Require.atLeast(1, mostRounds, "mostRounds");
    own(body.owner());
    return add(
        new RepeatNode(requireName(part), body.root(), erased(accepted), mostRounds, keepLast));
  }

  /**
   * Adds a supervisor that delegates its task to workers until it is done.
   *
   * @param part its name, unique in the workflow
   * @param mostDelegations the run fails if the supervisor delegates more often; 1 or more
   * @param result type of what the supervisor returns in the end
   * @param supervisor decides what happens next
   * @param workers the workers
   * @param <N> the same type
   * @return this
   */
  public <N extends @Nullable Object> WorkflowBuilder<I, N> supervise(
      String part,
      int mostDelegations,
      Class<N> result,
      StepFunction<Supervision, Supervision.Next> supervisor,
      List<SupervisedWorker> workers) {
    Require.atLeast(1, mostDelegations, "mostDelegations");
    own(supervisor.getClass());
    Map<String, Node> named = new LinkedHashMap<>();
    Map<String, String> descriptions = new LinkedHashMap<>();
    for (SupervisedWorker worker : workers) {
      requireNew(named.keySet(), worker.name(), "worker");
      named.put(worker.name(), worker.workflow().root());
      descriptions.put(worker.name(), worker.description());
      own(worker.workflow().owner());
    }
    StepNode decide =
        new StepNode(
            "decide",
            owner,
            erased(
                (StepFunction.WithContext<Supervision, Supervision.Next>)
                    (state, context) -> supervisor.run(state)),
            new StepOptions<>());
    return add(
        new SupervisorNode(
            requireName(part), decide, named, descriptions, mostDelegations, result));
  }

  /**
   * Adds agents that pass a conversation among each other until one of them ends it.
   *
   * @param part its name, unique in the workflow
   * @param first the agent that begins
   * @param mostTurns the run fails if no agent ended the conversation in so many turns; 1 or more
   * @param result type of what the conversation ends with
   * @param agents the agents by their names; each returns a {@link HandOff}
   * @param <N> the same type
   * @return this
   */
  public <N extends @Nullable Object> WorkflowBuilder<I, N> handOff(
      String part,
      String first,
      int mostTurns,
      Class<N> result,
      Map<String, Workflow<?, HandOff>> agents) {
    Require.atLeast(1, mostTurns, "mostTurns");
    if (!agents.containsKey(first)) {
      throw new IllegalArgumentException(
          "first must be one of " + agents.keySet() + ", but is \"" + first + "\"");
    }
    return add(new HandOffNode(requireName(part), nodes(agents), first, mostTurns, result));
  }

  /**
   * Adds peers that bid for a task. The best bid is awarded; if that peer fails, the next one is.
   *
   * @param part its name, unique in the workflow
   * @param peers the peers by their names
   * @param <N> what each peer returns
   * @return this
   */
  public <N extends @Nullable Object> WorkflowBuilder<I, N> bids(
      String part, Map<String, Peer<O, N>> peers) {
    if (peers.isEmpty()) {
      throw new IllegalArgumentException("peers must not be empty");
    }
    Map<String, Node> bidders = new LinkedHashMap<>();
    Map<String, Node> workers = new LinkedHashMap<>();
    peers.forEach((peer, each) -> {
      own(each.work().owner());
      bidders.put(requireName(peer), bidder(peer, erased(each.bid())));
      workers.put(peer, each.work().root());
    });
    return add(new BidsNode(requireName(part), bidders, workers));
  }

  private StepNode bidder(String peer, StepFunction<@Nullable Object, @Nullable Object> bid) {
    return new StepNode(peer, owner, (task, context) -> bid.run(task), new StepOptions<>());
  }

  /**
   * Adds a decision of a person. The run waits for it without a thread, also while its JVM is down;
   * it fails if the person rejects.
   *
   * @param part its name, unique in the workflow
   * @param question what is asked
   * @return this
   */
  public WorkflowBuilder<I, O> approval(String part, Function<O, String> question) {
    return add(new ApprovalNode(requireName(part), erased(question)));
  }

  /**
   * Sets the version. A run that is resumed needs the version that it began with; give another one
   * when steps change.
   *
   * @param text the version, {@code 1} unless set
   * @return this
   */
  public WorkflowBuilder<I, O> version(String text) {
    version = requireName(text);
    return this;
  }

  /**
   * Limits what the model requests of a run may cost together. A step begins only if money is left.
   *
   * @param usd US dollars; above zero
   * @return this
   */
  public WorkflowBuilder<I, O> budget(BigDecimal usd) {
    if (usd.signum() <= 0) {
      throw new IllegalArgumentException("usd must be above zero, but is " + usd.toPlainString());
    }
    budget = usd;
    return this;
  }

  /**
   * Limits the time of a run, waits for decisions included; a run that takes longer is canceled.
   *
   * @param limit above zero
   * @return this
   */
  public WorkflowBuilder<I, O> timeLimit(Duration limit) {
    Require.positive(limit, "limit");
    timeLimit = limit;
    return this;
  }

  /**
   * Ends the description.
   *
   * @return the workflow
   * @throws IllegalStateException if it has no step
   */
  public Workflow<I, O> build() {
    if (nodes.isEmpty()) {
      throw new IllegalStateException("the workflow " + name + " needs at least one step");
    }
    return new Workflow<>(name, version, owner, new SequenceNode(name, nodes), budget, timeLimit);
  }

  private void own(Class<?> type) {
    if (owner == Workflow.class) {
      owner = type;
    }
  }

  private <N extends @Nullable Object> WorkflowBuilder<I, N> add(Node node) {
    requireNew(names, node.name(), "step");
    names.add(node.name());
    nodes.add(node);
    return erased(this);
  }

  private static void requireNew(Set<String> known, String name, String kind) {
    if (known.contains(name)) {
      throw new IllegalArgumentException("there are two of the " + kind + " " + name);
    }
  }

  private Map<String, Node> nodes(List<? extends Workflow<?, ?>> workflows) {
    Map<String, Workflow<?, ?>> named = new LinkedHashMap<>();
    for (Workflow<?, ?> workflow : workflows) {
      requireNew(named.keySet(), workflow.name(), "branch");
      named.put(workflow.name(), workflow);
    }
    return nodes(named);
  }

  private Map<String, Node> nodes(Map<String, ? extends Workflow<?, ?>> workflows) {
    if (workflows.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one workflow");
    }
    Map<String, Node> nodes = new LinkedHashMap<>();
    workflows.forEach((each, workflow) -> {
      own(workflow.owner());
      nodes.put(requireName(each), workflow.root());
    });
    return nodes;
  }

  /** The types fit, because the methods of this builder require it. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> T erased(Object typed) {
    return (T) typed;
  }
}
