package io.gild.anomalies;

import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The flags that have not ended, for consoles.
 *
 * @param anomalies what is unusual
 */
record AnomalyControls(Anomalies anomalies) implements Controllable {

  @Override
  public List<Control> controls() {
    List<Control> controls = new ArrayList<>();
    for (AnomalyFlag flag : anomalies.flags()) {
      Map<String, @Nullable Object> facts = new LinkedHashMap<>();
      facts.put("signal", flag.signal().key());
      facts.put("method", flag.method());
      facts.put("version", flag.version());
      facts.put("since", flag.since().toEpochMilli());
      facts.put("until", flag.until() == null ? null : flag.until().toEpochMilli());
      facts.put("usual", flag.usual());
      facts.put("found", flag.found());
      String name =
          String.join("/", flag.agent(), flag.method(), flag.version(), flag.signal().key());
      controls.add(
          new Control(
              "anomaly",
              name,
              flag.agent(),
              flag.method(),
              "unusual",
              flag.words(),
              facts,
              List.of()));
    }
    return controls;
  }

  @Override
  public String operate(Control control, String action) {
    throw new IllegalArgumentException("an anomaly cannot be operated; it ends by itself");
  }
}
