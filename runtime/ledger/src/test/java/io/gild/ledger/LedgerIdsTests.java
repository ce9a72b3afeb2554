package io.gild.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import io.gild.ledger.LedgerSettings.Form;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerIdsTests {

  @TempDir Path folder;

  private LedgerIds ids(String key) {
    return new LedgerIds(
        new LedgerSettings.Ids(Form.PLAIN, Form.HASH, Form.HASH, Form.OFF), folder.resolve(key));
  }

  @Test
  void writesEachIdentifierAsTheSettingsSay() throws Exception {
    Attribution written =
        ids("key")
            .written(
                new Attribution(
                    Map.of(
                        CostDimension.AGENT,
                        "desk",
                        CostDimension.TENANT,
                        "acme",
                        CostDimension.USER,
                        "ann",
                        CostDimension.TASK,
                        "ticket-7")));

    assertThat(written.get(CostDimension.AGENT)).isEqualTo("desk");
    assertThat(written.get(CostDimension.TENANT)).isEqualTo("acme");
    assertThat(written.get(CostDimension.USER)).matches("#[0-9a-f]{16}");
    assertThat(written.get(CostDimension.TASK)).isEmpty();
    assertThat(written.get(CostDimension.SESSION)).isEmpty();
  }

  @Test
  void hashesEqualIdentifiersEquallyWithTheSameKeyAlone() throws Exception {
    String ann = ids("key").written(CostDimension.USER, "ann");
    assertThat(ids("key").written(CostDimension.USER, "ann")).isEqualTo(ann);
    assertThat(ids("key").written(CostDimension.USER, "bob")).isNotEqualTo(ann);
    assertThat(ids("key").written(CostDimension.SESSION, "ann")).isNotEqualTo(ann);
    assertThat(ids("other").written(CostDimension.USER, "ann")).isNotEqualTo(ann);
  }

  @Test
  void rejectsAKeyThatIsNone() throws Exception {
    Files.writeString(folder.resolve("key"), "secret\n");
    assertThatIOException()
        .isThrownBy(() -> ids("key").written(CostDimension.USER, "ann"))
        .withMessageContaining("hexadecimal");
  }
}
