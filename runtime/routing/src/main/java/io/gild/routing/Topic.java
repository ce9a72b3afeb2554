package io.gild.routing;

import java.util.Set;

/** Topics whose words in a prompt say something about how hard it is. */
enum Topic {
  /** Calculating and proving. */
  MATHEMATICS(
      "calculate compute find solve equation sum product integer polynomial matrix "
          + "vector derivative integral probability prime factor divisible group ring field "
          + "subgroup function graph angle triangle radius area volume ratio percent average "
          + "mean variance theorem proof prove roots value maximum minimum expression formula "
          + "remainder"),
  /** Programs. */
  CODE(
      "code program function algorithm python java c++ html javascript implement array "
          + "string list tree node loop pointer stack queue compile runtime output debug "
          + "method class sql api script recursive binary"),
  /** Arguments. */
  LOGIC(
      "premise conclusion argument valid proposition implies symbolization predicate "
          + "truth table sufficient necessary fallacy counterexample consistent follows if "
          + "then unless only"),
  /** Courts and contracts. */
  LAW(
      "court plaintiff defendant contract statute negligence liable crime convicted "
          + "prosecution evidence constitutional jury trial owner sued action state property "
          + "damages police attorney testify testimony admissible motion murder deed tort "
          + "buyer seller"),
  /** Forces, heat, electricity. */
  PHYSICS(
      "force mass velocity acceleration energy electric current voltage charge magnetic "
          + "wave frequency temperature pressure resistance momentum speed light gravity "
          + "circuit power heat object collision potential"),
  /** Money and markets. */
  ECONOMICS(
      "price demand supply cost revenue market curve inflation monetary fiscal interest "
          + "gdp economy output marginal firm equilibrium elastic tax money unemployment "
          + "monopoly profit income spending bank"),
  /** Texts to be written. */
  CREATIVE(
      "write story poem email blog imagine pretend role character describe compose "
          + "draft speech persona act letter creative humor dialogue narrative"),
  /** Explaining and comparing. */
  REASONING(
      "why explain compare analyze analyse evaluate derive prove difference because "
          + "although however unless whether assuming should must which likely except not "
          + "following therefore"),
  /** Patients and cells. */
  MEDICINE(
      "patient disease treatment symptoms gene dna cell protein clinical drug "
          + "chromosome infection cancer diagnosis blood"),
  /** States and wars. */
  HISTORY(
      "century war president treaty empire revolution king religion party policy rights "
          + "political government");

  private final Set<String> words;

  Topic(String words) {
    this.words = Set.of(words.split(" "));
  }

  /** Returns words in lower case. */
  Set<String> words() {
    return words;
  }
}
