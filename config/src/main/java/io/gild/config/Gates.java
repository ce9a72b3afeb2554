package io.gild.config;

/**
 * Shares of golden tasks that must pass before a version moves on.
 *
 * @param devToStaging share from 0 to 1 that opens the way to staging
 * @param stagingToProduction share from 0 to 1 that opens the way to production
 * @param production share from 0 to 1 that must hold in production
 */
public record Gates(double devToStaging, double stagingToProduction, double production) {

  /** Checks the values. */
  public Gates {
    Require.between(0, 1, devToStaging, "dev-to-staging");
    Require.between(0, 1, stagingToProduction, "staging-to-production");
    Require.between(0, 1, production, "production");
  }
}
