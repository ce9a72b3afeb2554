package io.gild.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of one model. A date, a revision, or {@code latest} behind a name, and a provider,
 * gateway or region in front of it leave the model the same; any other word, such as {@code -mini},
 * {@code -tts} or {@code -16k}, is another model.
 */
final class ModelNames {

  private static final String MONTH_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])";
  private static final String DAY = "20\\d\\d" + MONTH_DAY;

  /** What a provider writes behind the name of the same model. */
  private static final Pattern ALIAS =
      Pattern.compile(
          "(?:-20\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])" // gpt-4o-2024-08-06
              + ("|-" + DAY) // claude-3-5-haiku-20241022
              + ("|(?:-v\\d+)?@" + DAY) // Vertex AI: claude-3-5-sonnet-v2@20241022
              + "|@(?:latest|default|00\\d)" // Vertex AI
              + ("|-" + MONTH_DAY) // gpt-4-0613
              + "|-00\\d" // gemini-2.0-flash-001
              + "|-latest"
              + "|-v?\\d+:\\d+(?::\\d+k)?" // Bedrock: -v1:0, -v1:0:200k, openai.gpt-oss-120b-1:0
              + "|-v\\d{1,2}" // Bedrock: anthropic.claude-opus-4-6-v1
              + ")$");

  /** A version such as 4.5 where the model's own name has 4-5. */
  private static final Pattern POINT = Pattern.compile("(?<=\\d)\\.(?=\\d)");

  private static final int MOST_ALIASES = 3;

  private ModelNames() {}

  /**
   * Returns the prefix that prices of a provider have, of its name in OpenTelemetry's conventions.
   */
  static String provider(String name) {
    return switch (name) {
      case "aws.bedrock" -> "bedrock";
      case "azure.ai.openai", "azure.ai.inference" -> "azure";
      case "gcp.gemini", "gcp.vertex_ai", "gcp.gen_ai" -> "google";
      case "x_ai" -> "x-ai";
      case "mistral_ai" -> "mistral";
      default -> name.toLowerCase(Locale.ROOT);
    };
  }

  /** Returns the name without its prefixes, one removed after another; the full name first. */
  static List<String> withoutProvider(String model) {
    List<String> names = new ArrayList<>();
    names.add(model);
    String rest = model;
    for (int cut = providerEnd(rest); cut >= 0; cut = providerEnd(rest)) {
      rest = rest.substring(cut + 1);
      names.add(rest);
    }
    return names;
  }

  /** Returns the names that a model without a provider may be listed under; the best one first. */
  static Set<String> aliases(String model) {
    Set<String> names = new LinkedHashSet<>();
    String name = model;
    addSpellings(name, names);
    for (int i = 0; i < MOST_ALIASES; i++) {
      Matcher alias = ALIAS.matcher(name);
      if (!alias.find() || alias.start() == 0) {
        break;
      }
      name = name.substring(0, alias.start());
      addSpellings(name, names);
    }
    return names;
  }

  private static void addSpellings(String name, Set<String> names) {
    names.add(name);
    String lower = name.toLowerCase(Locale.ROOT);
    names.add(lower);
    if (lower.startsWith("claude-")) {
      names.add(POINT.matcher(lower).replaceAll("-"));
    }
  }

  /** Returns where the provider's name in front ends, or -1. */
  private static int providerEnd(String model) {
    int slash = model.indexOf('/');
    return slash >= 0 ? slash : vendorEnd(model);
  }

  /** Returns the dot behind a vendor or region, as in {@code us.anthropic.}, or -1. */
  private static int vendorEnd(String model) {
    int dot = model.indexOf('.');
    for (int i = 0; i < dot; i++) {
      char c = model.charAt(i);
      if (c != '-' && (c < 'a' || c > 'z')) {
        return -1; // the dot of a version, as in gpt-4.1
      }
    }
    return dot;
  }
}
