package io.gild.observability;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.CallKind;
import io.gild.core.spi.MeterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.ToDoubleFunction;

/** The tokens of one model under the names of the conventions 0.1.0. Thread-safe. */
final class InferenceTokens {

  private static final String AUDIO = "audio";

  /** Providers report the tokens of audio alone; the rest may be text or images. */
  private static final String REST = "unknown";

  private record Amount(ToDoubleFunction<Usage> of, DoubleConsumer recorder) {}

  private final List<Amount> amounts = new ArrayList<>();

  private InferenceTokens() {}

  static InferenceTokens of(
      MicrometerMeters meters,
      SemanticConventions conventions,
      CallKind kind,
      List<String> values) {
    InferenceTokens tokens = new InferenceTokens();
    if (!conventions.hasNew()) {
      return tokens;
    }
    if (kind != CallKind.CHAT) {
      tokens.summed(meters, ObservabilityMeter.EMBEDDINGS_INPUT, values, TokenKind.INPUT);
      return tokens;
    }
    tokens.summed(meters, ObservabilityMeter.OPERATION_INPUT, values, TokenKind.INPUT);
    tokens.summed(meters, ObservabilityMeter.OPERATION_OUTPUT, values, TokenKind.OUTPUT);
    tokens.counted(
        meters, ObservabilityMeter.INFERENCE_INPUT, values, AUDIO, TokenKind.INPUT_AUDIO);
    tokens.rest(meters, ObservabilityMeter.INFERENCE_INPUT, values, false);
    tokens.counted(
        meters, ObservabilityMeter.INFERENCE_OUTPUT, values, AUDIO, TokenKind.OUTPUT_AUDIO);
    tokens.rest(meters, ObservabilityMeter.INFERENCE_OUTPUT, values, true);
    tokens.counted(
        meters, ObservabilityMeter.INFERENCE_CACHE_READ, values, REST, TokenKind.CACHED_INPUT);
    tokens.counted(
        meters, ObservabilityMeter.INFERENCE_CACHE_WRITE, values, REST, TokenKind.CACHE_WRITE);
    tokens.counted(
        meters, ObservabilityMeter.INFERENCE_REASONING, values, REST, TokenKind.REASONING);
    return tokens;
  }

  private void summed(
      MicrometerMeters meters, ObservabilityMeter meter, List<String> values, TokenKind kind) {
    add(usage -> usage.get(kind), meters.summary(meter.spec(), values)::record);
  }

  private void counted(
      MicrometerMeters meters,
      ObservabilityMeter meter,
      List<String> values,
      String modality,
      TokenKind kind) {
    add(usage -> usage.get(kind), counter(meters, meter.spec(), values, modality));
  }

  private void rest(
      MicrometerMeters meters, ObservabilityMeter meter, List<String> values, boolean output) {
    TokenKind whole = output ? TokenKind.OUTPUT : TokenKind.INPUT;
    TokenKind audio = output ? TokenKind.OUTPUT_AUDIO : TokenKind.INPUT_AUDIO;
    add(
        usage -> Math.max(0, usage.get(whole) - usage.get(audio)),
        counter(meters, meter.spec(), values, REST));
  }

  private static DoubleConsumer counter(
      MicrometerMeters meters, MeterSpec spec, List<String> values, String modality) {
    return meters.counter(spec, MethodMeters.with(values, modality))::increment;
  }

  private void add(ToDoubleFunction<Usage> of, DoubleConsumer recorder) {
    amounts.add(new Amount(of, recorder));
  }

  void record(Usage usage) {
    for (Amount amount : amounts) {
      amount.recorder().accept(amount.of().applyAsDouble(usage));
    }
  }
}
