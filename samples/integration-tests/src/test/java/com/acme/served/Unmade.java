package com.acme.served;

/** An agent that only its application can make. */
public class Unmade {

  private final String name;

  public Unmade(String name) {
    this.name = name;
  }

  public String answer(String question) {
    return name + " on " + question;
  }
}
