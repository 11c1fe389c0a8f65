package com.freelync.control.automation;

import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Long lists that steps gave: kept entry by entry, so that no history carries them. */
final class StoredLists {
  /** A longer list is not written out in a step's output. */
  static final int LONGEST_INLINE = 100;

  private StoredLists() {}

  /** Keeps the long lists of an output, which then names them only. */
  static Map<String, Object> keep(
      Transaction transaction, UUID executionId, StepPlace place, Map<String, Object> output) {
    Map<String, Object> shortened = new LinkedHashMap<>();
    output.forEach(
        (field, value) ->
            shortened.put(
                field,
                value instanceof List<?> list && list.size() > LONGEST_INLINE
                    ? keep(transaction.attach(Dao.class), executionId, place, field, list)
                    : value));
    return shortened;
  }

  private static Map<String, Object> keep(
      Dao dao, UUID executionId, StepPlace place, String field, List<?> list) {
    dao.delete(executionId, place.path(), place.item(), field);
    dao.insert(
        executionId,
        place.path(),
        place.item(),
        field,
        list.stream().map(entry -> Json.write(entry)).toArray(String[]::new));
    return new StoredList(place.path(), place.item(), field, list.size()).asValue();
  }

  /** Entries of a list, in order. */
  static List<Object> read(Handle handle, UUID executionId, StoredList list, int from, int most) {
    return handle
        .attach(Dao.class)
        .read(executionId, list.path(), list.item(), list.field(), from, most)
        .stream()
        .map(json -> Json.readObject("{\"entry\":" + json + "}").get("entry"))
        .map(Object.class::cast)
        .toList();
  }

  /** A value with every list written out that it names. */
  static Object writtenOut(Handle handle, UUID executionId, Object value) {
    var named = StoredList.of(value);
    if (named.isPresent()) {
      return read(handle, executionId, named.get(), 0, named.get().count());
    }
    return switch (value) {
      case List<?> list -> {
        List<Object> entries = new ArrayList<>();
        list.forEach(entry -> entries.add(writtenOut(handle, executionId, entry)));
        yield entries;
      }
      case Map<?, ?> map -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach(
            (key, field) -> fields.put((String) key, writtenOut(handle, executionId, field)));
        yield fields;
      }
      default -> value;
    };
  }

  interface Dao {
    @SqlUpdate(
        """
        DELETE FROM control.execution_list
         WHERE execution_id = :id AND path = :path AND item = :item AND field = :field
        """)
    void delete(
        @Bind("id") UUID executionId,
        @Bind("path") String path,
        @Bind("item") String item,
        @Bind("field") String field);

    @SqlUpdate(
        """
        INSERT INTO control.execution_list (execution_id, path, item, field, position, value)
        SELECT :id, :path, :item, :field, n - 1, CAST(entry AS jsonb)
          FROM unnest(CAST(:entries AS text[])) WITH ORDINALITY AS e(entry, n)
        """)
    void insert(
        @Bind("id") UUID executionId,
        @Bind("path") String path,
        @Bind("item") String item,
        @Bind("field") String field,
        @Bind("entries") String[] entries);

    @SqlQuery(
        """
        SELECT value::text FROM control.execution_list
         WHERE execution_id = :id AND path = :path AND item = :item AND field = :field
           AND position >= :from AND position < :from + :most
         ORDER BY position
        """)
    List<String> read(
        @Bind("id") UUID executionId,
        @Bind("path") String path,
        @Bind("item") String item,
        @Bind("field") String field,
        @Bind("from") int from,
        @Bind("most") int most);
  }
}
