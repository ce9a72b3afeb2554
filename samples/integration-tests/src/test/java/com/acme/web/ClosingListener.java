package com.acme.web;

import io.gild.core.GildRuntime;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Closes Gild with the web application that carries it. */
public final class ClosingListener implements ServletContextListener {

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    GildRuntime.global().close();
  }
}
