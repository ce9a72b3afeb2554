package io.gild.gates;

/** Text in HTML and SVG. */
final class Html {

  private Html() {}

  /** Returns a text escaped for content and attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
