package io.gild.memory;

import java.util.Set;

/** Words that turn a statement into its opposite or end it, in common languages. */
final class Negations {

  private static final Set<String> WORDS =
      Set.of(
          "no",
          "not",
          "never",
          "none",
          "nothing",
          "neither",
          "nor",
          "without",
          "cannot",
          "longer",
          "anymore",
          "hardly",
          "except",
          "former",
          "formerly",
          "unless",
          "until",
          "but",
          "if",
          "stop",
          "stopped",
          "used",
          "refuse",
          "refused",
          "nicht",
          "kein",
          "keine",
          "keinen",
          "keinem",
          "keiner",
          "nie",
          "niemals",
          "ohne",
          "außer",
          "mehr",
          "nichts",
          "ne",
          "pas",
          "jamais",
          "rien",
          "sans",
          "aucun",
          "aucune",
          "plus",
          "nunca",
          "jamás",
          "nada",
          "sin",
          "ningún",
          "ninguna",
          "non",
          "mai",
          "senza",
          "niente",
          "nessun",
          "nessuna",
          "niet",
          "geen",
          "nooit",
          "zonder",
          "não",
          "sem",
          "nenhum",
          "nigdy",
          "bez",
          "żaden",
          "не",
          "нет",
          "никогда",
          "без",
          "ни");

  private Negations() {}

  /** Returns whether a word may change the meaning of a statement that it is added to. */
  static boolean contains(String word) {
    return WORDS.contains(word) || word.indexOf('\'') >= 0;
  }
}
