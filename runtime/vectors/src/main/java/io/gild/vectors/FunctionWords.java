package io.gild.vectors;

import java.util.Set;

/**
 * English words that join or refer, and say nothing about a subject: pronouns, articles,
 * prepositions, conjunctions, auxiliary verbs, question words. "May" is none of them, because it is
 * a month.
 */
final class FunctionWords {

  private static final Set<String> WORDS =
      Set.of(
          """
          i me my myself we us our ours ourselves you your yours yourself yourselves he him his
          himself she her hers herself it its itself they them their theirs themselves
          what which who whom whose this that these those when where why how
          am is are was were be been being have has had having do does did doing done
          will would shall should can could might must ought cannot
          i'm i've i'd i'll you're you've you'd you'll he'd he'll she'd she'll it'd it'll
          we're we've we'd we'll they're they've they'd they'll
          isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't
          shan't shouldn't can't couldn't mustn't
          a an the and but if or because as until while of at by for with about against between
          into through during before after above below to from up down in out on off over under
          again further then once here there all any both each few more most other some such no
          nor not only own same so than too very
          """
              .strip()
              .split("\\s+"));

  private FunctionWords() {}

  static boolean contain(String word) {
    return WORDS.contains(word);
  }
}
