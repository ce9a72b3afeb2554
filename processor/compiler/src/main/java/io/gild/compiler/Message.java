package io.gild.compiler;

import java.util.Locale;
import javax.tools.Diagnostic;

/**
 * Everything the processor can say. The name of a constant, in camel case, is its stable id.
 *
 * <p>A text says what is wrong, with its value, then what to write instead.
 */
enum Message {
  AGENT_BAD_NAME(
      "@Agent name \"%s\" must be made of letters, digits, dots, dashes and underscores."),
  AGENT_ENUM("%s is an enum, which cannot be extended to be governed. " + Texts.IN_PLACE),
  AGENT_FINAL("%s is final, so it cannot be extended to be governed. Remove final. " + Texts.OR),
  AGENT_FINAL_IN_KOTLIN(
      "%s is final, like every Kotlin class that is not declared open, so it cannot be"
          + " extended to be governed. Declare it open. "
          + Texts.OR),
  AGENT_INNER("%s is an inner class. Make it static or a top-level class. " + Texts.OR),
  AGENT_NO_CONSTRUCTOR(
      "%s has private constructors only, so it cannot be extended to be governed. Open one to its"
          + " package. "
          + Texts.OR),
  AGENT_MADE_BY_FRAMEWORK(
      "%s carries @%s, so its framework makes the objects, and nothing governs them: %s is used only"
          + " where it is made. Return %s.gilded(...) from a factory method of the framework instead"
          + " of @%s. "
          + Texts.OR,
      Diagnostic.Kind.WARNING),
  AGENT_NOTHING_GOVERNED(
      "%s is an @Agent, but no method that it has carries an annotation of Gild, so nothing is"
          + " governed. Annotate a method, or remove @Agent.",
      Diagnostic.Kind.WARNING),
  AGENT_PRIVATE(
      "%s is private, so it cannot be extended to be governed. Open it to its package. "
          + Texts.OR),
  AGENT_RECORD("%s is a record, which cannot be extended to be governed. " + Texts.IN_PLACE),
  AGENT_SAME_NAME(
      "Agent name \"%s\" is used by %s and %s, so the results of their golden tasks would be"
          + " mixed. Give one of them another name: @Agent(name = \"...\")."),
  AGENT_SEALED("%s is sealed, so it cannot be extended to be governed. Remove sealed. " + Texts.OR),

  SKILL_BAD_ID(
      "@Skill id \"%s\" must begin with a letter or digit and be made of letters, digits, dots,"
          + " dashes and underscores."),
  SKILL_BAD_MEDIA_TYPE(
      "\"%s\" is not a media type. Write one such as text/plain or application/json."),
  SKILL_NO_DESCRIPTION(
      "@Skill %s has a blank description, by which no other agent could choose it. Write what the"
          + " skill does."),
  SKILL_SAME_ID(
      "Two skills of agent %s have the id \"%s\". Give one of them another one: @Skill(id = \"...\")."),

  METHOD_ABSTRACT(
      "%s is abstract, so there is no body to govern. Annotate the methods that implement it."),
  METHOD_FINAL("%s is final, so it cannot be overridden to be governed. Remove final. " + Texts.OR),
  METHOD_FINAL_IN_KOTLIN(
      "%s is final, like every Kotlin function that is not declared open, so it cannot be"
          + " overridden to be governed. Declare it open. "
          + Texts.OR),
  METHOD_IN_LOCAL_CLASS(
      "%s belongs to a local or anonymous class, so neither a wrapper nor the weave goal"
          + " governs it, and @%s has no effect. Move it to a named class, or attach the javaagent.",
      Diagnostic.Kind.WARNING),
  METHOD_OVERRIDDEN(
      "%s overrides a governed method but carries no annotation of Gild itself, so it is not"
          + " governed. Repeat the annotations that should apply.",
      Diagnostic.Kind.WARNING),
  METHOD_PRIVATE(
      "%s is private, so it cannot be overridden to be governed. Open it to its package. "
          + Texts.OR),
  METHOD_STATIC(
      "%s is static, so it cannot be overridden to be governed. Make it an instance method. "
          + Texts.OR),
  METHOD_SUSPEND(
      "%s is a Kotlin suspend function, which only the javaagent can govern. Name it in gild.yaml"
          + " instead, or annotate a function that it calls."),

