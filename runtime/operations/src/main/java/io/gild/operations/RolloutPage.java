package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Rollouts as one HTML file that needs nothing else, light and dark. Immutable, but for a page that
 * is being written.
 *
 * <pre>{@code
 * String html =
 *     RolloutPage.titled("Rollout of support").with(RolloutPicture.of(record), "").html();
 * }</pre>
 */
@Experimental
public final class RolloutPage {

  private static final double MILLIS = 1e3;
  private static final double HUNDREDTHS = 100;

  private final String title;
  private final String introduction;
  private final List<String> sections;

  private RolloutPage(String title, String introduction, List<String> sections) {
    this.title = title;
    this.introduction = introduction;
    this.sections = List.copyOf(sections);
  }

  /**
   * Creates an empty page.
   *
   * @param title its heading
   * @return the page
   */
  public static RolloutPage titled(String title) {
    return new RolloutPage(title, "", List.of());
  }

  /**
   * Sets what is below the heading.
   *
   * @param html HTML; {@link Html#escape} makes it from text
   * @return a page with it
   */
  public RolloutPage introducedBy(String html) {
    return new RolloutPage(title, html, sections);
  }

  /**
   * Adds a rollout: its picture, its decisions, and what the calls said.
   *
   * @param picture the picture
   * @param remark a sentence below its name; may be empty
   * @return a page with it
   */
  public RolloutPage with(RolloutPicture picture, String remark) {
    List<String> more = new ArrayList<>(sections);
    more.add(section(picture, remark));
    return new RolloutPage(title, introduction, more);
  }

  /**
   * Returns the page.
   *
   * @return an HTML document
   */
  public String html() {
    return template()
        .replace("{{title}}", Html.escape(title))
        .replace("{{introduction}}", introduction)
        .replace("{{sections}}", sections());
  }

  /** Shows the details of a rollout that is alone. */
  private String sections() {
    String all = String.join("\n", sections);
    return sections.size() == 1 ? all.replace("<details>", "<details open>") : all;
  }

  static String words(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String section(RolloutPicture picture, String remark) {
    RolloutRecord record = picture.record();
    return """
    <section>
    <h2>%s <span class="state %s">%s</span></h2>
    <p>%s</p>
    %s
    <details><summary>Decisions and verdicts</summary>
    %s%s</details>
    </section>
    """
        .formatted(
            Html.escape(record.name()),
            record.state().name().toLowerCase(Locale.ROOT),
            words(record.state()),
            Html.escape(remark.isEmpty() ? record.reason() : remark),
            picture.svg(),
            decisions(record),
            verdicts(record));
  }

  private static String decisions(RolloutRecord record) {
    StringBuilder rows = new StringBuilder();
    for (RolloutEvent event : record.events()) {
      double after = Duration.between(record.started(), event.at()).toMillis() / MILLIS;
      rows.append(
          row(
              String.format(Locale.ROOT, "%.1f s", after),
              words(event.state()),
              event.achieved() < 0
                  ? "–"
                  : String.format(Locale.ROOT, "%.2f %%", event.achieved() / HUNDREDTHS),
              event.who(),
              event.reason()));
    }
    return table(List.of("after", "decision", "share", "by", "why"), rows);
  }

  private static String verdicts(RolloutRecord record) {
    StringBuilder rows = new StringBuilder();
    for (Map<String, ?> verdict : RolloutPicture.verdicts(record)) {
      rows.append(
          row(
              String.valueOf(verdict.get("name")),
              String.valueOf(verdict.get("verdict")),
              String.valueOf(verdict.get("reason"))));
    }
    return rows.isEmpty() ? "" : table(List.of("criterion", "verdict", "why"), rows);
  }

  private static String table(List<String> heads, CharSequence rows) {
    StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
    heads.forEach(head -> table.append("<th scope=\"col\">").append(head).append("</th>"));
    return table.append("</tr></thead><tbody>\n").append(rows) + "</tbody></table></div>\n";
  }

  private static String row(String... cells) {
    StringBuilder row = new StringBuilder("<tr>");
    for (String cell : cells) {
      row.append("<td>").append(Html.escape(cell)).append("</td>");
    }
    return row.append("</tr>\n").toString();
  }

  private static String template() {
    try (InputStream in = RolloutPage.class.getResourceAsStream("rollout.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
