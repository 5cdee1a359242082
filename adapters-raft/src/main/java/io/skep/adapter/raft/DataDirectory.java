package io.skep.adapter.raft;

import io.skep.port.out.DataDisk;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The disk under the data directory, as the operating system tells of it.
final class DataDirectory implements DataDisk {
  private final Path directory;

  @Inject
  DataDirectory(InternalApiSettings settings) {
    this.directory = settings.dataDirectory().toAbsolutePath().normalize();
  }

  @Override
  public String directory() {
    return directory.toString();
  }

  /// Asks anew for the file system each time: another one may be mounted meanwhile.
  @Override
  public long freeBytes() throws IOException {
    return Files.getFileStore(nearest()).getUsableSpace();
  }

  /// The directory, or before the first start what it will be made in.
  private Path nearest() {
    Path path = directory;
    while (path.getParent() != null && !Files.exists(path)) path = path.getParent();
    return path;
  }
}
