/**
 * An index of many vectors on Apache Lucene: approximate candidates, compared exactly.
 *
 * <p>It is for partitions of more entries than a {@link io.gild.vectors.FlatVectorIndex} can
 * compare in time, and for indexes that outlive the JVM.
 */
@NullMarked
package io.gild.vectors.lucene;

import org.jspecify.annotations.NullMarked;
