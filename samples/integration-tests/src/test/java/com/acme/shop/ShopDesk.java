package com.acme.shop;

/** An agent that knows nothing of Gild. */
public class ShopDesk {

  /** Answers a customer. */
  public String answer(String customer, String question) {
    return "old to " + question;
  }
}
