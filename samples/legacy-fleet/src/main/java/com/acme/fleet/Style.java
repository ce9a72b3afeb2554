package com.acme.fleet;

/** How an agent's file is written. */
public enum Style {
  PLAIN,
  FINAL_CLASS,
  PACKAGE_PRIVATE,
  STATIC_METHOD,
  PRIVATE_HELPER,
  GENERIC_METHOD,
  NESTED_CLASS,
  INTERFACE,
  ODD_FORMAT,
  ODD_COMMENTS,
  JAVADOC,
  CRLF,
  TABS,
  LAMBDA_FIELD;

  String modifiers() {
    return switch (this) {
      case FINAL_CLASS -> "public final ";
      case PACKAGE_PRIVATE -> "";
      default -> "public ";
    };
  }

  String staticModifier() {
    return this == STATIC_METHOD ? "static " : "";
  }

  /** Changes a finished file in its format only. */
  String format(String text) {
    return switch (this) {
      case CRLF -> text.replace("\n", "\r\n");
      case TABS -> text.replace("  ", "\t");
      case ODD_FORMAT ->
          text.replace(") {\n", ")\n  {\n").replace(";\n\n", ";\n\n\n\n").replace(", ", " ,");
      case ODD_COMMENTS ->
          text.replace(
                      "public class", "// do not touch, see the wiki\npublic /* not final */ class")
                  .replace("String answer(", "String /* never null */ answer(/* in */ ")
              + "// end of file, no line end";
      default -> text;
    };
  }
}
