package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.Suggestions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The gates that a version passes on its way to users.
 *
 * @param devToStaging the gate to staging
 * @param stagingToProduction the gate to production
 * @param production the requirements in production
 * @param overrides file of {@link GateOverrides}, relative to the project; it need not exist
 */
@Experimental
public record Gates(Gate devToStaging, Gate stagingToProduction, Gate production, Path overrides) {

  /** The section {@code gates}, in which a bare number is a pass rate. */
  public static final Section<Gates> SECTION =
      Section.of("gates", Gates.class)
          .optional(Gate.class, "cost", "load-test", "live")
          .shorthand(Gate.class, "pass-rate");

  /** The stages, in the order in which a version passes them. */
  public enum Stage {
    /** From a developer's machine to testers. */
    DEV_TO_STAGING,
    /** From testers to users. */
    STAGING_TO_PRODUCTION,
    /** With users. */
    PRODUCTION;

    /**
     * Finds a stage.
     *
     * @param name its name as settings spell it
     * @return the stage
     * @throws IllegalArgumentException if there is none; the message is the rest of a sentence that
     *     begins with the place of the name
     */
    public static Stage named(String name) {
      List<String> names = new ArrayList<>();
      for (Stage stage : values()) {
        if (stage.toString().equals(name)) {
          return stage;
        }
        names.add(stage.toString());
      }
      throw new IllegalArgumentException(
          "must be one of "
              + String.join(", ", names)
              + ", but is \""
              + name
              + "\"."
              + Suggestions.didYouMean(name, names));
    }

    /** Returns the name as settings spell it, such as {@code dev-to-staging}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Returns the gate of a stage.
   *
   * @param stage the stage
   * @return its gate
   */
  public Gate of(Stage stage) {
    return switch (stage) {
      case DEV_TO_STAGING -> devToStaging;
      case STAGING_TO_PRODUCTION -> stagingToProduction;
      case PRODUCTION -> production;
    };
  }
}
