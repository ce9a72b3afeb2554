package io.gild.cdi;

import jakarta.enterprise.context.Dependent;

/** A bean that an agent needs. */
@Dependent
class Clerk {

  String words(String question) {
    return "answer to " + question;
  }
}
