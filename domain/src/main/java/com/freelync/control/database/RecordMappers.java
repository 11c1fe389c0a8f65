package com.freelync.control.database;

import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Maps rows to records by the names of their components. Jdbi's own mapper reads the constructor's
 * annotations and matches the columns again for every result, which was a third of the CPU time of
 * a decision; here that is done once for each record and set of columns.
 */
final class RecordMappers implements RowMapperFactory {
  private final ClassValue<RowMapper<?>> mappers =
      new ClassValue<>() {
        @Override
        protected RowMapper<?> computeValue(Class<?> type) {
          return new Remembering<>(ConstructorMapper.of(type));
        }
      };

  @Override
  public Optional<RowMapper<?>> build(Type type, ConfigRegistry config) {
    return type instanceof Class<?> raw && raw.isRecord()
        ? Optional.of(mappers.get(raw))
        : Optional.empty();
  }

  /** Prepares the mapper once for each list of columns; statements are constants, so few. */
  private static final class Remembering<T> implements RowMapper<T> {
    private final Map<List<String>, RowMapper<T>> prepared = new ConcurrentHashMap<>();
    private final RowMapper<T> mapper;

    Remembering(RowMapper<T> mapper) {
      this.mapper = mapper;
    }

    @Override
    public T map(ResultSet rows, StatementContext context) throws SQLException {
      return specialize(rows, context).map(rows, context);
    }

    @Override
    public RowMapper<T> specialize(ResultSet rows, StatementContext context) throws SQLException {
      List<String> columns = columns(rows.getMetaData());
      RowMapper<T> known = prepared.get(columns);
      if (known == null) {
        known = mapper.specialize(rows, context);
        prepared.put(columns, known);
      }
      return known;
    }

    private static List<String> columns(ResultSetMetaData rows) throws SQLException {
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= rows.getColumnCount(); i++) {
        columns.add(rows.getColumnLabel(i));
      }
      return columns;
    }
  }
}
