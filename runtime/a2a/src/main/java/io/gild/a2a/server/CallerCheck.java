package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.AgentCard;
import io.gild.a2a.SecurityScheme;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the tenant of a request by its secret. Only digests of secrets are kept and compared. */
final class CallerCheck {

  private static final String BEARER = "bearer ";

  private final Map<String, String> tenantsByBearer = new HashMap<>();
  private final Map<String, String> tenantsByKey = new HashMap<>();

  CallerCheck(List<A2aCredential> credentials) {
    for (A2aCredential credential : credentials) {
      Map<String, String> tenants =
          credential.kind() == A2aCredential.Kind.BEARER ? tenantsByBearer : tenantsByKey;
      String other = tenants.putIfAbsent(digest(credential.secret()), credential.tenant());
      if (other != null && !other.equals(credential.tenant())) {
        throw new A2aException(
            "the tenants %s and %s must not have the same secret"
                .formatted(other, credential.tenant()));
      }
    }
  }

  /** Returns whether anyone is let in. */
  boolean isOpen() {
    return tenantsByBearer.isEmpty() && tenantsByKey.isEmpty();
  }

  /**
   * Returns the tenant of a request.
   *
   * @return the tenant; empty if anyone is let in
   * @throws A2aException if the request has no secret, or an unknown one
   */
  String tenant(WebRequest request) {
    if (isOpen()) {
      return "";
    }
    String authorization = request.header("Authorization");
    String key = request.header("X-API-Key");
    String tenant = null;
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      tenant = tenantsByBearer.get(digest(authorization.substring(BEARER.length()).trim()));
    } else if (key != null) {
      tenant = tenantsByKey.get(digest(key.trim()));
    }
    if (tenant == null) {
      throw new A2aException(
          A2aErrorCode.UNAUTHENTICATED,
          "the request needs the header Authorization: Bearer TOKEN or X-API-Key: KEY with a"
              + " valid secret");
    }
    return tenant;
  }

  /** Adds to a card how clients authenticate, unless it says so. */
  AgentCard declare(AgentCard card) {
    if (isOpen() || !card.securitySchemes().isEmpty()) {
      return card;
    }
    Map<String, SecurityScheme> schemes = new LinkedHashMap<>();
    @Nullable String description = null;
    if (!tenantsByBearer.isEmpty()) {
      schemes.put("bearer", new SecurityScheme.Http("Bearer", null, description));
    }
    if (!tenantsByKey.isEmpty()) {
      schemes.put("apiKey", new SecurityScheme.ApiKey("header", "X-API-Key", description));
    }
    List<Map<String, List<String>>> requirements =
        schemes.keySet().stream().map(name -> Map.of(name, List.<String>of())).toList();
    return card.toBuilder().security(schemes, requirements).build();
  }

  private static String digest(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256 comes with every JDK", impossible);
    }
  }
}
