package io.gild.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.boot.Clerk;
import com.acme.boot.FinalDesk;
import com.acme.boot.MadeDesk;
import com.acme.boot.ScannedDesk;
import com.acme.boot.Tries;
import io.gild.core.GildRuntime;
import io.gild.core.Governed;
import java.util.ArrayList;
import java.util.List;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;

class GovernedBeansTests {

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(GildAutoConfiguration.class)
  static class Base {

    @Bean
    static Tries tries() {
      return new Tries();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import({Base.class, ScannedDesk.class})
  static class Scanned {}

  @Configuration(proxyBeanMethods = false)
  @Import(Base.class)
  static class Made {

    @Bean
    @Scope("prototype")
    static MadeDesk desk(Tries tries) {
      return new MadeDesk(tries);
    }

    @Bean
    static Clerk clerk(Tries tries) {
      return question -> "clerk: " + tries.next();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import(Scanned.class)
  static class Advised {

    @Bean
    static DefaultAdvisorAutoProxyCreator proxies() {
      DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
      creator.setProxyTargetClass(true);
      return creator;
    }

    @Bean
    static NameMatchMethodPointcutAdvisor advisor() {
      MethodInterceptor around = invocation -> "[" + invocation.proceed() + "]";
      NameMatchMethodPointcutAdvisor advisor = new NameMatchMethodPointcutAdvisor(around);
      advisor.setMappedName("answer");
      return advisor;
    }

    @Bean
    static MadeDesk desk(Tries tries) {
      return new MadeDesk(tries);
    }
  }

  @Test
  void createsTheWrapperOfAScannedClass() {
    try (ConfigurableApplicationContext context = run(Scanned.class)) {
      ScannedDesk desk = context.getBean(ScannedDesk.class);

      assertThat(desk).isInstanceOf(Governed.class);
      assertThat(AopUtils.isAopProxy(desk)).isFalse();
      assertThat(desk.answer("?")).isEqualTo("front: answered at try 3");
      assertThat(desk.twice("?")).isEqualTo("front: answered at try 6");
    }
  }

  @Test
  void governsWhatABeanMethodMakes() {
    try (ConfigurableApplicationContext context = run(Made.class)) {
      assertThat(context.getBean(MadeDesk.class).answer("?")).isEqualTo("made: answered at try 3");
      assertThat(context.getBean(MadeDesk.class).answer("?")).isEqualTo("made: answered at try 6");
      assertThat(context.getBean(Clerk.class).answer("?")).isEqualTo("clerk: answered at try 9");
      MadeDesk desk = context.getBean(MadeDesk.class);
      assertThatThrownBy(desk::plain).hasMessage("busy");
    }
  }

  @Test
  void staysInsideOfOtherProxiesAndGovernsOnce() {
    try (ConfigurableApplicationContext context = run(Advised.class)) {
      assertThat(context.getBean(ScannedDesk.class).answer("?"))
          .isEqualTo("[front: answered at try 3]");
      assertThat(context.getBean(MadeDesk.class).answer("?"))
          .isEqualTo("[made: answered at try 6]");
      assertThat(context.getBean(Tries.class).count()).isEqualTo(6);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import(Base.class)
  static class Closed {

    @Bean
    static FinalDesk desk() {
      return new FinalDesk();
    }
  }

  @Test
  void failsForABeanThatCannotBeGovernedOnRequest() {
    run(Closed.class).close();

    assertThatThrownBy(() -> run(Closed.class, "--gild.spring.fail-on-ungoverned=true"))
        .hasMessageContaining("Bean \"desk\" is not governed: com.acme.boot.FinalDesk is final")
        .hasMessageContaining("Open the class");
  }

  @Test
  void governsNothingWhereItIsSwitchedOff() {
    try (ConfigurableApplicationContext context =
        run(Scanned.class, "--gild.spring.enabled=false")) {
      assertThat(context.getBean(ScannedDesk.class)).isNotInstanceOf(Governed.class);
    }
  }

  @Test
  void governsInANewContextAfterTheFirstWasClosed() {
    run(Scanned.class).close();
    GildRuntime first = GildRuntime.global();

    try (ConfigurableApplicationContext context = run(Scanned.class)) {
      assertThat(GildRuntime.global()).isNotSameAs(first);
      assertThat(context.getBean(ScannedDesk.class).answer("?")).endsWith("try 3");
    }
  }

  @Test
  void theFirstContextStaysGovernedWhenTheSecondCloses() {
    try (ConfigurableApplicationContext first = run(Scanned.class)) {
      GildRuntime runtime = GildRuntime.global();
      ConfigurableApplicationContext second = run(Scanned.class, "--gild.mode=observe");
      ScannedDesk observed = second.getBean(ScannedDesk.class);
      assertThatThrownBy(() -> observed.answer("?")).hasMessage("busy");
      second.close();

      assertThat(GildRuntime.global()).isSameAs(runtime);
      assertThat(first.getBean(ScannedDesk.class).answer("?")).endsWith("try 3");
    }
  }

  @Test
  void doesNotKeepARuntimeOfAContextThatFailed() {
    assertThatThrownBy(() -> run(Failing.class)).isInstanceOf(RuntimeException.class);
    GildRuntime failed = GildRuntime.global();

    run(Scanned.class).close();

    assertThat(GildRuntime.global()).isNotSameAs(failed);
  }

  @Configuration(proxyBeanMethods = false)
  @Import(Scanned.class)
  static class Failing {

    @Bean
    static Object failing() {
      throw new IllegalStateException("no such bean");
    }
  }

  private static ConfigurableApplicationContext run(Class<?> configuration, String... arguments) {
    List<String> given = new ArrayList<>(List.of(arguments));
    given.add("--desk.name=front");
    return new SpringApplicationBuilder(configuration)
        .web(WebApplicationType.NONE)
        .logStartupInfo(false)
        .run(given.toArray(String[]::new));
  }
}
