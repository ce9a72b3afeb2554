package com.acme;

import io.gild.annotations.Agent;
import io.gild.annotations.GoldenTask;
import io.gild.annotations.Skill;
import java.util.List;

@Agent(name = "skilled", version = "2.1", description = "Knows orders")
public class SkilledAgent {

  public record Order(String id, int items) {}

  @Skill(description = "Answers questions on orders", tags = {"orders", "support"})
  @GoldenTask(id = "where", input = "Where is 17?", expected = "17")
  @GoldenTask(id = "when", input = "When does 18 come?", expected = "18")
  public String answer(String question) {
    return question;
  }

  @Skill(
      id = "list-orders",
      name = "Order list",
      description = "Lists the orders of a customer",
      examples = "{\"customer\": 7}",
      outputModes = "application/json")
  public List<Order> orders(int customer) {
    return List.of();
  }
}
