package io.gild.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The console's page, with the policy that lets a browser run its own script and style and nothing
 * else.
 *
 * @param body the page
 * @param type its media type
 * @param contentSecurityPolicy what a browser may load and run
 */
record PageFile(byte[] body, String type, String contentSecurityPolicy) {

  private static final Pattern INLINE =
      Pattern.compile("<(script|style)\\b[^>]*>(.*?)</\\1>", Pattern.DOTALL);

  /** Reads the page that comes with the module. */
  static PageFile read() {
    try (InputStream page = PageFile.class.getResourceAsStream("page/console.html")) {
      return page == null ? note() : of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      return note();
    }
  }

  private static PageFile note() {
    return new PageFile(
        "The console's page is missing from this jar; /v1/state has its data.\n"
            .getBytes(StandardCharsets.UTF_8),
        "text/plain; charset=utf-8",
        "default-src 'none'");
  }

  static PageFile of(String html) {
    StringBuilder scripts = new StringBuilder();
    StringBuilder styles = new StringBuilder();
    Matcher inline = INLINE.matcher(html);
    while (inline.find()) {
      (inline.group(1).equals("script") ? scripts : styles)
          .append(" 'sha256-")
          .append(hash(inline.group(2)))
          .append('\'');
    }
    String policy =
        "default-src 'none'; script-src"
            + (scripts.isEmpty() ? " 'none'" : scripts)
            + "; style-src"
            + (styles.isEmpty() ? " 'none'" : styles)
            + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";
    return new PageFile(html.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8", policy);
  }

  private static String hash(String text) {
    try {
      // A browser hashes the text after it made one line feed of each line end.
      byte[] bytes =
          text.replace("\r\n", "\n").replace('\r', '\n').getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