  INTERFACE_NO_DECORATOR(
      "%s is an interface. -Xplugin:Gild writes no decorator for it, so only the javaagent governs"
          + " what implements it. For a decorator, compile with the annotation processor.",
      Diagnostic.Kind.WARNING),

  POLICY_BAD_DURATION("@%s %s %s."),
  POLICY_BAD_VALUE("@%s %s %s."),

  CACHED_SIDE_EFFECT(
      "@Cached would skip the side effect of %s when its answer is in the cache. Remove @Cached or"
          + " @SideEffect."),
  CACHED_STREAM(
      "@Cached cannot keep %s, which is consumed as it comes. Return the whole value, or remove"
          + " @Cached."),
  CACHED_KEY_MODEL_ONLY(
      "@Cached keeps the answers of %s by the model alone, so every question gets the same answer."
          + " Add the parameters to the key that the answer depends on."),
  CACHED_KEY_NEVER_EQUAL(
      "@Cached compares parameter %s of %s, but %s is never equal to another one, so no answer is"
          + " found again. Leave it out of the key, or give its class equals and hashCode.",
      Diagnostic.Kind.WARNING),
  CACHED_NO_SESSION(
      "@Cached has a key without the @Session parameter %s, so the answer of one session is given to"
          + " another. Add \"%s\" to the key.",
      Diagnostic.Kind.WARNING),
  CACHED_NO_MEMORY(
      "@Cached has a key without the @%s parameter %s, so an answer from other memories is returned."
          + " Add \"%s\" to the key, or remove it."),
  CACHED_SEMANTIC_NO_TEXT(
      "@Cached(semantic = true) compares the prompt of %s, but no text of the key is the prompt. Mark"
          + " a String parameter of the key with @Prompt, or remove semantic."),
  CACHED_UNKNOWN_KEY("@Cached key \"%s\" is not a parameter of %s. Use some of %s.%s"),
  CACHED_VOID(
      "@Cached has nothing to keep, because %s returns nothing. Remove @Cached, or return the answer."),

  RETRY_SIDE_EFFECT(
      "@Retry would run the side effect of %s again. Add @Idempotent if that does no harm, or remove"
          + " @Retry."),
  ROUTED_SIDE_EFFECT(
      "@Routed(strategy = CASCADE) would run the side effect of %s once per tier. Add @Idempotent if"
          + " that does no harm, or use another strategy."),
  ROUTED_UNKNOWN_TIER(
      "@Routed names tier \"%s\", which no configuration defines. Use one of %s.%s"),
  COST_TRACKED_NO_TENANT(
      "@CostTracked names budget \"%s\", which each tenant has for itself, but no parameter of %s is"
          + " marked @Tenant. Mark the one that names the customer."),
  COST_TRACKED_UNPRICED_MODEL(
      "@CostTracked names model \"%s\", which has no price, so its cost counts as unknown. Set"
          + " prices.%s in gild.yaml and compile with -Agild.config=gild.yaml.%s",
      Diagnostic.Kind.WARNING),
  COST_TRACKED_UNKNOWN_BUDGET(
      "@CostTracked names budget \"%s\", which no configuration defines. %s%s"),

  TIME_LIMIT_SYNCHRONIZED(
      "@TimeLimit has no effect on %s, which is synchronized: no other thread may run it while its"
          + " caller holds the lock. Lock inside of the method, or limit what it calls.",
      Diagnostic.Kind.WARNING),
  FALLBACK_EMPTY(
      "@Fallback gives neither a method nor an answer that is not empty. Give one of them."),
  FALLBACK_BOTH("@Fallback gives both a method and an answer. Keep one of them."),
  FALLBACK_ANSWER_TYPE(
      "@Fallback answers with text, but %s returns %s. Use @Fallback(method = ...) instead."),
  FALLBACK_NO_METHOD("@Fallback names method \"%s\", which %s does not have. Write it as %s.%s"),
  FALLBACK_SIGNATURE(
      "@Fallback names method \"%s\", whose signature does not fit. Write it as %s, or with a"
          + " Throwable as one more parameter."),

