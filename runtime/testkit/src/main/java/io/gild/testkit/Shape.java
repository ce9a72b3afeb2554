package io.gild.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An answer as it is sent over the wire.
 *
 * @param text the whole body; in Amazon's event streams, each character is one byte
 * @param packets the parts that are sent separately; empty if the body is sent at once
 */
record Shape(
    String type,
    String text,
    List<byte[]> packets,
    boolean streamed,
    long inputTokens,
    long outputTokens) {

  static Shape whole(Dice dice, ObjectNode object, TokenSum tokens) {
    String json = dice.json(object);
    String padded = dice.chance(10) ? "\r\n " + json + "\n" : json;
    return new Shape("application/json", padded, List.of(), false, tokens.input(), tokens.output());
  }

  static Shape stream(Dice dice, String type, String body, TokenSum tokens) {
    Charset charset =
        type.startsWith("application/vnd") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    return new Shape(
        type, body, packets(dice, body.getBytes(charset)), true, tokens.input(), tokens.output());
  }

  /** Cuts bytes anywhere, also within characters and line ends. */
  private static List<byte[]> packets(Dice dice, byte[] bytes) {
    int most = dice.pick(7, 60, 700, 100_000);
    List<byte[]> packets = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + dice.below(most));
      packets.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return packets;
  }
}
