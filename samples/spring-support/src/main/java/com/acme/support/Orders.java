package com.acme.support;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.stereotype.Component;

/** The shop, as the model sees it. */
@Component
public class Orders {

  private final AtomicInteger refunds = new AtomicInteger();

  /** Returns where an order is. */
  @Tool(description = "tells where an order is")
  public String status(String order) {
    return order + " is on its way";
  }

  /** Pays an order back. */
  @Tool(description = "pays an order back")
  public String refund(String order) {
    return order + " refunded, receipt " + refunds.incrementAndGet();
  }
}