  MODEL_NOT_STRING(
      "@Model marks a parameter of type %s. It receives a model name: make it a String."),
  EXPERIENCE_NO_PROMPT(
      "@Experience of %s has no prompt to find experiences for. Mark a text parameter with @Prompt."),
  MEMORY_WRONG_TYPE(
      "@%s marks a parameter of type %s. It receives texts: make it a List<String> or a String."),
  RECALL_NO_PROMPT("@Recall of %s has no prompt to recall by. Mark a text parameter with @Prompt."),
  REMEMBER_NO_PROMPT(
      "@Remember of %s has no prompt to remember. Mark a text parameter with @Prompt, or remove @Remember."),
  REMEMBER_NO_SESSION(
      "@Remember of %s has no session to append to. Mark a parameter with @Session, or write session = false."),
  REMEMBER_NOTHING(
      "@Remember of %s has neither session nor longTerm. Set one of them, or remove @Remember."),
  REMEMBER_STREAM(
      "@Remember cannot keep the answer of %s, because it is a %s. Write session = false, or return the answer as a whole."),

  WORKFLOW_CIRCLE("The workflows %s contain each other, so they would never end."),
  WORKFLOW_HELPER_SIGNATURE(
      "@%s %s names method \"%s\", whose signature does not fit. Write it as %s."),
  WORKFLOW_INPUTS(
      "%s takes %d inputs, but a workflow has one. Take a record of them; only a RunOptions may come"
          + " beside the input."),
  WORKFLOW_NO_HELPER(
      "@%s %s names static method \"%s\", which %s does not have. Write it as %s.%s"),
  WORKFLOW_NO_PATTERN(
      "%s says nothing about its steps. Add one of @Pipeline, @Parallel, @Voting, @Supervised,"
          + " @HandOffs and @Repeated, or give it a body with default."),
  WORKFLOW_NOT_DECLARED(
      "@%s has no effect on %s. Put it on an abstract method of an interface with"
          + " @WorkflowInterface."),
  WORKFLOW_NOT_INTERFACE(
      "@WorkflowInterface marks %s, which is not an interface. Make it an interface whose methods"
          + " have patterns such as @Pipeline."),
  WORKFLOW_RESULT_TYPE("%s returns %s, but its steps end with %s. Return %s, or add a step."),
  WORKFLOW_SAME_NAME(
      "%s has two workflows named \"%s\", but records know them by their names. Rename one of them."),
  WORKFLOW_TWO_PATTERNS("%s has both @%s and @%s. Keep one of them."),

  STEP_AMBIGUOUS_METHOD(
      "A step names method \"%s\", but %s has %d of this name. Give the one that is meant a"
          + " name of its own."),
  STEP_BAD_NAME(
      "Step name \"%s\" must have 1 to 80 letters, digits, dots, dashes and underscores and begin"
          + " with a letter or digit."),
  STEP_COMPENSATION(
      "@WorkflowStep compensateBy names method \"%s\", whose signature does not fit. It must take the"
          + " result of the step, or its input and its result: write it as %s."),
  STEP_INPUT_TYPE(
      "Step \"%s\" takes %s, but gets %s from %s. Put a step between them that converts it."),
  STEP_INPUTS(
      "Step \"%s\" calls %s, which takes %d inputs, but a step has one. Take a record of them; only a"
          + " StepContext may come after the input."),
  STEP_NO_EFFECT("@WorkflowStep %s has no effect on a step that is %s. %s"),
  STEP_NO_METHOD("A step names method \"%s\", which %s does not have. Use one of %s.%s"),
  STEP_NO_METHOD_NAME(
      "A step does not name the method of %s, which does not declare one public method alone."
          + " Add method = \"...\", one of %s."),
  STEP_NO_NAME("The step with the %s \"%s\" has no name. Add name = \"...\"."),
  STEP_NO_WORKFLOW("A step names workflow \"%s\", which %s does not have. Use one of %s.%s"),
  STEP_RESULT_TYPE("Step \"%s\" returns %s, but in @%s it must return %s."),
  STEP_SAME_NAME("Two steps are named \"%s\". Give one of them another one: name = \"...\"."),
  STEP_TARGET("@WorkflowStep gives %s. Give one of agent, url, topic and workflow."),

  ROLE_TWICE("@%s marks two parameters of %s. Keep one of them."),

