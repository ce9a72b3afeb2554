package io.gild.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param suites what to measure, at least one
 * @param effort how much is measured
 * @param only the prefix of the comparisons to run; empty means all
 * @param json file for the figures, or {@code null} for none
 * @param conversations file of conversations with questions, for memory; {@code null} for none
 * @param stream file of questions with their intents, for the semantic cache; {@code null} for none
 * @param trace file of requests with their times and tokens, for token limits; {@code null} for
 *     none
 * @param queries file of a log of queries, for the exact cache; {@code null} for none
 * @param router file of questions with the results of two models, for routing; {@code null} for
 *     none
 */
record BenchmarkOptions(
    List<String> suites,
    Effort effort,
    String only,
    @Nullable Path json,
    @Nullable Path conversations,
    @Nullable Path stream,
    @Nullable Path trace,
    @Nullable Path queries,
    @Nullable Path router) {}
