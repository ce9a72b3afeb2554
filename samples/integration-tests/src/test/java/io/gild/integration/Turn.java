package io.gild.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A test's turn in a shared child: it has its own settings, provider and clients, and sees only the
 * counts of its own calls.
 */
final class Turn implements AutoCloseable {

  private final Child child;
  private final Report report;
  private final Consumer<Child> next;
  private boolean ended;

  private Turn(Child child, JsonNode earlier, Consumer<Child> next) {
    this.child = child;
    this.report = Report.since(earlier, () -> counts(child));
    this.next = next;
  }

  /** Returns the turn that a child was started for; it is passed on when the turn ends well. */
  static Turn first(Child child, Consumer<Child> next) {
    return new Turn(child, MissingNode.getInstance(), next);
  }

  /** Begins a later turn. */
  static Turn later(Child child, Path settings, String url, int retries, Consumer<Child> next)
      throws IOException {
    expect("taken", child.ask("settings " + settings));
    expect("moved", child.ask("move " + url + " " + retries));
    return new Turn(child, counts(child), next);
  }

  private static void expect(String wanted, String answer) {
    if (!wanted.equals(answer)) {
      throw new IllegalStateException(answer + " instead of " + wanted);
    }
  }

  private static JsonNode counts(Child child) throws IOException {
    return new ObjectMapper().readTree(child.ask("report now"));
  }

  /** Sends a command and returns its answer. */
  String ask(String command) throws IOException {
    return child.ask(command);
  }

  /** Returns the counts of the finished calls of this turn. */
  Report report() {
    return report;
  }

  /** Passes the child to the next turn. */
  void end() {
    ended = true;
    next.accept(child);
  }

  /** Ends the child unless the turn ended well. */
  @Override
  public void close() {
    if (!ended) {
      child.close();
    }
  }
}
