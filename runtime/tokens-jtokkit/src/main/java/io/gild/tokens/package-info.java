/** Counts tokens as the tokenizers of OpenAI's models do, inside of this JVM. */
@NullMarked
package io.gild.tokens;

import org.jspecify.annotations.NullMarked;
