package io.gild.semantic;

/**
 * What the model's answer showed about an answer that could have been repeated.
 *
 * @param features of the question and its neighbours
 * @param wrong whether the repeated answer would have been wrong
 * @param novel whether no neighbour's answer would have been right
 * @param weight how many requests it stands for; 1 or more
 * @param request number of the request
 */
record CalibrationLabel(
    float[] features, boolean wrong, boolean novel, float weight, long request) {

  /** Returns the same label of a request with another number. */
  CalibrationLabel at(long number) {
    return new CalibrationLabel(features, wrong, novel, weight, number);
  }
}
