/**
 * Settings: {@code gild.yaml} over shipped defaults, bound to validated records.
 *
 * <p>Every policy is a plain record here, so that annotations, YAML and builders use the same
 * words.
 */
@NullMarked
package io.gild.config;

import org.jspecify.annotations.NullMarked;