  GOLDEN_BAD_CHECK("@GoldenTask check: %s"),
  GOLDEN_BAD_EXPECTED("@GoldenTask expected does not suit validator %s: %s."),
  GOLDEN_BAD_FILE("@GoldenTask file: %s"),
  GOLDEN_BAD_ID("@GoldenTask %s."),
  GOLDEN_BAD_REGEX("@GoldenTask expected is not a regular expression: %s."),
  GOLDEN_BAD_TAG("@GoldenTask %s."),
  GOLDEN_BAD_THRESHOLD("@GoldenTask %s."),
  GOLDEN_BAD_VALUE("@GoldenTask %s."),
  GOLDEN_BAD_VALIDATOR_CLASS(
      "@GoldenTask validatorClass %s %s. Use a class with a public constructor without parameters"
          + " that implements io.gild.evaluation.spi.Validator."),
  GOLDEN_DUPLICATE_ID(
      "@GoldenTask id \"%s\" is given to two tasks of agent %s. Rename one of them."),
  GOLDEN_EXPECTED_TYPE("@GoldenTask \"%s\" expects \"%s\", but %s returns %s."),
  GOLDEN_FILE_AND_TASK("@GoldenTask gives a file, so %s has no effect. Remove one of them."),
  GOLDEN_FILE_OF_OTHERS("@GoldenTask file \"%s\" holds no task of agent %s; it has %s."),
  GOLDEN_INPUT_COUNT("@GoldenTask \"%s\" %s. Give one value per parameter."),
  GOLDEN_INPUT_NAME("@GoldenTask \"%s\" %s"),
  GOLDEN_INPUT_TYPE("@GoldenTask \"%s\" gives %s for parameter %s, which is not a valid %s.%s"),
  GOLDEN_INPUT_UNSUPPORTED(
      "@GoldenTask \"%s\" cannot make a %s for parameter %s. Golden tasks can give texts, numbers,"
          + " booleans, enum constants, lists, maps, records, and classes made of one text."),
  GOLDEN_MISSING_FILE(
      "@GoldenTask file \"%s\" is not among the resources. Put it under src/main/resources, or name"
          + " the folder with -Agild.resources=... or \"-Xplugin:Gild resources=...\"%s"),
  GOLDEN_NO_CHECK("@GoldenTask \"%s\" %s."),
  GOLDEN_NO_ID("@GoldenTask has no id. Give it one, such as id = \"%s\"."),
  GOLDEN_NO_VALIDATOR_CLASS(
      "@GoldenTask \"%s\" is judged by a custom validator, but validatorClass is missing. Name the"
          + " class."),
  GOLDEN_UNKNOWN_VALIDATOR(
      "@GoldenTask names validator \"%s\", which does not exist. Use one of %s.%s"),

  CORE_NO_MODULE("%s needs the core module at run time. Add the dependency io.gild:gild-core."),
  POLICY_NO_MODULE("@%s needs its module at run time. Add the dependency %s."),

  WEAVING_NEEDED(
      "%d methods are not governed until the weave goal of gild-maven-plugin has run, unless the"
          + " javaagent is attached: %s.",
      Diagnostic.Kind.NOTE),
  WEAVING_BAD_VALUE("-Agild.weaving is \"%s\". Use one of false, true, only."),
  PLUGIN_NO_CLASSES(
      "-Xplugin:Gild needs the folder of class files. Write \"-Xplugin:Gild classes=folder\"."),
  PLUGIN_UNKNOWN_ARGUMENT(
      "-Xplugin:Gild has an unknown argument \"%s\". Use classes, config and"
          + " resources, each as name=value.%s"),
  SETTINGS_BROKEN("%s"),
  CANNOT_WRITE("Cannot write %s: %s."),
  INTERNAL("The processor failed on %s and wrote nothing for it. This is a bug of Gild: %s");

  /** Texts that several messages share. */
  private static final class Texts {
    static final String WEAVE =
        "overn it in place: compile with -Agild.weaving=true and run the weave goal of"
            + " gild-maven-plugin, or attach the javaagent.";
    static final String IN_PLACE = "Make it a class, or g" + WEAVE;
    static final String OR = "Or g" + WEAVE;
  }

  private final String text;
  private final Diagnostic.Kind severity;

  Message(String text) {
    this(text, Diagnostic.Kind.ERROR);
  }

  Message(String text, Diagnostic.Kind severity) {
    this.text = text;
    this.severity = severity;
  }

  Diagnostic.Kind severity() {
    return severity;
  }

  /** Returns the stable id, such as {@code RoutedUnknownTier}. */
  String id() {
    StringBuilder id = new StringBuilder();
    for (String word : name().split("_")) {
      id.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return id.toString();
  }

  /** Returns the text of a message, with {@code %s} for each argument. */
  String text() {
    return text;
  }

  String format(Object... arguments) {
    return "[" + id() + "] " + String.format(text, arguments);
  }
}
