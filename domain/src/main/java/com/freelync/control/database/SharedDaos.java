package com.freelync.control.database;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.extension.ExtensionFactory;
import org.jdbi.v3.core.extension.Extensions;
import org.jdbi.v3.core.extension.HandleSupplier;
import org.jdbi.v3.sqlobject.SqlObjectFactory;

/**
 * Attaches DAO interfaces whose methods are prepared once for all handles. Jdbi's own factory reads
 * the annotations of the interface, copies its configuration and prepares each method for every
 * handle, which was half of the CPU time of accepting an event. No handle has a configuration of
 * its own here, and Jdbi's handlers keep nothing between calls.
 */
final class SharedDaos implements ExtensionFactory {
  private final Extensions extensions;
  private final ExtensionFactory sqlObjects;
  private final Map<Class<?>, Optional<SharedDao>> known = new ConcurrentHashMap<>();

  private SharedDaos(Extensions extensions, ExtensionFactory sqlObjects) {
    this.extensions = extensions;
    this.sqlObjects = sqlObjects;
  }

  /** Takes the place of the SQL object plugin's factory, which must be installed before. */
  static void install(Jdbi jdbi) {
    Extensions extensions = jdbi.getConfig(Extensions.class);
    extensions.register(
        new SharedDaos(extensions, extensions.findFactory(SqlObjectFactory.class).orElseThrow()));
  }

  @Override
  public boolean accepts(Class<?> type) {
    return known(type).isPresent();
  }

  @Override
  public Set<FactoryFlag> getFactoryFlags() {
    return Set.of(FactoryFlag.DONT_USE_PROXY);
  }

  @Override
  public <E> E attach(Class<E> type, HandleSupplier handle) {
    return type.cast(known(type).orElseThrow().on(handle));
  }

  private Optional<SharedDao> known(Class<?> type) {
    Optional<SharedDao> found = known.get(type);
    return found != null ? found : known.computeIfAbsent(type, this::read);
  }

  private Optional<SharedDao> read(Class<?> type) {
    return sqlObjects.accepts(type)
        ? Optional.of(new SharedDao(type, extensions.findMetadata(type, sqlObjects)))
        : Optional.empty();
  }
}
