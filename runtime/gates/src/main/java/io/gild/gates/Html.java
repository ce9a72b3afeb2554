package io.gild.gates;

/** Text in HTML and SVG. */
final class Html {

  private Html() {}

  /** Returns a text as it stands between tags and in attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
