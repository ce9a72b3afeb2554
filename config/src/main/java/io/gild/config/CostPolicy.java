package io.gild.config;

/**
 * Counts tokens and money of each call.
 *
 * @param budget name of the budget that pays; empty means none
 * @param model model whose price applies when a call does not report one; empty means unknown
 */
public record CostPolicy(String budget, String model) {}
