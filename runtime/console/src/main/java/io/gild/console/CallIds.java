package io.gild.console;

/** Identifiers of calls and requests in the console's interface. */
final class CallIds {

  private CallIds() {}

  /** Returns the number of an identifier; one that is none belongs to no call. */
  static long parse(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException wrong) {
      throw new Query.BadRequest(
          "the number of a call or span is expected, but \"" + ShortNames.cut(id) + "\" was found");
    }
  }
}
