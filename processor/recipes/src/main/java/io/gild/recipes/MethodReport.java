package io.gild.recipes;

import io.gild.config.Experimental;
import java.util.List;

/**
 * A method that reaches a model.
 *
 * @param name its name
 * @param line where it is declared, from 1
 * @param library the library that it calls
 * @param code the call that reaches the model
 * @param advice the policies for it
 */
@Experimental
public record MethodReport(
    String name, int line, String library, String code, List<Advice> advice) {

  /** Copies the list. */
  public MethodReport {
    advice = List.copyOf(advice);
  }
}
