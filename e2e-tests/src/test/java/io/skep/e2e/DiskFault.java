package io.skep.e2e;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// A disk of a broker that can be made to fail: see [DiskFaultAgent].
final class DiskFault {
  private final Path trigger;
  private final Path agent;
  private final String where;

  /// @param directory gets the agent and the files by which it is told
  /// @param where a part of the paths of the files that can be made to fail
  DiskFault(Path directory, String where) throws IOException {
    Files.createDirectories(directory);
    this.trigger = directory.resolve("disk-fault").toAbsolutePath();
    this.agent = directory.resolve("disk-fault.jar").toAbsolutePath();
    this.where = where;
    writeAgent();
  }

  private void writeAgent() throws IOException {
    var manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Premain-Class"), DiskFaultAgent.class.getName());
    attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    try (var jar = new JarOutputStream(Files.newOutputStream(agent), manifest);
        var classes = Files.list(compiled())) {
      String prefix = DiskFaultAgent.class.getSimpleName();
      for (Path file : classes.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(prefix)) continue;
        jar.putNextEntry(new JarEntry("io/skep/e2e/" + name));
        Files.copy(file, jar);
      }
    }
  }

  private static Path compiled() {
    try {
      var here = DiskFaultAgent.class.getResource(DiskFaultAgent.class.getSimpleName() + ".class");
      return Path.of(here.toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// To be called before it is started.
  SkepProcess under(SkepProcess skep) {
    return skep.with("JAVA_OPTS", "-javaagent:%s=%s,%s".formatted(agent, trigger, where));
  }

  void failSyncs() throws IOException {
    Files.createFile(file("force"));
  }

  void failWrites() throws IOException {
    Files.createFile(file("write"));
  }

  /// The disk is well again, by itself.
  void heal() throws IOException {
    Files.deleteIfExists(file("force"));
    Files.deleteIfExists(file("write"));
  }

  private Path file(String operation) {
    return trigger.resolveSibling(trigger.getFileName() + "." + operation);
  }
}
