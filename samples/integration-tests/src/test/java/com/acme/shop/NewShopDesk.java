package com.acme.shop;

/** Its next version. */
public class NewShopDesk {

  /** Answers a customer. */
  public String answer(String customer, String question) {
    if (question.equals("broken")) {
      throw new IllegalStateException("broken");
    }
    return "new to " + question;
  }
}
