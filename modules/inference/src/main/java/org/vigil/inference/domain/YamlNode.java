package org.vigil.inference.domain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * A mapping of a YAML document, read strictly: every refusal names the key, and a key nobody asked
 * for is refused, since a misspelt key would otherwise be a silently missing rule.
 */
final class YamlNode {
  private final String path;
  private final Map<?, ?> map;
  private final Set<String> asked = new HashSet<>();

  private YamlNode(String path, Map<?, ?> map) {
    this.path = path;
    this.map = map;
  }

  static YamlNode root(Object document) {
    if (document instanceof Map<?, ?> map) {
      return new YamlNode("", map);
    }
    throw invalid("manifest.yaml", "must be a mapping of keys to values");
  }

  static VigilException invalid(String key, String problem) {
    return new VigilException(ErrorCode.INFERENCE_0001, Map.of("key", key, "problem", problem));
  }

  /** The full name of a key of this node, e.g. {@code labels[0].severity}. */
  String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  VigilException refuse(String key, String problem) {
    return invalid(name(key), problem);
  }

  boolean has(String key) {
    asked.add(key);
    return map.get(key) != null;
  }

  private Object require(String key) {
    if (!has(key)) {
      throw refuse(key, "is missing");
    }
    return map.get(key);
  }

  String text(String key) {
    Object value = require(key);
    if (value instanceof String text && !text.isBlank()) {
      return text.strip();
    }
    throw refuse(key, "must be a text; put quotes around it if it looks like a number");
  }

  String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  boolean bool(String key) {
    if (require(key) instanceof Boolean value) {
      return value;
    }
    throw refuse(key, "must be true or false");
  }

  boolean bool(String key, boolean otherwise) {
    return has(key) ? bool(key) : otherwise;
  }

  double number(String key, double min, double max) {
    if (require(key) instanceof Number value) {
      double number = value.doubleValue();
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw refuse(key, "must be a number from %s to %s".formatted(plain(min), plain(max)));
  }

  int whole(String key, int min, int max) {
    if (require(key) instanceof Integer value && value >= min && value <= max) {
      return value;
    }
    throw refuse(key, "must be a whole number from %d to %d".formatted(min, max));
  }

  int whole(String key, int min, int max, int otherwise) {
    return has(key) ? whole(key, min, max) : otherwise;
  }

  /** One of an enumeration's constants, written in lower case with hyphens or as it is. */
  <T extends Enum<T>> T oneOf(String key, Class<T> type) {
    String word = text(key);
    List<String> allowed = new ArrayList<>();
    for (T constant : type.getEnumConstants()) {
      String term = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (term.equals(word) || constant.name().equals(word)) {
        return constant;
      }
      allowed.add(term);
    }
    throw refuse(key, "must be one of " + String.join(", ", allowed));
  }

  <T extends Enum<T>> T oneOf(String key, Class<T> type, T otherwise) {
    return has(key) ? oneOf(key, type) : otherwise;
  }

  YamlNode node(String key) {
    if (require(key) instanceof Map<?, ?> value) {
      return new YamlNode(name(key), value);
    }
    throw refuse(key, "must be a mapping of keys to values");
  }

  private List<?> list(String key) {
    if (require(key) instanceof List<?> values && !values.isEmpty()) {
      return values;
    }
    throw refuse(key, "must be a list with at least one entry");
  }

  /** A list of texts; empty when the key is absent. */
  List<String> texts(String key) {
    if (!has(key)) {
      return List.of();
    }
    List<String> result = new ArrayList<>();
    for (Object value : list(key)) {
      if (!(value instanceof String text) || text.isBlank()) {
        throw refuse(key, "must be a list of texts");
      }
      result.add(text.strip());
    }
    return List.copyOf(result);
  }

  /** A number or a list of numbers. */
  List<Double> numbers(String key) {
    Object value = require(key);
    List<?> values = value instanceof List<?> many ? many : List.of(value);
    List<Double> result = new ArrayList<>();
    for (Object one : values) {
      if (!(one instanceof Number number) || !Double.isFinite(number.doubleValue())) {
        throw refuse(key, "must be a number or a list of numbers");
      }
      result.add(number.doubleValue());
    }
    if (result.isEmpty()) {
      throw refuse(key, "must be a number or a list of numbers");
    }
    return List.copyOf(result);
  }

  /** A list of mappings, each read by the function and then checked for unknown keys. */
  <T> List<T> nodes(String key, Function<YamlNode, T> reader) {
    List<T> result = new ArrayList<>();
    List<?> values = list(key);
    for (int i = 0; i < values.size(); i++) {
      String place = name(key) + "[" + i + "]";
      if (!(values.get(i) instanceof Map<?, ?> value)) {
        throw invalid(place, "must be a mapping of keys to values");
      }
      YamlNode node = new YamlNode(place, value);
      result.add(reader.apply(node));
      node.finish();
    }
    return List.copyOf(result);
  }

  /** A list whose entries are a bare word or a mapping of one word to its parameters. */
  <T> List<T> steps(String key, StepReader<T> reader) {
    List<T> result = new ArrayList<>();
    List<?> values = list(key);
    for (int i = 0; i < values.size(); i++) {
      String place = name(key) + "[" + i + "]";
      Object value = values.get(i);
      String word;
      YamlNode parameters;
      if (value instanceof String bare) {
        word = bare;
        parameters = new YamlNode(place + "." + bare, Map.of());
      } else if (value instanceof Map<?, ?> one
          && one.size() == 1
          && one.keySet().iterator().next() instanceof String named) {
        word = named;
        Object inner = one.get(named);
        if (inner != null && !(inner instanceof Map<?, ?>)) {
          throw invalid(place + "." + named, "must be a mapping of keys to values");
        }
        parameters = new YamlNode(place + "." + named, inner instanceof Map<?, ?> m ? m : Map.of());
      } else {
        throw invalid(place, "must be the name of a step, or a step with its parameters");
      }
      result.add(reader.read(place, word, parameters));
      parameters.finish();
    }
    return List.copyOf(result);
  }

  /** Everything under a key as written; empty when absent. */
  Map<String, Object> free(String key) {
    if (!has(key)) {
      return Map.of();
    }
    if (!(map.get(key) instanceof Map<?, ?> value)) {
      throw refuse(key, "must be a mapping of keys to values");
    }
    Map<String, Object> result = new TreeMap<>();
    value.forEach((k, v) -> result.put(String.valueOf(k), v == null ? "" : v));
    return result;
  }

  /** Refuses keys that were never asked for. */
  void finish() {
    for (Object key : map.keySet()) {
      if (!asked.contains(String.valueOf(key))) {
        throw refuse(String.valueOf(key), "is not a key of a manifest; check its spelling");
      }
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** Reads one step. */
  @FunctionalInterface
  interface StepReader<T> {
    T read(String place, String word, YamlNode parameters);
  }
}
