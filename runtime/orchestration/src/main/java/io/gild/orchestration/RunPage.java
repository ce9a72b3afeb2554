package io.gild.orchestration;

import io.gild.config.Experimental;
import io.gild.config.Html;
import java.time.Instant;

/** The report of a run as one page of HTML, without any other file. */
@Experimental
public final class RunPage {

  private RunPage() {}

  /**
   * Writes the page.
   *
   * @param run the run; inputs and results are not on the page
   * @param now the present, for steps that have not ended
   * @return HTML
   */
  public static String html(RunRecord run, Instant now) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(Html.escape(run.workflow() + " · " + run.id()))
        .append("</title>\n<style>")
        .append(
            "body{font:14px/1.5 system-ui,sans-serif;color:#1f2328;margin:2rem auto;max-width:62rem}")
        .append("dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem}")
        .append("dt{color:#5b616b}dd{margin:0}svg{max-width:100%;height:auto}")
        .append("</style></head><body>\n<h1>")
        .append(Html.escape(run.workflow()))
        .append("</h1>\n<dl>");
    fact(page, "run", run.id());
    fact(page, "state", run.state().name());
    fact(page, "version", run.version());
    fact(page, "tenant", run.tenant());
    fact(page, "started", run.started().toString());
    fact(page, "ended", run.ended() == null ? "" : run.ended().toString());
    fact(page, "resumed", run.resumed() == 0 ? "" : String.valueOf(run.resumed()));
    fact(page, "cost", "$" + run.cost().stripTrailingZeros().toPlainString());
    fact(page, "tokens", String.valueOf(run.tokens()));
    fact(page, "question", run.question() == null ? "" : run.question());
    fact(page, "error", run.error() == null ? "" : run.error());
    return page.append("</dl>\n")
        .append(RunPicture.svg(run, now))
        .append("</body></html>\n")
        .toString();
  }

  private static void fact(StringBuilder page, String name, String value) {
    if (!value.isEmpty()) {
      page.append("<dt>" + name + "</dt><dd>" + Html.escape(value) + "</dd>");
    }
  }
}
