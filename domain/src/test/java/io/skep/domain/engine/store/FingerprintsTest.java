package io.skep.domain.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
  private final Fingerprints fingerprints = new Fingerprints();

  @Test
  void shouldTellSimilarTextsApart() {
    // when
    var found = new HashSet<Long>();
    for (int i = 0; i < 500_000; i++) found.add(fingerprints.of("order-" + i));

    // then
    assertEquals(500_000, found.size());
  }

  @Test
  void shouldTellWhereOneTextEndsAndTheNextBegins() {
    assertNotEquals(
        fingerprints.and(fingerprints.of("ab"), "c"), fingerprints.and(fingerprints.of("a"), "bc"));
    assertNotEquals(fingerprints.of(""), fingerprints.and(fingerprints.of(""), ""));
  }

  @Test
  void shouldUseAsManyBitsAsItWasTold() {
    for (int i = 0; i < 100; i++) {
      assertEquals(0, new Fingerprints(0).of("text" + i));
      assertEquals(fingerprints.of("text" + i) & 7, new Fingerprints(3).of("text" + i));
    }
  }
}
