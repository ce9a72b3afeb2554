package com.acme;

/** The next version of {@link ModelDesk}, which asks no model. */
public class ShortDesk {

  /** Answers in one word. */
  public String answer(String question) {
    return "short " + question;
  }

  /** Answers while it holds its monitor. */
  public synchronized String locked(String text) {
    return "short " + text;
  }
}
