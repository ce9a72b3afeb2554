package io.gild.gates;

import io.gild.config.Settings;
import io.gild.gates.Gates.Stage;
import io.gild.gates.spi.CriterionProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The criteria that other modules bring. */
final class OwnCriteria {

  private OwnCriteria() {}

  private static List<CriterionProvider> providers() {
    List<CriterionProvider> providers = new ArrayList<>();
    List<String> names = new ArrayList<>(Gate.CRITERIA);
    ClassLoader loader = CriterionProvider.class.getClassLoader();
    for (CriterionProvider provider : ServiceLoader.load(CriterionProvider.class, loader)) {
      if (names.contains(provider.name())) {
        throw new IllegalArgumentException(
            "The criterion \""
                + provider.name()
                + "\" of "
                + provider.getClass().getName()
                + " has the name of another one. Give it another name.");
      }
      names.add(provider.name());
      providers.add(provider);
    }
    return providers;
  }

  /** Returns their names. */
  static List<String> names() {
    return providers().stream().map(CriterionProvider::name).toList();
  }

  /** Returns those that the settings require at a gate. */
  static List<Criterion> of(Stage stage, Settings settings) {
    List<Criterion> criteria = new ArrayList<>();
    for (CriterionProvider provider : providers()) {
      Criterion criterion = provider.criterion(stage, settings);
      if (criterion != null) {
        criteria.add(criterion);
      }
    }
    return criteria;
  }
}
