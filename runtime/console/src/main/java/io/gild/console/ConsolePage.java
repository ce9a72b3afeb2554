package io.gild.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The console's page: one HTML file made of the files in the folder {@code page}, and the policy
 * that lets a browser run its script and style and nothing else.
 *
 * @param html the page
 * @param contentSecurityPolicy the value of the header {@code Content-Security-Policy}
 */
record ConsolePage(String html, String contentSecurityPolicy) {

  private static final List<String> STYLES = List.of("base", "shell", "grid", "views");

  /** Callees first, because a class must be defined before another extends or creates it. */
  private static final List<String> SCRIPTS =
      List.of(
          "format",
          "dom",
          "store",
          "stream",
          "router",
          "chart",
          "grid",
          "tiles",
          "overview",
          "callrows",
          "calls",
          "tree",
          "detail",
          "call",
          "cost",
          "golden",
          "policies",
          "controls",
          "dialogs",
          "export",
          "shell",
          "main");

  /** All files share one scope in the page, where they can import nothing from each other. */
  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;\n");

  private static final Pattern EXPORT = Pattern.compile("(?m)^export ");
  private static final Pattern DOC_COMMENT = Pattern.compile("(?ms)^ */\\*\\*.*?\\*/\n");
  private static final Pattern INDENT = Pattern.compile("(?m)^ +");
  private static final Pattern BLANK_LINES = Pattern.compile("\n{2,}");

  private static final class Once {
    static final ConsolePage PAGE = assemble();
  }

  /** Returns the page, which is put together at the first call. */
  static ConsolePage get() {
    return Once.PAGE;
  }

  /** Puts the page together. */
  static ConsolePage assemble() {
    String style = concatenate(STYLES, ".css");
    String script = concatenate(SCRIPTS, ".js");
    String html = file("page.html").replace("${style}", style).replace("${script}", script);
    return new ConsolePage(html, policy(style, script));
  }

  private static String concatenate(List<String> names, String ending) {
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      all.append(compact(file(name + ending)));
    }
    return all.toString();
  }

  private static String compact(String text) {
    String local = EXPORT.matcher(IMPORT.matcher(text).replaceAll("")).replaceAll("");
    String code = DOC_COMMENT.matcher(local).replaceAll("");
    return BLANK_LINES.matcher(INDENT.matcher(code).replaceAll("")).replaceAll("\n");
  }

  /** A browser counts a line break as one line feed, so the hashes need that form, too. */
  private static String file(String name) {
    try (InputStream file = ConsolePage.class.getResourceAsStream("page/" + name)) {
      if (file == null) {
        throw new IllegalStateException("page/" + name + " is missing in the console's jar");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String policy(String style, String script) {
    return "default-src 'none'; script-src "
        + hash(script)
        + "; style-src "
        + hash(style)
        + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
        + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
