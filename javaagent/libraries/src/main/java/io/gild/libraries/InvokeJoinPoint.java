package io.gild.libraries;

import io.gild.weaver.spi.JoinPoint;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** Bedrock's {@code invokeModel}, whose body requests a text or an embedding. */
final class InvokeJoinPoint implements JoinPoint {

  private final JoinPoint texts;
  private final JoinPoint embeddings;

  InvokeJoinPoint(JoinPoint texts, JoinPoint embeddings) {
    this.texts = texts;
    this.embeddings = embeddings;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable {
    return (InvokeBody.embeds(arguments[0]) ? embeddings : texts).enter(self, arguments, handle);
  }
}
