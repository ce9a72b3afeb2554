package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.Event;
import org.jspecify.annotations.Nullable;

/**
 * The prompt and the answer of a call that is over, or the arguments and the result of a tool.
 * There is one only where the settings ask for content, and without the secrets and personal data
 * that are recognized.
 *
 * @param method the method
 * @param call number of the call within its runtime, above zero
 * @param failed whether the call failed, and so has no answer
 * @param input complete JSON of what was sent; {@code null} if it could not be read
 * @param output complete JSON of the answer; {@code null} if there is none, or it could not be read
 * @param shortened whether a part was left out because of its size
 */
@Experimental
public record ContentCaptured(
    MethodSpec method,
    long call,
    boolean failed,
    @Nullable String input,
    @Nullable String output,
    boolean shortened)
    implements Event {}
