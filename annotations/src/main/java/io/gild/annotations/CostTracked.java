package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Counts tokens and cost of each call and, if a budget is named, refuses calls that exceed it.
 *
 * <pre>{@code
 * @CostTracked(budget = "support")
 * public String answer(String question) { ... }
 * }</pre>
 *
 * <p>A budget is reserved before the call and settled after it, so that concurrent calls cannot
 * overspend it together.
 */
@Policy(key = "cost", artifact = "io.gild:gild-cost", type = "io.gild.cost.CostPolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CostTracked {

  /**
   * Returns the name of the budget that is charged.
   *
   * @return the name of a configured budget; empty means that cost is counted but not limited
   */
  String budget() default "";

  /**
   * Returns the model whose price applies when the call does not report one.
   *
   * @return a model name of the price table; empty means unknown
   */
  String model() default "";
}
