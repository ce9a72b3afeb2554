package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A workflow whose steps answer the same question at the same time; what most of them choose is the
 * result. A step that fails does not vote. The run fails if nothing wins.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Voting {

  /** When a choice wins. */
  enum Rule {
    /** More than half of the voters chose it. */
    MAJORITY,
    /** All voters chose it. */
    UNANIMOUS
  }

  /**
   * Returns the voters.
   *
   * @return one or more
   */
  WorkflowStep[] value();

  /**
   * Returns when a choice wins.
   *
   * @return the rule
   */
  Rule rule() default Rule.MAJORITY;

  /**
   * Returns how many must vote.
   *
   * @return 1 or more, at most the number of voters; 0 means more than half of them
   */
  int quorum() default 0;

  /**
   * Returns the static method of the interface that returns what a voter chose; equal choices count
   * together.
   *
   * @return the name of a method with one parameter, an answer; empty means that the answers are
   *     compared
   */
  String choice() default "";
}
