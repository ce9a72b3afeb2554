package io.gild.recipes;

import io.gild.config.Experimental;

/**
 * A policy for one method, and what a migration did about it.
 *
 * @param policy the annotation as it would be written, or a name such as {@code prices}
 * @param verdict what was done
 * @param reason the evidence in the source, and why it was not applied if it was not
 * @param line where the evidence is, from 1; 0 if unknown
 */
@Experimental
public record Advice(String policy, Verdict verdict, String reason, int line) {

  /** What a migration did about a policy. */
  @Experimental
  public enum Verdict {
    /** The source has it now, or would have it after {@code --write}. */
    APPLIED,
    /** The source had it before. */
    PRESENT,
    /** A person should decide. */
    PROPOSED,
    /** It looked like a policy, but the code does more. */
    REFUSED
  }
}
