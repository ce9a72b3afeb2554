package io.gild.config;

/** Text in HTML and SVG. */
@Experimental
public final class Html {

  private Html() {}

  /**
   * Escapes a text for content and attributes.
   *
   * @param text any text
   * @return the text with entities in place of what markup reserves
   */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
