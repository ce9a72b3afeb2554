package com.acme;

import io.gild.annotations.Agent;
import io.gild.annotations.GoldenTask;
import io.gild.annotations.Retry;

/** Needs another bean. */
@Agent(name = "orders", description = "Tells where orders are.")
public class OrderAgent {

  private final Orders orders;

  public OrderAgent(Orders orders) {
    this.orders = orders;
  }

  @GoldenTask(id = "state", input = "12", expected = "Order 12 is shipped.")
  @Retry
  public String where(int order) {
    return "Order " + order + " is " + orders.state() + ".";
  }
}
