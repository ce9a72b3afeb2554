package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results of golden tasks for readers: people at a console, at a pull request, in a browser; build
 * servers and programs. Immutable.
 *
 * @param title what was tested, such as the name of the project
 * @param version version of the application; may be empty
 * @param at when the results were judged
 * @param statistics the results
 * @param decision the decision of the gate; {@code null} if there was no gate
 * @param comparison the results beside a baseline; {@code null} without one
 * @param history earlier runs, the oldest first; may be empty
 */
@Experimental
public record Report(
    String title,
    String version,
    Instant at,
    Statistics statistics,
    @Nullable GateDecision decision,
    @Nullable Comparison comparison,
    List<History.Run> history) {

  /** Copies the list. */
  public Report {
    history = List.copyOf(history);
  }

  /**
   * Starts a report.
   *
   * @param title what was tested
   * @param version version of the application; may be empty
   * @param at when the results were judged
   * @param statistics the results
   * @return a report without gate, baseline and history
   */
  public static Report of(String title, String version, Instant at, Statistics statistics) {
    return new Report(title, version, at, statistics, null, null, List.of());
  }

  /**
   * Adds the decision of the gate.
   *
   * @param made the decision
   * @return the new report
   */
  public Report with(GateDecision made) {
    return new Report(title, version, at, statistics, made, comparison, history);
  }

  /**
   * Adds a comparison with a baseline.
   *
   * @param made the comparison
   * @return the new report
   */
  public Report with(Comparison made) {
    return new Report(title, version, at, statistics, decision, made, history);
  }

  /**
   * Adds earlier runs.
   *
   * @param earlier the runs, the oldest first, without this one
   * @return the new report
   */
  public Report with(List<History.Run> earlier) {
    return new Report(title, version, at, statistics, decision, comparison, earlier);
  }

  /**
   * Returns a summary in plain text.
   *
   * @return lines of text
   */
  public String console() {
    return ConsoleReport.write(this);
  }

  /**
   * Returns everything as JSON; the shape is in {@code docs/gates.md}.
   *
   * @return JSON
   */
  public String json() {
    return JsonReport.write(this);
  }

  /**
   * Returns the runs as JUnit XML: a suite per agent, a case per run.
   *
   * @return XML
   */
  public String junitXml() {
    return JunitReport.write(this);
  }

  /**
   * Returns a summary for a pull request.
   *
   * @return Markdown as GitHub and GitLab read it
   */
  public String markdown() {
    return MarkdownReport.write(this);
  }

  /**
   * Returns one self-contained page.
   *
   * @return HTML
   */
  public String html() {
    return HtmlReport.write(this);
  }

  /**
   * Writes {@code report.html}, {@code report.json}, {@code report.md} and {@code junit.xml}, each
   * as a whole, readable by its owner alone.
   *
   * @param folder the target folder; made if it does not exist
   * @return the page
   * @throws UncheckedIOException if a file cannot be written
   */
  public Path write(Path folder) {
    try {
      PrivateFiles.write(folder.resolve("report.json"), json());
      PrivateFiles.write(folder.resolve("report.md"), markdown());
      PrivateFiles.write(folder.resolve("junit.xml"), junitXml());
      return PrivateFiles.write(folder.resolve("report.html"), html());
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write reports to " + folder, failure);
    }
  }
}
