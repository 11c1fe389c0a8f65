package com.freelync.control.automation;

import com.freelync.control.automation.Vocabulary.FactType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** To what the steps at one place of a random definition may refer. */
final class Seen {
  private static final Set<FactType> WORDS = Set.of(FactType.TEXT, FactType.TIME, FactType.ANY);

  private final List<Reference> all;

  Seen(List<Reference> all) {
    this.all = new ArrayList<>(all);
  }

  /** A path and what is there. */
  record Reference(String path, FactType type) {}

  /** The same, to which more may be added without this one knowing it. */
  Seen within() {
    return new Seen(all);
  }

  void add(String path, FactType type) {
    all.add(new Reference(path, type));
  }

  void takeOver(Seen inner) {
    inner.all.stream().filter(reference -> !all.contains(reference)).forEach(all::add);
  }

  /** One that may stand where a type is needed, written as a reference. */
  Optional<String> one(Random random, FactType needed) {
    List<Reference> fitting = all.stream().filter(seen -> fits(seen.type(), needed)).toList();
    return fitting.isEmpty()
        ? Optional.empty()
        : Optional.of("${" + fitting.get(random.nextInt(fitting.size())).path() + "}");
  }

  private static boolean fits(FactType given, FactType needed) {
    return given == needed
        || needed == FactType.ANY
        || (needed == FactType.TEXT && WORDS.contains(given));
  }

  /** Those of which a condition can be made. */
  List<Reference> all() {
    return all;
  }
}
