package com.acme.boot;

/** Was compiled for weaving, and then not woven: its registry file is a resource of the tests. */
public final class FinalDesk {

  public String answer(String question) {
    return question;
  }
}
