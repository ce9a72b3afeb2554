package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertyTreeTests {

  private static final Origin HERE = new Origin("application.yaml", 3, 5);

  @Test
  void restoresMapsListsAndTypes() {
    PolicyTree tree =
        new PropertyTree()
            .property("agents[1].match", "com.acme.B", HERE)
            .property("agents[0].match", "com.acme.A", HERE)
            .property("tiers.small.max-complexity", "3", HERE)
            .tree();

    assertThat(tree.get("agents"))
        .isEqualTo(List.of(Map.of("match", "com.acme.A"), Map.of("match", "com.acme.B")));
    assertThat(tree.child("tiers").child("small").get("max-complexity"))
        .isInstanceOf(Number.class)
        .hasToString("3");
  }

  @Test
  void keepsDotsOfAKeyInBrackets() {
    PolicyTree tree = new PropertyTree().property("prices[gpt-4.1].input", "2", HERE).tree();

    assertThat(tree.child("prices").child("gpt-4.1").get("input")).hasToString("2");
  }

  @Test
  void namesThePlaceOfAMistake() {
    PolicyTree tree = new PropertyTree().property("mode", "fast", HERE).tree();

    Settings settings = Settings.builder().values(tree).buildOrDefaults();

    assertThat(settings.problems())
        .anySatisfy(problem -> assertThat(problem.toString()).contains("application.yaml:3:5"));
  }

  @Test
  void overridesWinOverTheEnvironment() {
    Settings settings =
        Settings.builder()
            .overrides(new PropertyTree().property("mode", "enforce", HERE).tree())
            .environment(Map.of("GILD_MODE", "observe"))
            .build();

    assertThat(settings.mode(Mode.OBSERVE)).isEqualTo(Mode.ENFORCE);
  }
}
