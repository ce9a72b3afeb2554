package com.acme.web;

import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An agent of a web application that has Gild among its own libraries. */
public class DeskServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient GovernedMethod answer =
      GildRuntime.global()
          .method(
              MethodSpec.of(
                  "desk",
                  DeskServlet.class.getName(),
                  "answer",
                  "(Ljava/lang/String;)Ljava/lang/String;"));

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object text = answer.call(this, given -> answer((String) given[0]), request.getQueryString());
    response.getWriter().print(text);
  }

  private static String answer(String question) {
    return question + " on " + Thread.currentThread().getName().replaceAll("-\\d*$", "");
  }
}
