package io.skep.bootstrap.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Settings from a YAML file, with the line that each stands on. Values are taken as they are
/// written: what `010` or `yes` means is for the key to say, not for YAML.
final class YamlSource {
  private static final int MAX_DEPTH = 32;

  private final Path path;
  private final Path file;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private YamlSource(Path path, Path file) {
    this.path = path;
    this.file = file;
  }

  /// @param file the path as messages show it
  /// @throws ConfigurationException if the file cannot be read or is not YAML
  static List<Setting> read(Path path, Path file) {
    var source = new YamlSource(path, file);
    source.compose().ifPresent(root -> source.walk(root, "", 0));
    return List.copyOf(source.settings.values());
  }

  private Optional<Node> compose() {
    try {
      var yaml = LoadSettings.builder().setLabel(file.toString()).setUseMarks(true).build();
      Optional<Node> root = new Compose(yaml).composeString(Files.readString(path));
      if (root.isPresent() && !(root.get() instanceof MappingNode) && !isNull(root.get())) {
        throw new ConfigurationException(
            "Expected keys and values in %s, but it holds neither".formatted(file));
      }
      return root;
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          "Expected a configuration file at %s, but there is none".formatted(file));
    } catch (IOException e) {
      throw new ConfigurationException(
          "Expected to read the configuration file %s, but: %s".formatted(file, e));
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
      throw new ConfigurationException(
          "Expected YAML in %s%s, but: %s. A colon, a space or an indentation may be missing"
              .formatted(file, line, e.getProblem()));
    } catch (YamlEngineException e) {
      throw new ConfigurationException(
          "Expected one YAML document in %s, but: %s".formatted(file, e.getMessage()));
    }
  }

  private void walk(Node node, String name, int depth) {
    if (depth > MAX_DEPTH) {
      throw new ConfigurationException(
          "Expected at most %d levels of keys, but %s has more".formatted(MAX_DEPTH, at(node)));
    }
    switch (node) {
      case MappingNode mapping -> {
        for (NodeTuple entry : mapping.getValue()) {
          String key = key(entry.getKeyNode());
          walk(entry.getValueNode(), name.isEmpty() ? key : name + "." + key, depth + 1);
        }
      }
      case SequenceNode sequence -> {
        var items = sequence.getValue();
        for (int i = 0; i < items.size(); i++) walk(items.get(i), name + "[" + i + "]", depth + 1);
        if (items.isEmpty()) put(name, "", node);
      }
      case ScalarNode scalar -> {
        // `key:` with nothing behind it, as when all that belongs to it is commented out.
        if (!isNull(scalar)) put(name, scalar.getValue(), node);
      }
      default -> throw new ConfigurationException("Expected plain YAML at " + at(node));
    }
  }

  private String key(Node node) {
    if (node instanceof ScalarNode scalar) return scalar.getValue();
    throw new ConfigurationException("Expected a key at %s, but it is no text".formatted(at(node)));
  }

  private void put(String name, String value, Node node) {
    var setting = new Setting(Paths.ofName(name), name, value, at(node));
    Setting before = settings.put(setting.path(), setting);
    if (before != null) {
      throw new ConfigurationException(
          "Expected each key once, but %s is at %s as well as at %s"
              .formatted(name, before.origin(), setting.origin()));
    }
  }

  private String at(Node node) {
    return file + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }
}
