package io.gild.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;

/** Reports the agents of one source, with the lines of the evidence. */
final class SourceReport implements Consumer<FoundAgent> {

  private final String file;
  private final String text;
  private final boolean policies;
  private final List<AgentReport> agents = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  SourceReport(String file, String text, boolean policies) {
    this.file = file;
    this.text = text;
    this.policies = policies;
  }

  List<AgentReport> agents() {
    return agents;
  }

  List<String> notes() {
    return notes;
  }

  @Override
  public void accept(FoundAgent found) {
    Cursor cursor = new Cursor(found.cursor(), found.type().getBody());
    List<MethodReport> methods = new ArrayList<>();
    for (AgentMethod each : found.methods()) {
      J.MethodDeclaration method = each.declaration();
      String code = method.<J.MethodDeclaration>withPrefix(Space.EMPTY).print(cursor);
      int start = Math.max(0, text.indexOf(code));
      List<Advice> advice =
          found.refusal().isEmpty()
              ? new MethodAdvice(found, each, cursor, text, start, policies).all()
              : List.of();
      methods.add(
          new MethodReport(
              each.name(), line(text, start), each.call().library(), each.call().code(), advice));
    }
    agents.add(
        new AgentReport(found.name(), found.qualifiedName(), file, methods, found.refusal()));
  }

  /** Returns the line of a place, from 1. */
  static int line(String text, int place) {
    return 1 + (int) text.substring(0, place).chars().filter(each -> each == '\n').count();
  }
}
