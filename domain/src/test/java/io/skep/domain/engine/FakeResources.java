package io.skep.domain.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.expression.ProcessReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Files that hold models: their content is a number by which the models are found.
public final class FakeResources implements ProcessReader {
  private final Map<String, List<ProcessModel>> byContent = new LinkedHashMap<>();

  /// A file that differs from all others.
  public Resource file(String name, ProcessModel... models) {
    String content = "models #" + byContent.size();
    byContent.put(content, List.of(models));
    return new Resource(name, content.getBytes(UTF_8));
  }

  /// A file of a size.
  public Resource largeFile(String name, int bytes, ProcessModel... models) {
    String content = ("models #" + byContent.size() + " ").repeat(bytes).substring(0, bytes);
    byContent.put(content, List.of(models));
    return new Resource(name, content.getBytes(UTF_8));
  }

  /// A file that nobody can read.
  public static Resource unreadable(String name) {
    return new Resource(name, "gibberish".getBytes(UTF_8));
  }

  @Override
  public Reading read(String resourceName, byte[] content) {
    List<ProcessModel> models = byContent.get(new String(content, UTF_8));
    return models == null ? new Unreadable("no model") : new Readable(models);
  }
}
