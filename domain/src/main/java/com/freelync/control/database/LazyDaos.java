package com.freelync.control.database;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.extension.ExtensionFactory;
import org.jdbi.v3.core.extension.ExtensionMetadata;
import org.jdbi.v3.core.extension.ExtensionMetadata.ExtensionHandlerInvoker;
import org.jdbi.v3.core.extension.Extensions;
import org.jdbi.v3.core.extension.HandleSupplier;
import org.jdbi.v3.sqlobject.SqlObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Attaches DAO interfaces at the price of the methods that are called. Jdbi's own factory reads the
 * annotations of the whole interface again, and prepares each of its methods, for every handle,
 * which was half of the CPU time of accepting an event.
 */
final class LazyDaos implements ExtensionFactory {
  private final Extensions extensions;
  private final ExtensionFactory sqlObjects;
  private final Map<Class<?>, Optional<ExtensionMetadata>> known = new ConcurrentHashMap<>();

  private LazyDaos(Extensions extensions, ExtensionFactory sqlObjects) {
    this.extensions = extensions;
    this.sqlObjects = sqlObjects;
  }

  /** Takes the place of the SQL object plugin's factory, which must be installed before. */
  static void install(Jdbi jdbi) {
    Extensions extensions = jdbi.getConfig(Extensions.class);
    extensions.register(
        new LazyDaos(extensions, extensions.findFactory(SqlObjectFactory.class).orElseThrow()));
  }

  @Override
  public boolean accepts(Class<?> type) {
    return metadata(type).isPresent();
  }

  @Override
  public Set<FactoryFlag> getFactoryFlags() {
    return Set.of(FactoryFlag.DONT_USE_PROXY);
  }

  @Override
  public <E> E attach(Class<E> type, HandleSupplier handle) {
    ExtensionMetadata metadata = metadata(type).orElseThrow();
    ConfigRegistry config = metadata.createInstanceConfiguration(handle.getConfig());
    Map<Method, ExtensionHandlerInvoker> invokers = new HashMap<>();
    Object dao =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return ofObject(type, proxy, method, arguments);
              }
              ExtensionHandlerInvoker invoker = invokers.get(method);
              if (invoker == null) {
                invoker = metadata.createExtensionHandlerInvoker(proxy, method, handle, config);
                invokers.put(method, invoker);
              }
              return invoker.invoke(arguments);
            });
    return type.cast(dao);
  }

  private Optional<ExtensionMetadata> metadata(Class<?> type) {
    Optional<ExtensionMetadata> found = known.get(type);
    return found != null ? found : known.computeIfAbsent(type, this::read);
  }

  private Optional<ExtensionMetadata> read(Class<?> type) {
    return sqlObjects.accepts(type)
        ? Optional.of(extensions.findMetadata(type, sqlObjects))
        : Optional.empty();
  }

  private static Object ofObject(
      Class<?> type, Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == Objects.requireNonNull(arguments)[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> type.getSimpleName();
    };
  }
}
