package io.skep.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final Path FILE = Path.of("../docs/configuration.md");

  @Test
  void shouldBeTheSameInTheDocumentation() throws Exception {
    // given
    String reference = Reference.markdown();
    if (Boolean.getBoolean("reference.write") || "".equals(System.getProperty("reference.write"))) {
      Files.writeString(FILE, reference);
    }

    // when
    String documentation = Files.readString(FILE);

    // then
    assertEquals(reference, documentation);
  }

  @Test
  void shouldHoldEveryKeyOfBothRoles() {
    // given
    String reference = Reference.markdown();

    // then
    for (Role role : Role.values()) {
      for (Key<?> key : Catalogue.of(role).keys()) {
        assertTrue(reference.contains("### `" + key.name() + "`\n"), key.name());
        assertTrue(reference.contains("`" + key.environmentName() + "`\n"), key.name());
      }
    }
  }
}
