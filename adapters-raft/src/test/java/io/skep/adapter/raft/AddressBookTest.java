package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.domain.cluster.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressBookTest {
  @TempDir Path directory;

  @Test
  void shouldRememberAddresses() {
    // given
    var addresses = Map.of(0, new Address("::1", 26502), 12, new Address("broker-12", 1));

    // when
    new AddressBook(directory).write(Map.of(3, new Address("gone", 3)));
    new AddressBook(directory).write(addresses);

    // then
    assertEquals(addresses, new AddressBook(directory).read());
  }

  @Test
  void shouldKnowNothingAtFirst() {
    assertEquals(Map.of(), new AddressBook(directory).read());
  }

  @Test
  void shouldDoWithoutWhatCannotBeRead() throws IOException {
    // given
    Files.writeString(directory.resolve("addresses.txt"), "1=here:26502\n2=nowhere\n");

    // when
    var addresses = new AddressBook(directory).read();

    // then
    assertEquals(Map.of(1, new Address("here", 26502)), addresses);
  }
}
