package io.gild.cost.spi;

import io.gild.config.Experimental;

/**
 * What is spent and reserved of an account.
 *
 * @param account the account
 * @param spentNanoUsd what was spent, in billionths of a US dollar
 * @param reservedNanoUsd what running calls may still spend, in billionths of a US dollar
 */
@Experimental
public record BudgetBalance(BudgetAccount account, long spentNanoUsd, long reservedNanoUsd) {}
