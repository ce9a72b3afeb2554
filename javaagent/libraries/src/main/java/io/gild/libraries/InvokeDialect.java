package io.gild.libraries;

import io.gild.config.Json;
import io.gild.config.TokenKind;
import io.gild.weaver.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bedrock's {@code InvokeModelRequest} and its answers, whose bodies are the vendor's. */
final class InvokeDialect extends ModelDialect {

  private static final String MODEL = "software.amazon.awssdk.services.bedrockruntime.model.";
  private static final String RESPONSE = MODEL + "InvokeModelResponse";
  private static final String BYTES = "software.amazon.awssdk.core.SdkBytes";

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) {
    return "aws.bedrock";
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    return Foreign.word(arguments[0], "modelId");
  }

  @Override
  @Nullable String prompt(@Nullable Object[] arguments) throws Throwable {
    return InvokeBody.of(arguments[0], "body").prompt();
  }

  /** Another vendor's model would not understand the body. */
  @Override
  boolean understands(String model, String asked) {
    return vendor(model).equals(vendor(asked));
  }

  @Override
  @Nullable Object[] withModel(@Nullable Object self, @Nullable Object[] arguments, String model)
      throws Throwable {
    return Builders.with(arguments, "modelId", model);
  }

  /** Reads the vendor in names such as {@code us.anthropic.claude-3-5-haiku-20241022-v1:0}. */
  private static String vendor(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1);
    String[] words = name.split("\\.");
    if (words.length < 2) {
      return "";
    }
    return words.length > 2 && words[0].length() <= "global".length() ? words[1] : words[0];
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, RESPONSE);
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    InvokeBody body = InvokeBody.of(response, "body");
    Object http = Foreign.read(response, "sdkHttpResponse");
    return new ReadAnswer(
        ReadAnswer.UNKNOWN_MODEL,
        body.counts().fill(headers(http)).usage(),
        body.reason(),
        body.tools());
  }

  /** Bedrock also counts in its headers, for bodies without counts. */
  static ReportedTokens headers(@Nullable Object http) {
    return new ReportedTokens()
        .set(TokenKind.INPUT, header(http, "Input"))
        .set(TokenKind.OUTPUT, header(http, "Output"));
  }

  private static @Nullable Long header(@Nullable Object http, String side) {
    try {
      String name = "X-Amzn-Bedrock-" + side + "-Token-Count";
      Object value =
          http == null ? null : Foreign.read(Foreign.call(http, "firstMatchingHeader", name));
      return value == null ? null : (Long) Long.parseLong(value.toString());
    } catch (Throwable unreadable) {
      return null;
    }
  }

  /** The chunks of a streamed answer; Anthropic's counts at its end cover all chunks so far. */
  private static final class Chunks extends ModelChunks {

    private boolean unknown;

    @Override
    void add(Object chunk) throws Throwable {
      InvokeBody body = InvokeBody.of(chunk, "bytes");
      tools.addAll(body.tools());
      take(null, body.reason());
      tokens.takeCumulative(body.counts()).fill(body.metrics());
      unknown |= !body.isKnownChunk();
      ended |= body.isLast();
    }

    /** The last event is known only for some vendors. */
    @Override
    boolean isEnded(@Nullable Boolean decoded) {
      return ended || unknown;
    }
  }

  @Override
  ModelChunks chunks(@Nullable Object self, @Nullable Object[] arguments) {
    return new Chunks();
  }

  @Override
  List<?> chunksOf(Object librarySibling, String text) throws Throwable {
    List<Object> chunks = new ArrayList<>();
    String model = Foreign.text(librarySibling, "modelId");
    for (Map<String, Object> json : InvokeBody.of(librarySibling, "body").chunks(text, model)) {
      Object chunk = Foreign.make(librarySibling, MODEL + "ResponseStream", "chunkBuilder");
      Foreign.call(chunk, "bytes", bytes(librarySibling, json));
      chunks.add(Foreign.call(chunk, "build"));
    }
    return chunks;
  }

  private static Object bytes(Object librarySibling, Map<String, Object> json) throws Throwable {
    return Foreign.make(librarySibling, BYTES, "fromUtf8String", Json.write(json));
  }

  @Override
  String text(Object response) throws Throwable {
    return InvokeBody.of(response, "body").text();
  }

  @Override
  Object responseOf(Object librarySibling, String text) throws Throwable {
    Object response = Foreign.make(librarySibling, RESPONSE, "builder");
    String model = Foreign.text(librarySibling, "modelId");
    Map<String, Object> answer = InvokeBody.of(librarySibling, "body").answer(text, model);
    Foreign.call(response, "body", bytes(librarySibling, answer));
    Foreign.call(response, "contentType", "application/json");
    return Foreign.call(response, "build");
  }
}
