package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.runs.TracedRunMain;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traces of a run that another JVM continues, each with the javaagent. */
class RunTracesTests {

  @TempDir private Path folder;

  private String run(Traces traces, String what) throws Exception {
    try (Child child =
        Child.on(Jdk.own())
            .agent("")
            .onlyClassPath(
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")))
            .main(TracedRunMain.class, folder.toString(), what)
            .environment("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", traces.endpoint() + "/v1/traces")
            .start()) {
      String answer = child.hear();
      assertThat(child.end()).noneMatch(line -> line.contains("failed"));
      return answer;
    }
  }

  @Test
  void areLinkedFromThePartOfTheNextJvm() throws Exception {
    try (Traces traces = Traces.receive()) {
      assertThat(run(traces, "start")).isEqualTo("waiting");
      List<Traces.Span> before = traces.named("invoke_workflow article");
      assertThat(before).hasSize(1);
      assertThat(before.get(0).links()).isEmpty();
      assertThat(before.get(0).attributes())
          .containsEntry("gen_ai.operation.name", "invoke_workflow")
          .containsEntry("gild.run.id", "sea")
          .containsEntry("gild.run.state", "waiting");
      Traces.assertBelow(traces.named("gild.step research"), before);

      assertThat(run(traces, "resume")).isEqualTo("sea researched written");
      List<Traces.Span> after =
          traces.named("invoke_workflow article").stream().skip(before.size()).toList();
      assertThat(after)
          .anySatisfy(part -> assertThat(part.links()).containsExactly(before.get(0).id()));
      assertThat(after)
          .allSatisfy(part -> assertThat(part.links()).hasSize(1))
          .extracting(Traces.Span::trace)
          .doesNotContain(before.get(0).trace());
      assertThat(after)
          .anySatisfy(
              part -> assertThat(part.attributes()).containsEntry("gild.run.state", "completed"));
      Traces.assertBelow(traces.named("gild.step write"), after);
      assertThat(traces.named("gild.step research")).hasSize(1);
    }
  }
}
