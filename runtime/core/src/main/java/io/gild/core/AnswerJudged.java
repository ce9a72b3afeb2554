package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.Event;

/**
 * An answer was judged from outside of its call, such as by a golden task.
 *
 * @param method the method that answered
 * @param prompt the prompt; subscribers learn from it at once and must not keep it
 * @param model the model that was chosen or that answered
 * @param good whether the answer was good
 */
@Experimental
public record AnswerJudged(MethodSpec method, String prompt, String model, boolean good)
    implements Event {}
