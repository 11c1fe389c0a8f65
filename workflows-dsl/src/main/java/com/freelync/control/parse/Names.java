package com.freelync.control.parse;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names that a definition gives to its steps: each is given once. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");

  private final Set<String> given = new HashSet<>();

  /** The name at a place; null where there is none, or a wrong one. */
  @Nullable String read(Node node) {
    if (!node.isPresent()) {
      return null;
    }
    Optional<String> name = node.text().filter(text -> isName(node, text));
    if (name.isPresent() && !given.add(name.get())) {
      node.wrong("duplicate", "another step is called " + name.get());
    }
    return name.orElse(null);
  }

  static boolean isName(Node node, String text) {
    boolean fits = NAME.matcher(text).matches();
    if (!fits) {
      node.wrong("name", "a name of small letters, digits and _ is needed here");
    }
    return fits;
  }
}
