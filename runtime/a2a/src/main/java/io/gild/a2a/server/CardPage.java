package io.gild.a2a.server;

import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aVersion;
import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentInterface;
import io.gild.config.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A card as it is served.
 *
 * @param card the card, with its addresses
 * @param text its JSON
 * @param etag changes with the text
 * @param modified when the card was made, in the form of HTTP
 */
record CardPage(AgentCard card, String text, String etag, String modified) {

  private static final String CACHE = "public, max-age=300";

  /** Adds the addresses below a base, unless the card has its own. */
  static CardPage of(
      AgentCard card, String base, boolean both, UnaryOperator<AgentCard> signer, Instant now) {
    AgentCard complete =
        card.interfaces().isEmpty() ? card.toBuilder().interfaces(interfaces(base)).build() : card;
    AgentCard signed = signer.apply(complete);
    String text =
        Json.write(both ? A2aJson.writeCardOfBothVersions(signed) : A2aJson.writeCard(signed));
    String modified = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    return new CardPage(complete, text, "\"" + digest(text) + "\"", modified);
  }

  private static List<AgentInterface> interfaces(String base) {
    return List.of(
        AgentInterface.of(base, AgentInterface.JSON_RPC, A2aVersion.V1_0),
        AgentInterface.of(base, AgentInterface.HTTP_JSON, A2aVersion.V1_0),
        AgentInterface.of(base, AgentInterface.JSON_RPC, A2aVersion.V0_3));
  }

  void serve(WebRequest request, WebAnswer answer) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      answer.send(
          405,
          Map.of("Allow", "GET, HEAD", "Content-Type", "text/plain"),
          "The method must be GET.");
      return;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", etag);
    headers.put("Last-Modified", modified);
    headers.put("Cache-Control", CACHE);
    if (isKnown(request)) {
      answer.send(304, headers, "");
    } else {
      headers.putAll(WebAnswer.JSON);
      answer.send(200, headers, text);
    }
  }

  private boolean isKnown(WebRequest request) {
    String known = request.header("If-None-Match");
    if (known == null) {
      return false;
    }
    for (String tag : known.split(",")) {
      String plain = tag.trim();
      if (plain.equals("*") || plain.equals(etag) || plain.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256 comes with every JDK", impossible);
    }
  }
}
