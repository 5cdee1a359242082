package io.skep.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuredTest {
  private static final Measured BASELINE = new Measured(300_000, 1_000);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "300000, 1000, 0",
    "100000, 1158, 0",
    "999999, 1, 0",
    "99999, 1000, 1",
    "300000, 1159, 1",
    "99999, 1159, 2"
  })
  void shouldFindFaultWithWhatIsWorseByMoreThanTheMargin(
      double perSecond, double bytes, int faults) {
    assertEquals(faults, new Measured(perSecond, bytes).worseThan(BASELINE).size());
  }

  @Test
  void shouldSayWhatWasExpected() {
    assertEquals(
        List.of(
            "expected 100000 operations a second at least, a third of 300000, but measured 9",
            "expected 1158 bytes an operation at most, 15 % above 1000, but measured 2000"),
        new Measured(9, 2_000).worseThan(BASELINE));
  }

  @Test
  void shouldReadWhatItHasWritten() throws Exception {
    // given
    Path file = directory.resolve("baseline.csv");
    Map<String, Measured> all = Map.of("A.b", new Measured(1e9, 0), "C.d", BASELINE);

    // when
    Measured.write(file, all);

    // then
    assertEquals(all, Measured.read(file));
  }

  @Test
  void shouldNotTakeAnotherFileForABaseline() throws Exception {
    // given
    Path file = Files.writeString(directory.resolve("other.csv"), "a,b,c\n");

    // when
    var failure = assertThrows(IOException.class, () -> Measured.read(file));

    // then
    assertTrue(failure.getMessage().startsWith("Expected 'benchmark,"), failure.getMessage());
  }
}
