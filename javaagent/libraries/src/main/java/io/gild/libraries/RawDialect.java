package io.gild.libraries;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A dialect whose answers are HTTP responses that were read completely. */
final class RawDialect extends ModelDialect implements TapedDialect {

  private final ModelDialect plain;
  private final RawService service;

  RawDialect(ModelDialect plain, RawService service) {
    this.plain = plain;
    this.service = service;
  }

  private static @Nullable Object parsed(Object answer) {
    return answer instanceof RawAnswer raw ? raw.parsed() : null;
  }

  private static Object known(Object answer) {
    Object parsed = parsed(answer);
    if (parsed == null) {
      throw new IllegalStateException("the response was not parsed");
    }
    return parsed;
  }

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    return plain.provider(self, arguments);
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    return plain.askedModel(self, arguments);
  }

  @Override
  @Nullable String prompt(@Nullable Object[] arguments) throws Throwable {
    return plain.prompt(arguments);
  }

  @Override
  Object request(@Nullable Object[] arguments) throws Throwable {
    return plain.request(arguments);
  }

  @Override
  boolean understands(String model, String asked) {
    return plain.understands(model, asked);
  }

  @Override
  @Nullable Object[] withModel(@Nullable Object self, @Nullable Object[] arguments, String model)
      throws Throwable {
    return plain.withModel(self, arguments, model);
  }

  @Override
  @Nullable Object[] withInstructions(@Nullable Object[] arguments, String text) throws Throwable {
    return plain.withInstructions(arguments, text);
  }

  @Override
  @Nullable Object[] withPromptCache(
      @Nullable Object self, @Nullable Object[] arguments, PromptCache wanted) throws Throwable {
    return plain.withPromptCache(self, arguments, wanted);
  }

  @Override
  @Nullable Object parametersOf(@Nullable Object[] arguments) {
    return plain.parametersOf(arguments);
  }

  @Override
  Map<String, ?> body(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    return plain.body(self, arguments);
  }

  @Override
  Map<?, ?> bodyOf(Object response) throws Throwable {
    return plain.bodyOf(known(response));
  }

  @Override
  boolean isResponse(Object value) {
    Object parsed = parsed(value);
    return parsed != null && plain.isResponse(parsed);
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    return plain.read(known(response));
  }

  @Override
  @Nullable TapedDialect taped() {
    return plain.taped() == null ? null : this;
  }

  private TapedDialect recorded() {
    return Objects.requireNonNull(plain.taped());
  }

  @Override
  public Map<String, ?> plainRequest(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    return recorded().plainRequest(self, arguments);
  }

  @Override
  public Object plain(Object response) throws Throwable {
    return recorded().plain(known(response));
  }

  @Override
  public Object fromPlain(Object librarySibling, Object answer) throws Throwable {
    return RawAnswer.of(service, recorded().fromPlain(librarySibling, answer));
  }

  @Override
  String text(Object response) throws Throwable {
    return plain.text(known(response));
  }

  @Override
  Object responseOf(Object librarySibling, String text) throws Throwable {
    return RawAnswer.of(service, plain.responseOf(librarySibling, text));
  }
}
