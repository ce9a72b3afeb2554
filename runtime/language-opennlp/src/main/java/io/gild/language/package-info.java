/** Detects the language of answers, with the detector of Apache OpenNLP (103 languages). */
@NullMarked
package io.gild.language;

import org.jspecify.annotations.NullMarked;
