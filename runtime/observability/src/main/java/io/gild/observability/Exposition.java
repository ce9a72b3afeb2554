package io.gild.observability;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a scraper requests: a format, names, and whether to compress.
 *
 * @param openMetrics OpenMetrics 1.0.0, with exemplars, rather than Prometheus' format 0.0.4
 * @param gzip whether to compress
 * @param names names of the metrics to write; empty for all
 */
record Exposition(boolean openMetrics, boolean gzip, Set<String> names) {

  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final Pattern SUFFIX = Pattern.compile("_(total|bucket|count|sum|created|info)$");

  /** Copies the names. */
  Exposition {
    names = Set.copyOf(names);
  }

  /**
   * Reads a request.
   *
   * @param accept values of the header {@code Accept}
   * @param encodings values of the header {@code Accept-Encoding}
   * @param query the raw query, possibly with {@code name[]=} several times; {@code null} for none
   */
  static Exposition of(List<String> accept, List<String> encodings, @Nullable String query) {
    double open = quality(accept, OPEN_METRICS, 0);
    double plain = Math.max(quality(accept, "text/plain", 0), quality(accept, "text/*", 0));
    return new Exposition(
        open > 0 && open >= plain, quality(encodings, "gzip", 0) > 0, names(query));
  }

  /** Returns the highest quality of a type in a header; unless absent, 1 if none is given. */
  private static double quality(List<String> header, String type, double absent) {
    double highest = absent;
    for (String value : header) {
      for (String each : value.split(",", -1)) {
        String[] parts = each.strip().toLowerCase(Locale.ROOT).split(";", -1);
        if (parts[0].strip().equals(type) && !isOldOpenMetrics(parts)) {
          highest = Math.max(highest, quality(parts));
        }
      }
    }
    return highest;
  }

  /** A draft of OpenMetrics has the same type, and the version 0.0.1. */
  private static boolean isOldOpenMetrics(String[] parts) {
    for (String part : parts) {
      if (part.strip().equals("version=0.0.1")) {
        return true;
      }
    }
    return false;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("q=")) {
        try {
          return Double.parseDouble(part.substring(2));
        } catch (NumberFormatException unreadable) {
          return 0;
        }
      }
    }
    return 1;
  }

  private static Set<String> names(@Nullable String query) {
    Set<String> names = new HashSet<>();
    if (query == null) {
      return names;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && decoded(pair.substring(0, equals)).equals("name[]")) {
        String name = decoded(pair.substring(equals + 1));
        names.add(name);
        Matcher suffix = SUFFIX.matcher(name);
        if (suffix.find()) {
          names.add(name.substring(0, suffix.start()));
        }
      }
    }
    return names;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  String contentType() {
    return openMetrics
        ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";
  }

  /** Returns the metrics as the scraper requests them. */
  byte[] write(PrometheusMeterRegistry registry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : bytes) {
      if (names.isEmpty()) {
        registry.scrape(out, contentType());
      } else {
        registry.scrape(out, contentType(), names);
      }
    }
    return bytes.toByteArray();
  }
}
