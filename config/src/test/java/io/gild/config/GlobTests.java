package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTests {

  @ParameterizedTest
  @CsvSource({
    "com.acme.*Agent, com.acme.SupportAgent, true",
    "com.acme.*Agent, com.acme.deep.SupportAgent, true",
    "com.acme.*Agent, com.acme.AgentFactory, false",
    "*, anything.At$All, true",
    "**Agent, Agent, true",
    "com.acme.Agent?, com.acme.Agent1, true",
    "com.acme.Agent?, com.acme.Agent, false",
    "com.acme.Agent, com.acme.Agent, true",
    "com.acme.Agent, comXacme.Agent, false",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZ, false"
  })
  void matchesStarsAndQuestionMarks(String glob, String name, boolean expected) {
    assertThat(Glob.matches(glob, name)).isEqualTo(expected);
  }
}
