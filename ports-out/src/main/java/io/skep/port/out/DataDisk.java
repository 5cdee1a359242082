package io.skep.port.out;

import java.io.IOException;

/// The disk that holds what lasts.
public interface DataDisk {

  /// The directory on it, for people.
  String directory();

  /// How much more this process may write there, in bytes; 0 or more.
  ///
  /// @throws IOException if the disk does not say
  long freeBytes() throws IOException;
}
