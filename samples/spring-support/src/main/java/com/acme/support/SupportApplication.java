package com.acme.support;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. */
@SpringBootApplication
public class SupportApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(SupportApplication.class, arguments);
  }
}
