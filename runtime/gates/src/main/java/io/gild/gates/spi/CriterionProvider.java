package io.gild.gates.spi;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.gates.Criterion;
import io.gild.gates.Gates.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Adds a criterion to the gates; found by {@link java.util.ServiceLoader}.
 *
 * <p>The module that adds it declares the criterion's settings, in its own section or under a key
 * of {@code gates}, so that a mistake there is reported with its place.
 */
@Experimental
public interface CriterionProvider {

  /**
   * Returns the name of the criterion, as findings and overrides write it.
   *
   * @return a name in kebab-case that no other criterion has
   */
  String name();

  /**
   * Returns the criterion of a gate.
   *
   * @param stage the gate
   * @param settings the settings
   * @return the criterion; {@code null} if the settings do not require it at this gate
   */
  @Nullable Criterion criterion(Stage stage, Settings settings);
}
