package com.freelync.control.identity;

import com.freelync.control.parse.Document;
import com.freelync.control.problem.FieldError;
import java.util.List;

/** The people whom a configuration names, complete and checked. */
public final class People {
  private final List<ConfiguredPerson> people;

  private People(List<ConfiguredPerson> people) {
    this.people = List.copyOf(people);
  }

  /**
   * Reads the configuration of the directory.
   *
   * @param yaml the text of the file
   * @throws InvalidPeople naming everything that is wrong
   */
  public static People read(String yaml) {
    return switch (Document.read(yaml, Document.Format.YAML)) {
      case Document.Unreadable unreadable ->
          throw new InvalidPeople(
              List.of(new FieldError("", unreadable.error().code(), unreadable.error().message())));
      case Document.Readable readable -> new People(PeopleReader.read(readable.content()));
    };
  }

  List<ConfiguredPerson> all() {
    return people;
  }

  /** How many there are. */
  public int size() {
    return people.size();
  }
}
