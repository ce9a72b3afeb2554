package io.gild.cli;

import java.util.Locale;
import java.util.Set;

/** Guesses by its name whether a tool changes the world. */
final class ToolNames {

  private static final Set<String> READING =
      Set.of(
          "calculate",
          "check",
          "compute",
          "count",
          "current",
          "describe",
          "fetch",
          "find",
          "get",
          "has",
          "is",
          "list",
          "look",
          "lookup",
          "query",
          "read",
          "retrieve",
          "search",
          "show",
          "tell");
  private static final Set<String> CHANGING =
      Set.of(
          "add",
          "approve",
          "assign",
          "book",
          "buy",
          "cancel",
          "charge",
          "close",
          "create",
          "delete",
          "deploy",
          "drop",
          "email",
          "execute",
          "grant",
          "insert",
          "issue",
          "mail",
          "modify",
          "notify",
          "order",
          "pay",
          "place",
          "post",
          "publish",
          "purchase",
          "put",
          "refund",
          "register",
          "remove",
          "reserve",
          "revoke",
          "save",
          "schedule",
          "sell",
          "send",
          "set",
          "store",
          "submit",
          "transfer",
          "update",
          "upload",
          "withdraw",
          "write");

  private ToolNames() {}

  /**
   * Returns whether a word of the name describes a change, and the first word is not one that only
   * reads.
   */
  static boolean looksLikeSideEffect(String tool) {
    String[] words = tool.split("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");
    if (words.length == 0 || READING.contains(words[0].toLowerCase(Locale.ROOT))) {
      return false;
    }
    for (String word : words) {
      if (CHANGING.contains(word.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
