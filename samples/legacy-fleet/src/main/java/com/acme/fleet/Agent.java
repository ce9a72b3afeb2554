package com.acme.fleet;

/**
 * One agent of a fleet.
 *
 * @param module a folder of the project, and the last part of its package
 * @param type the simple name of its class, which other modules may have, too
 * @param shape how it calls its model
 * @param style how its file is written
 * @param round counts the agents of its shape
 * @param latin1 whether its module is written in ISO-8859-1
 */
public record Agent(
    String module, String type, Shape shape, Style style, int round, boolean latin1) {

  /** Returns the name by which {@link FleetMain} calls it, such as {@code claims/RefundDesk}. */
  public String name() {
    return module + "/" + type;
  }

  String packageName() {
    return "com.acme." + module;
  }
}
