package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Section;
import java.util.List;

/**
 * The servers that are known to serve models.
 *
 * @param modelHosts patterns of their hosts, with or without a port; requests to them count
 *     wherever they are made
 */
@Experimental
public record ModelHosts(List<String> modelHosts) {

  /** A part of the section {@code observability}. */
  public static final Section<ModelHosts> SECTION = Section.of("observability", ModelHosts.class);

  /** Checks the values. */
  public ModelHosts {
    for (String host : modelHosts) {
      if (host.isBlank() || host.indexOf('/') >= 0) {
        throw new IllegalArgumentException(
            "model-hosts holds \"" + host + "\", but takes hosts such as *.openai.azure.com");
      }
    }
    modelHosts = List.copyOf(modelHosts);
  }
}
