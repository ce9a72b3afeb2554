package io.gild.ledger;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gild.ledger.spi.LedgerSink;
import io.gild.ledger.spi.LedgerSinkContract;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class LedgerSinkContractTests {

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> holdsInMemory() {
    return checks(() -> new InProcessLedger(10_000));
  }

  @TestFactory
  Stream<DynamicTest> holdsInAFolder() {
    return checks(() -> new FolderLedger(empty(), 1 << 26));
  }

  @TestFactory
  Stream<DynamicTest> holdsInAFolderOfSmallFiles() {
    return checks(() -> new FolderLedger(empty(), 100));
  }

  private Path empty() {
    return folder.resolve(UUID.randomUUID().toString());
  }

  private static Stream<DynamicTest> checks(Supplier<LedgerSink> sinks) {
    return LedgerSinkContract.checks().entrySet().stream()
        .map(check -> dynamicTest(check.getKey(), () -> check.getValue().run(sinks.get())));
  }
}
