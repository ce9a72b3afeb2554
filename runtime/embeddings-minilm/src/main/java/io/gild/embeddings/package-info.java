/** Compares texts by meaning, with the model all-MiniLM-L6-v2 inside of this JVM. */
@NullMarked
package io.gild.embeddings;

import org.jspecify.annotations.NullMarked;
