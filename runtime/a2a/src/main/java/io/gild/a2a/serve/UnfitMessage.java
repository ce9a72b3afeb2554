package io.gild.a2a.serve;

/** A message that a skill cannot take; the client is given the reason. */
final class UnfitMessage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnfitMessage(String reason) {
    super(reason, null, false, false);
  }
}
