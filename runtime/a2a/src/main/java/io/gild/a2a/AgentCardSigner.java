package io.gild.a2a;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies cards: JSON Web Signatures (RFC 7515) over the canonical JSON (RFC 8785) of
 * the card without its signatures and default values. Safe for use by many threads.
 */
@Experimental
public final class AgentCardSigner {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /** How a card is signed. */
  public enum Algorithm {
    /** ECDSA on the curve P-256 with SHA-256. */
    ES256("SHA256withECDSAinP1363Format", "EC"),
    /** RSA with SHA-256 and the padding of PKCS #1. */
    RS256("SHA256withRSA", "RSA");

    private final String jdkName;
    private final String keyType;

    Algorithm(String jdkName, String keyType) {
      this.jdkName = jdkName;
      this.keyType = keyType;
    }
  }

  private final Algorithm algorithm;
  private final PrivateKey key;
  private final String keyId;
  private final @Nullable String keySetUrl;

  /**
   * Creates a signer.
   *
   * @param algorithm the algorithm
   * @param key the private key, of the algorithm's type
   * @param keyId the name of the key, which clients find the public key by; not empty
   * @param keySetUrl where the public keys are published, or {@code null}
   * @throws IllegalArgumentException if the key is of another type
   */
  public AgentCardSigner(
      Algorithm algorithm, PrivateKey key, String keyId, @Nullable String keySetUrl) {
    if (!key.getAlgorithm().equals(algorithm.keyType)) {
      throw new IllegalArgumentException(
          "the key for %s must be of type %s, but is of type %s"
              .formatted(algorithm, algorithm.keyType, key.getAlgorithm()));
    }
    this.algorithm = algorithm;
    this.key = key;
    this.keyId = A2aValues.notEmpty(keyId, "keyId");
    this.keySetUrl = keySetUrl;
  }

  /**
   * Signs a card.
   *
   * @param card a card that is complete
   * @return the card with one more signature
   * @throws A2aException if the key cannot sign
   */
  public AgentCard sign(AgentCard card) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", algorithm.name());
    header.put("typ", "JOSE");
    header.put("kid", keyId);
    if (keySetUrl != null) {
      header.put("jku", keySetUrl);
    }
    String signedHeader = encode(Json.write(header));
    try {
      Signature signature = Signature.getInstance(algorithm.jdkName);
      signature.initSign(key);
      signature.update(input(signedHeader, A2aJson.writeCard(card)));
      List<AgentCardSignature> signatures = new ArrayList<>(card.signatures());
      signatures.add(
          new AgentCardSignature(signedHeader, ENCODER.encodeToString(signature.sign()), Map.of()));
      return card.toBuilder().signatures(signatures).build();
    } catch (GeneralSecurityException failure) {
      throw new A2aException("cannot sign the card of " + card.name() + ": " + failure, failure);
    }
  }

  /**
   * Returns whether a card has a signature of a key.
   *
   * @param card the card as it was read, with all its fields
   * @param keyId the name of the key
   * @param key the public key
   * @return whether one of the signatures names the key and is valid
   */
  public static boolean isSigned(Map<?, ?> card, String keyId, PublicKey key) {
    AgentCard read = A2aJson.card(card);
    return read.signatures().stream().anyMatch(each -> isValid(each, card, keyId, key));
  }

  private static boolean isValid(
      AgentCardSignature signature, Map<?, ?> card, String keyId, PublicKey key) {
    try {
      Map<?, ?> header = header(signature);
      Algorithm algorithm = Algorithm.valueOf(String.valueOf(header.get("alg")));
      if (!keyId.equals(header.get("kid")) || !algorithm.keyType.equals(key.getAlgorithm())) {
        return false;
      }
      Signature verifier = Signature.getInstance(algorithm.jdkName);
      verifier.initVerify(key);
      verifier.update(input(signature.protectedHeader(), card));
      return verifier.verify(Base64.getUrlDecoder().decode(signature.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException invalid) {
      return false; // of an unknown algorithm, or damaged
    }
  }

  /**
   * Returns the signed header of a signature, which names the algorithm and the key.
   *
   * @param signature the signature
   * @return the header
   * @throws IllegalArgumentException if it is not Base64 of a JSON object
   */
  public static Map<?, ?> header(AgentCardSignature signature) {
    byte[] text = Base64.getUrlDecoder().decode(signature.protectedHeader());
    if (Json.read(new String(text, StandardCharsets.UTF_8)) instanceof Map<?, ?> header) {
      return header;
    }
    throw new IllegalArgumentException("the protected header must be a JSON object");
  }

  private static byte[] input(String header, Map<?, ?> card) {
    return (header + "." + encode(CardPayload.of(card))).getBytes(StandardCharsets.US_ASCII);
  }

  private static String encode(String text) {
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
