package com.acme.served;

import java.util.HashSet;
import java.util.Set;

/** A desk that knows nothing of agents, and fails at the first time that it hears a question. */
public class ServedDesk {

  private final String name;
  private final Set<String> heard = new HashSet<>();

  public ServedDesk(String name) {
    this.name = name;
  }

  /** Makes a desk without a name of its own. */
  public ServedDesk() {
    this("unnamed");
  }

  public synchronized String answer(String question) {
    if (heard.add(question)) {
      throw new IllegalStateException("not yet");
    }
    return name + " on " + question;
  }

  public String ship(String customer, int number) {
    return name + " ships " + number + " to " + customer;
  }

  /** Needs no object. */
  public static String hours(String day) {
    return "open on " + day;
  }
}
