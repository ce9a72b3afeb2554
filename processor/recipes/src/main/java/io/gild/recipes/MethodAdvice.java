package io.gild.recipes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrewrite.Cursor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;

/** The policies that the code of one method suggests. */
final class MethodAdvice extends JavaIsoVisitor<Integer> {

  private static final Pattern MODEL =
      Pattern.compile(
          "\\b(gpt-[345]|o[134]-(mini|preview|pro)|chatgpt-|claude-|gemini-\\d|mistral-|llama-?[23]|command-r|amazon\\.)[\\w.:-]*");
  private static final Pattern PRICE = Pattern.compile("(?i).*(price|usd|dollar|cost|rate_?per).*");

  private static final Set<String> MAP_READS =
      Set.of("get", "getOrDefault", "containsKey", "computeIfAbsent");

  private final AgentMethod method;
  private final J.ClassDeclaration type;
  private final boolean policies;
  private final String text;
  private final int start;
  private final List<Advice> advice = new ArrayList<>();
  private final Map<String, Advice> once = new LinkedHashMap<>();

  MethodAdvice(
      FoundAgent found,
      AgentMethod method,
      Cursor cursor,
      String text,
      int start,
      boolean policies) {
    this.method = method;
    this.type = found.type();
    this.policies = policies;
    this.text = text;
    this.start = start;
    if (method.canBeGoverned()) {
      boolean present =
          Annotations.has(method.declaration().getLeadingAnnotations(), "CostTracked");
      advice.add(
          new Advice(
              "@CostTracked",
              present ? Advice.Verdict.PRESENT : Advice.Verdict.APPLIED,
              "calls a model: " + method.call().code(),
              line(method.call().code())));
    }
    if (method == found.methods().get(0)) {
      for (Statement each : found.type().getBody().getStatements()) {
        if (each instanceof J.VariableDeclarations) {
          visit(each, 0, cursor);
        }
      }
    }
    visit(method.declaration(), 0, cursor);
  }

  List<Advice> all() {
    List<Advice> all = new ArrayList<>(advice);
    all.addAll(once.values());
    return all;
  }

  private void propose(String policy, String reason, String code) {
    once.putIfAbsent(policy, new Advice(policy, Advice.Verdict.PROPOSED, reason, line(code)));
  }

  private int line(String code) {
    String first = code.lines().findFirst().orElse("");
    int inside = text.indexOf(first, start);
    int place = inside < 0 ? text.indexOf(first) : inside;
    return SourceReport.line(text, place < 0 ? start : place);
  }

  @Override
  public J.ForLoop visitForLoop(J.ForLoop loop, Integer context) {
    retries(loop);
    return super.visitForLoop(loop, context);
  }

  @Override
  public J.WhileLoop visitWhileLoop(J.WhileLoop loop, Integer context) {
    retries(loop);
    return super.visitWhileLoop(loop, context);
  }

  @Override
  public J.DoWhileLoop visitDoWhileLoop(J.DoWhileLoop loop, Integer context) {
    retries(loop);
    return super.visitDoWhileLoop(loop, context);
  }

  private void retries(J loop) {
    String code = loop.printTrimmed(getCursor().getParentOrThrow());
    if (code.contains("catch") && code.contains("try")) {
      once.put("@Retry", retry(line(code)));
    }
  }

  private Advice retry(int line) {
    String found = "the method repeats the call in a loop of its own";
    try {
      RetryLoop loop = RetryLoop.of(method.declaration(), type);
      String policy =
          "@Retry(maxAttempts = "
              + loop.attempts()
              + ", waitDuration = \""
              + loop.waitMillis()
              + "ms\")";
      if (!method.canBeGoverned()) {
        return new Advice(policy, Advice.Verdict.PROPOSED, found + ", but it is private", line);
      }
      return policies
          ? new Advice(policy, Advice.Verdict.APPLIED, found + ", which the policy replaces", line)
          : new Advice(
              policy, Advice.Verdict.PROPOSED, found + "; --apply=policies replaces it", line);
    } catch (RetryLoop.NotProven other) {
      return new Advice(
          "@Retry", Advice.Verdict.REFUSED, found + ", and it stays: " + other.getMessage(), line);
    }
  }

  @Override
  public J.Try.Catch visitCatch(J.Try.Catch each, Integer context) {
    String code = each.printTrimmed(getCursor().getParentOrThrow());
    boolean rethrows = code.contains("throw ");
    boolean answers = Pattern.compile("return\\s+(null|\"|[A-Z_]+\\s*;)").matcher(code).find();
    if (!rethrows && answers) {
      propose(
          "@Fallback",
          "a failure becomes an answer here, so that no one sees it; @Fallback answers the same and"
              + " counts the failure",
          code);
    }
    return super.visitCatch(each, context);
  }

  @Override
  public J.Literal visitLiteral(J.Literal literal, Integer context) {
    if (literal.getValue() instanceof String whole && MODEL.matcher(whole).find()) {
      Matcher found = MODEL.matcher(whole);
      String value = found.find() ? found.group() : whole;
      propose(
          "@Routed",
          "the model \""
              + value
              + "\" is fixed in the code; another model changes answers, so try"
              + " it with golden tasks first",
          String.valueOf(literal.getValueSource()));
    }
    return super.visitLiteral(literal, context);
  }

  @Override
  public J.VariableDeclarations.NamedVariable visitVariable(
      J.VariableDeclarations.NamedVariable variable, Integer context) {
    if (variable.getInitializer() instanceof J.Literal literal
        && literal.getValue() instanceof Number
        && PRICE.matcher(variable.getSimpleName()).matches()) {
      propose(
          "prices",
          "the price "
              + variable.getSimpleName()
              + " is fixed in the code; @CostTracked uses the"
              + " price table",
          variable.getSimpleName());
    }
    return super.visitVariable(variable, context);
  }

  @Override
  public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, Integer context) {
    String name = call.getSimpleName();
    String code = call.printTrimmed(getCursor().getParentOrThrow());
    if (call.getSelect() instanceof J.Identifier map
        && MAP_READS.contains(name)
        && isMap(map.getSimpleName())) {
      propose(
          "@Cached",
          "answers are kept in the map "
              + map.getSimpleName()
              + "; @Cached ends them after its ttl and counts hits, so it is not applied",
          code);
    }
    if (name.matches("(?i)(read|connect|call|request)?timeout")) {
      propose(
          "@TimeLimit", "a timeout is fixed in the code: " + ModelCall.of("", code).code(), code);
    }
    return super.visitMethodInvocation(call, context);
  }

  private boolean isMap(String field) {
    return type.getBody().getStatements().stream()
        .filter(J.VariableDeclarations.class::isInstance)
        .map(J.VariableDeclarations.class::cast)
        .filter(each -> String.valueOf(each.getTypeExpression()).matches("\\w*Map\\b.*"))
        .flatMap(each -> each.getVariables().stream())
        .anyMatch(each -> each.getSimpleName().equals(field));
  }
}
