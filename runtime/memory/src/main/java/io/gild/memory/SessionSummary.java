package io.gild.memory;

import io.gild.config.Experimental;

/**
 * What the turns that were removed from a session were about.
 *
 * @param text the summary
 * @param number how often the session was summarized; 1 or more
 * @param messages how many messages it stands for; 1 or more
 * @param tokens tokens of its text; zero or more
 */
@Experimental
public record SessionSummary(String text, int number, int messages, int tokens) {}
