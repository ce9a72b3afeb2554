package io.gild.gates.spi;

import io.gild.config.Settings;
import io.gild.gates.Criterion;
import io.gild.gates.Gates.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Brings a criterion to the gates; found by {@link java.util.ServiceLoader}.
 *
 * <p>The module that brings it declares what the criterion is asked by, a section of the settings
 * of its own or a key below {@code gates}, so that a mistake there is named with its place.
 */
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
   * @return the criterion; {@code null} if the settings do not ask for it at this gate
   */
  @Nullable Criterion criterion(Stage stage, Settings settings);
}
