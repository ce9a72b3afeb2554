package io.gild.cost;

import io.gild.config.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes the names of shared answers, and encrypts the answers. Names cannot be guessed without the
 * key, and an answer can be read only under its own name. Thread-safe.
 */
final class AnswerKey {

  /** Bytes of a key. */
  static final int LENGTH = 32;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte CLEAR = 0;
  private static final byte AES_GCM = 1;
  private static final String HMAC = "HmacSHA256";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String id;
  private final byte @Nullable [] names;
  private final byte @Nullable [] values;

  private AnswerKey(String id, byte @Nullable [] names, byte @Nullable [] values) {
    this.id = id;
    this.names = names;
    this.values = values;
  }

  /** Returns what stands for a key if answers are not encrypted. */
  static AnswerKey none() {
    return new AnswerKey("clear", null, null);
  }

  /**
   * Creates a key.
   *
   * @param id names it in the store; is not secret
   * @param secret {@value #LENGTH} random bytes
   */
  static AnswerKey of(String id, byte[] secret) {
    return new AnswerKey(
        "key-" + id,
        hmac(secret, "gild cached answers: names".getBytes(StandardCharsets.UTF_8)),
        hmac(secret, "gild cached answers: values".getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the digest of a canonical form, in hexadecimal digits. */
  String digest(byte[] form) {
    byte[] digest = names == null ? sha256(form) : hmac(names, form);
    return HexFormat.of().formatHex(digest);
  }

  /** Returns the name under which the store knows the key. */
  String id() {
    return id;
  }

  /** Encrypts an answer for one name. */
  byte[] seal(byte[] answer, byte[] name) {
    if (values == null) {
      return ByteBuffer.allocate(1 + answer.length).put(CLEAR).put(answer).array();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, values, nonce, name).doFinal(answer);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(AES_GCM)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Decrypts an answer.
   *
   * @throws NotShareable if it was not encrypted by this key for this name
   */
  byte[] open(byte[] sealed, byte[] name) {
    byte expected = values == null ? CLEAR : AES_GCM;
    if (sealed.length == 0 || sealed[0] != expected) {
      throw new NotShareable(
          "it is not " + (values == null ? "in clear" : "encrypted") + " as expected");
    }
    if (values == null) {
      return Arrays.copyOfRange(sealed, 1, sealed.length);
    }
    int start = 1 + NONCE_BYTES;
    if (sealed.length < start + TAG_BITS / Byte.SIZE) {
      throw new NotShareable("it is too short");
    }
    try {
      byte[] nonce = Arrays.copyOfRange(sealed, 1, start);
      return cipher(Cipher.DECRYPT_MODE, values, nonce, name)
          .doFinal(sealed, start, sealed.length - start);
    } catch (GeneralSecurityException failure) {
      throw new NotShareable("it was changed, or encrypted for another question");
    }
  }

  /** Each name has a key of its own, so that random nonces never repeat under one. */
  private static Cipher cipher(int mode, byte[] values, byte[] nonce, byte[] name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(hmac(values, name), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name);
    return cipher;
  }

  private static byte[] hmac(byte[] key, byte[] input) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(input);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return Printable.of(id);
  }
}
