package io.gild.semantic;

import java.util.List;

/** Describes in numbers how likely the nearest earlier question has the answer of a new one. */
final class PairFeatures {

  /** The number of features. */
  static final int COUNT = 20;

  private static final int AGREEING = 5;
  private static final double SHARPNESS = 12;
  private static final double RARITY_SCALE = 8;
  private static final double NONE = 1e-9;

  private PairFeatures() {}

  /** Returns the features of a question and its neighbours, the nearest one first. */
  static <V> float[] of(
      ComparedQuestion question, List<Neighbour<V>> neighbours, WordCounts counts) {
    Neighbour<V> first = neighbours.get(0);
    AnswerGroup group = first.entry().group();
    double other = 0;
    int same = 0;
    int agreeing = 0;
    double vote = 0;
    double votes = 0;
    for (int i = 0; i < neighbours.size(); i++) {
      Neighbour<V> each = neighbours.get(i);
      double weight = Math.exp(SHARPNESS * (each.similarity() - first.similarity()));
      votes += weight;
      if (each.entry().group() == group) {
        same++;
        agreeing += i < AGREEING ? 1 : 0;
        vote += weight;
      } else if (other == 0) {
        other = each.similarity();
      }
    }
    double nearest = first.similarity();
    float[] features = new float[COUNT];
    features[0] = 1;
    features[1] = (float) nearest;
    features[2] = (float) (nearest - other);
    features[3] = (float) agreeing / AGREEING;
    features[4] = (float) (vote / votes);
    features[5] = (float) (nearest * vote / votes);
    features[6] = Math.min(same, 10) / 10f;
    features[7] = (float) neighbours.get(Math.min(2, neighbours.size() - 1)).similarity();
    features[8] = (float) (nearest - first.entry().near());
    features[9] = (float) group.rightShare();
    features[10] = (float) first.entry().rightShare();
    words(question, neighbours, counts, features);
    return features;
  }

  private static <V> void words(
      ComparedQuestion question,
      List<Neighbour<V>> neighbours,
      WordCounts counts,
      float[] features) {
    ComparedQuestion candidate = neighbours.get(0).entry().question();
    int known = 0;
    int repeated = 0;
    for (long word : question.content()) {
      known += covered(word, neighbours) ? 1 : 0;
      repeated += candidate.contains(word) ? 1 : 0;
    }
    features[18] = (float) known / question.content().length;
    features[19] = (float) repeated / question.content().length;
    double all = NONE;
    double common = 0;
    double covered = 0;
    double fresh = 0;
    double rarest = 0;
    for (long word : question.words()) {
      double rarity = counts.rarity(word);
      all += rarity;
      common += candidate.contains(word) ? rarity : 0;
      fresh += counts.isNew(word) ? rarity : 0;
      if (covered(word, neighbours)) {
        covered += rarity;
      } else {
        rarest = Math.max(rarest, rarity);
      }
    }
    double others = NONE;
    double othersRarest = 0;
    for (long word : candidate.words()) {
      double rarity = counts.rarity(word);
      others += rarity;
      othersRarest = question.contains(word) ? othersRarest : Math.max(othersRarest, rarity);
    }
    features[11] = (float) (common / all);
    features[12] = (float) (common / others);
    features[13] = (float) (covered / all);
    features[14] = (float) (rarest / RARITY_SCALE);
    features[15] = (float) (fresh / all);
    features[16] = (float) (othersRarest / RARITY_SCALE);
    int longer = Math.max(question.words().length, candidate.words().length);
    features[17] = (float) Math.abs(question.words().length - candidate.words().length) / longer;
  }

  /** Returns whether one of the first questions of the nearest one's answer has a word. */
  private static <V> boolean covered(long word, List<Neighbour<V>> neighbours) {
    AnswerGroup group = neighbours.get(0).entry().group();
    int compared = 0;
    for (Neighbour<V> each : neighbours) {
      if (each.entry().group() == group && compared++ < AGREEING) {
        if (each.entry().question().contains(word)) {
          return true;
        }
      }
    }
    return false;
  }
}
