package com.freelync.control.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.freelync.control.automation.DefinitionError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/** Text in JSON or YAML, read into maps and lists with exact numbers and within bounds. */
public sealed interface Document {
  /** The longest text that is read, in characters. */
  int LONGEST = 100 * 1024;

  /** It is an object. */
  record Readable(Map<String, Object> content) implements Document {}

  /** It is not. */
  record Unreadable(DefinitionError error) implements Document {}

  /** The languages in which documents are written. */
  enum Format {
    JSON,
    YAML
  }

  /** Reads a text; duplicate fields, deep nesting and anything but one object are errors. */
  static Document read(String text, Format format) {
    if (text.length() > LONGEST) {
      return unreadable("too_large", "a definition has at most " + LONGEST + " characters");
    }
    try {
      Map<String, Object> content = mapper(format).readValue(text, Readers.OBJECT);
      return content == null
          ? unreadable("empty", "a definition is needed")
          : new Readable(content);
    } catch (JsonProcessingException e) {
      var location = e.getLocation();
      String where =
          location == null
              ? ""
              : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
      return unreadable(e, format, where);
    }
  }

  private static Document unreadable(JsonProcessingException e, Format format, String where) {
    String message = String.valueOf(e.getOriginalMessage()).toLowerCase(Locale.ROOT);
    if (e instanceof StreamConstraintsException || message.contains("nesting depth")) {
      return unreadable(
          "too_deep_or_long",
          "nested deeper than "
              + Readers.DEEPEST
              + " levels, or a name, text or number is too long"
              + where);
    }
    if (message.contains("duplicate")) {
      return unreadable("duplicate", "a field stands twice" + where);
    }
    return e instanceof MismatchedInputException
        ? unreadable("type", "one object is needed" + where)
        : unreadable("unreadable", "this is not " + format + where);
  }

  private static Document unreadable(String code, String message) {
    return new Unreadable(new DefinitionError("", code, message));
  }

  private static ObjectMapper mapper(Format format) {
    return switch (format) {
      case JSON -> Readers.JSON;
      case YAML -> Readers.YAML;
    };
  }

  /** The configured readers; exact numbers, no duplicates, bounded depth. */
  final class Readers {
    private static final int DEEPEST = 64;
    private static final StreamReadConstraints BOUNDS =
        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(100).build();

    static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    static final ObjectMapper JSON =
        configured(
            new ObjectMapper(
                JsonFactory.builder()
                    .streamReadConstraints(BOUNDS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build()));

    static final ObjectMapper YAML = configured(new ObjectMapper(yaml()));

    private Readers() {}

    private static YAMLFactory yaml() {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      options.setMaxAliasesForCollections(20);
      options.setNestingDepthLimit(DEEPEST);
      options.setCodePointLimit(LONGEST);
      return YAMLFactory.builder()
          .loaderOptions(options)
          .streamReadConstraints(BOUNDS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
    }

    private static ObjectMapper configured(ObjectMapper mapper) {
      return mapper
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
  }

  /** The definition in a text, or everything that is wrong with it. */
  static DefinitionParser.Result parse(String text, Format format) {
    return switch (read(text, format)) {
      case Readable readable -> DefinitionParser.parse(readable.content());
      case Unreadable unreadable ->
          new DefinitionParser.Result.Invalid(List.of(unreadable.error()));
    };
  }
}
