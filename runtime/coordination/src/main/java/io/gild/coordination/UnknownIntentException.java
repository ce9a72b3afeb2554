package io.gild.coordination;

import io.gild.config.Experimental;

/** An intent that this version of Gild does not know. */
@Experimental
public final class UnknownIntentException extends UnreadableMessageException {

  private static final long serialVersionUID = 1L;

  private final String intent;

  UnknownIntentException(String intent) {
    super(
        "The intent \""
            + intent
            + "\" is unknown to this version of Gild: update the receiver, or send one that it knows, such as request");
    this.intent = intent;
  }

  /**
   * Returns the intent.
   *
   * @return the text as it was found
   */
  public String intent() {
    return intent;
  }
}
