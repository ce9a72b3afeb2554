package io.gild.demo;

import io.gild.config.Html;
import java.util.Locale;

/** Writes the few shapes the plots are made of; colours come from the page's classes. */
final class Svg {

  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height, String description) {
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
        width, height, Html.escape(description));
  }

  /** Adds a rectangle whose tooltip explains it. */
  Svg bar(String cssClass, double x, double y, double width, double height, String tooltip) {
    return add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>",
        cssClass, x, y, Math.max(0, width), Math.max(0, height), Html.escape(tooltip));
  }

  Svg line(String cssClass, double x1, double y1, double x2, double y2) {
    return add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        cssClass, x1, y1, x2, y2);
  }

  Svg path(String cssClass, CharSequence data) {
    return add("<path class=\"%s\" d=\"%s\"/>", cssClass, data);
  }

  Svg dot(String cssClass, double x, double y) {
    return add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", cssClass, x, y);
  }

  /** Adds text; the anchor is start, middle or end. */
  Svg text(String cssClass, double x, double y, String anchor, String text) {
    return add(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        cssClass, x, y, anchor, Html.escape(text));
  }

  String end() {
    return out + "</svg>";
  }

  private Svg add(String pattern, Object... values) {
    out.append(String.format(Locale.ROOT, pattern, values)).append('\n');
    return this;
  }
}
