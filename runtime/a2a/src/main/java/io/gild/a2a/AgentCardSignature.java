package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.Map;

/**
 * A signature of a card, in the form of a JSON Web Signature (RFC 7515); immutable.
 *
 * @param protectedHeader the signed header, in Base64 for URLs; not empty
 * @param signature the signature, in Base64 for URLs; not empty
 * @param header the header that is not signed
 */
@Experimental
public record AgentCardSignature(
    String protectedHeader, String signature, Map<String, Object> header) {

  /** Checks and copies. */
  public AgentCardSignature {
    A2aValues.notEmpty(protectedHeader, "protected");
    A2aValues.notEmpty(signature, "signature");
    header = A2aValues.object(header);
  }
}
