package io.gild.judging;

/**
 * The levels of one criterion.
 *
 * @param fail its share of the false-rollback rate
 * @param pass the false-pass rate
 */
record Levels(double fail, double pass) {

  double logRequired() {
    return -Math.log(fail);
  }

  double logRequiredToPass() {
    return -Math.log(pass);
  }
}
