package io.skep.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
  @ParameterizedTest
  @ValueSource(ints = {30, 100, 10_240})
  void shouldMakeVariablesOfTheSizeThatIsAskedFor(int bytes) {
    assertEquals(bytes, Requests.variables(7, bytes).getBytes(UTF_8).length);
    assertEquals(bytes, Requests.variables(700, bytes).getBytes(UTF_8).length);
  }

  @Test
  void shouldKeepWhatTheConditionNeeds() {
    assertEquals("{\"amount\":700}", Requests.variables(700, 0));
  }

  @Test
  void shouldTakeBothWaysInTurns() {
    // given
    var requests = new Requests("p", 0);

    // then
    assertNotEquals(requests.creation(0), requests.creation(1));
    assertEquals(requests.creation(0), requests.creation(2));
    assertEquals(requests.creation(1), requests.creationWithResult(1).getRequest());
  }
}
